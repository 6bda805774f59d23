// Posts signed webhooks to the engine as the providers do: at least once, and again after a
// failure; by knobs also twice, out of order, late, in batches or with a wrong signature. Loopback
// only. Owned by the simulator; one thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/sim/announcements.h"
#include "bench/sim/faults.h"
#include "bench/sim/ledger.h"
#include "bench/sim/webhook_log.h"
#include "bench/support/http_channel.h"
#include "bench/support/signer.h"

namespace aura::bench {

struct WebhookTarget {
  std::string meta_url;  // Meta's callback URL; its host and port also take Twilio's webhooks,
                         // whatever host their own URLs name. Empty: only Twilio's, at their hosts
  std::string app_secret;
  std::string app_id;  // appears in our own echoes
  // Returns an SMS account's token.
  std::function<std::string(const std::string& account)> auth_token;
};

class WebhookSender final : public HttpChannel::Owner {
 public:
  WebhookSender(Loop& loop, Faults& faults, WebhookLog& log, WebhookTarget target);

  void aim(const std::string& meta_url);        // call before anything is sent
  void announce(const AcceptedSend& accepted);  // sends echo, delivery, read … as the knobs say
  std::uint64_t submit(WebhookItem item);       // returns its number in the log
  // The watcher is called once for each item, when it was delivered or given up.
  void watch(std::function<void(const WebhookRecord&)> watcher) { watcher_ = std::move(watcher); }
  std::size_t waiting() const;  // unanswered posts, including those between two tries
  void forget();                // drops everything that is waiting

 private:
  struct Post {
    std::vector<std::pair<std::uint64_t, WebhookItem>> items;  // with their numbers in the log
    int tries = 0;
    bool forged = false;
  };
  struct Lane {
    Endpoint where;
    std::size_t first_channel = 0;
    std::deque<Post> queue;
  };

  void on_response(HttpChannel& channel, const HttpMessage& response) override;
  void on_broken(HttpChannel& channel, std::size_t unanswered) override;
  Lane* lane_for(const WebhookItem& item);
  void enqueue(Lane& lane, std::uint64_t seq, WebhookItem item);
  void pump(Lane& lane);
  Post take(Lane& lane);
  void post(Lane& lane, std::size_t channel, Post what);
  std::string request_of(const Lane& lane, const Post& what) const;
  std::string handshake_of(const Lane& lane, const WebhookItem& item) const;
  void answered(std::size_t channel, int status);
  void retry(Lane& lane, Post what, int status);
  void settle(const Post& what, WebhookRecord::Outcome outcome);
  Lane& lane_of_channel(std::size_t channel);

  Loop& loop_;
  Faults& faults_;
  WebhookLog& log_;
  WebhookTarget target_;
  std::string meta_path_;
  Signer signer_;
  std::function<void(const WebhookRecord&)> watcher_;
  std::map<std::string, Lane> lanes_;  // by endpoint
  std::vector<std::unique_ptr<HttpChannel>> channels_;
  std::vector<Post> outstanding_;          // by channel; no items: the channel is free
  std::vector<std::uint64_t> generation_;  // by channel: number of the post that it carries
  std::uint64_t posts_ = 0;
  std::uint64_t epoch_ = 0;   // incremented when all waiting posts are dropped
  std::size_t sleeping_ = 0;  // posts between two tries, or not yet due
};

}  // namespace aura::bench
