// The outcome of every webhook: how often it was posted and how the engine answered. In memory;
// when there are very many, the oldest finished records are dropped. Owned by the simulator; one
// thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "bench/sim/webhook_item.h"

namespace aura::bench {

struct WebhookRecord {
  enum class Outcome { waiting, delivered, given_up };
  std::uint64_t seq = 0;
  std::int64_t time_ms = 0;
  Channel channel = Channel::messenger;
  std::string account, kind, id, contact;
  bool stores = false;
  int copies = 1;     // posted this often on purpose
  int delivered = 0;  // copies answered 2xx
  int attempts = 0;
  int last_status = 0;  // 0: no answer
  Outcome outcome = Outcome::waiting;
};

struct WebhookCounts {
  std::uint64_t delivered = 0;     // posts answered 2xx
  std::uint64_t retried = 0;       // repeated posts
  std::uint64_t refused = 0;       // posts answered with another status
  std::uint64_t given_up = 0;      // items that are no longer tried
  std::uint64_t forged = 0;        // posts with a wrong signature …
  std::uint64_t forged_taken = 0;  // … that were answered 2xx
};

class WebhookLog {
 public:
  WebhookRecord& add(const WebhookItem& item, int copies);
  WebhookRecord* find(std::uint64_t seq);
  const WebhookRecord* look(std::uint64_t seq) const;
  void clear();
  const std::deque<WebhookRecord>& records() const { return records_; }
  WebhookCounts& counts() { return counts_; }
  const WebhookCounts& counts() const { return counts_; }
  // Records with seq > since, at most `limit`, as {"webhooks":[…],"next":seq,"total":n}.
  std::string json(std::uint64_t since, std::size_t limit) const;

 private:
  std::uint64_t last_seq_ = 0;
  std::deque<WebhookRecord> records_;
  WebhookCounts counts_;
};

}  // namespace aura::bench
