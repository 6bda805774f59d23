// Posts signed webhooks to the engine as Meta does: at least once, again after a failure,
// optionally twice or out of order. Owned by the simulator; one thread.
#pragma once

#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/sim/knobs.h"
#include "bench/sim/ledger.h"
#include "bench/support/http_channel.h"
#include "bench/support/signer.h"

namespace aura::bench {

class WebhookSender final : public HttpChannel::Owner {
 public:
  // `url` is the full webhook URL, `app_id` what our own echoes carry.
  WebhookSender(Loop& loop, const Knobs& knobs, std::string_view url, std::string_view app_secret,
                std::string app_id);

  void announce(const AcceptedSend& accepted);  // echo, delivery, read as the knobs say
  std::uint64_t delivered() const { return delivered_; }
  std::uint64_t retried() const { return retried_; }
  std::size_t waiting() const { return queue_.size(); }

 private:
  void on_response(HttpChannel& channel, const HttpMessage& response) override;
  void on_broken(HttpChannel& channel, std::size_t unanswered) override;
  void enqueue(std::string body);
  void pump();
  void retry(std::size_t channel);

  Loop& loop_;
  const Knobs& knobs_;
  Endpoint where_;
  std::string path_;
  Signer signer_;
  std::string app_id_;
  std::mt19937_64 random_;
  std::deque<std::string> queue_;
  std::vector<std::unique_ptr<HttpChannel>> channels_;
  std::vector<std::string> outstanding_;  // by channel; empty: free
  std::uint64_t delivered_ = 0;
  std::uint64_t retried_ = 0;
};

}  // namespace aura::bench
