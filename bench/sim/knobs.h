// The faults that the simulated providers inject. Plain data; the defaults describe a well-behaved
// provider that answers at once. One set for all channels, with overrides per channel; read and
// changed through /_sim/knobs or a file.
#pragma once

#include <rapidjson/document.h>

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "bench/sim/channel.h"

namespace aura::bench {

struct Knobs {
  double error_rate = 0;  // share of sends refused with the error below
  int error_status = 500;
  int error_code = 0;  // 0: the channel's own temporary error (2, 131000, 20500)
  int error_subcode = 0;
  bool error_transient = true;
  std::string error_message = "Service temporarily unavailable";

  double latency_min_ms = 0;  // every answer is delayed by a uniform time between min and max …
  double latency_max_ms = 0;
  double latency_tail_rate = 0;  // … or, for this share of answers, by latency_tail_ms
  double latency_tail_ms = 0;

  double rate_429 = 0;  // share of sends refused with HTTP 429 and the channel's code
  int retry_after_seconds = 1;
  double account_per_second = 0;     // further sends of one account are refused; 0: no limit
  double pair_interval_seconds = 0;  // one message per interval to one contact; 0: no limit …
  int pair_burst = 45;               // … but this many may go at once

  double drop_after_accept_rate = 0;  // recorded as accepted, then closed without an answer
  double reset_rate = 0;              // reset before anything is accepted
  bool expired_token = false;         // every call: 190/463, or 20003

  std::map<std::string, std::string> tokens;  // account → the only token it accepts; others: any
  std::map<std::string, std::string> recipient_errors;  // recipient → "code" or "code/subcode"
  std::set<std::string> closed_windows;                 // recipients whose 24-hour window is closed
  bool require_appsecret_proof = false;

  bool media_expired = false;  // media URLs answer 404
  int media_url_seconds = 300;

  int app_usage_percent = -1;       // >= 0: sent as X-App-Usage
  int business_usage_percent = -1;  // >= 0: sent as X-Business-Use-Case-Usage
  int regain_minutes = 0;

  bool echo = false;  // webhooks sent to the engine for each accepted message
  bool sent = false;
  bool delivery = false;
  bool read = false;
  double failed_rate = 0;  // share of messages whose final status is failed instead of delivered
  int failed_code = 0;     // … with this code; 0: 131026, 30003
  double webhook_duplicate_rate = 0;
  bool webhook_shuffle = false;
  double webhook_delay_ms = 0;
  double webhook_jitter_ms = 0;  // each delayed by up to this much more
  int webhook_batch = 1;         // up to this many events of one account in a body (Meta)
  double webhook_wrong_signature_rate = 0;
  int webhook_retries = -1;       // after the first try; -1: as many as the provider makes
  double webhook_retry_ms = 500;  // wait before the second try; doubles up to a minute

  // What the language model writes: grounded, false_price, unknown_placeholder, obedient, garbage,
  // truncated, refusal or empty.
  std::string model_answer = "grounded";

  std::uint64_t seed = 1;  // of every random choice
};

std::string to_json(const Knobs& knobs);
// Changes the keys named in `json` and leaves the others. Returns an empty string, or what is wrong
// (then nothing is changed).
std::string merge_json(Knobs& knobs, std::string_view json);

// Whose knobs can be changed by themselves.
inline constexpr std::array<std::string_view, 5> kKnobOwners{"messenger", "instagram", "whatsapp",
                                                             "sms", "model"};

// The knobs of all providers, and the overrides of single ones: of the channels, and of the
// language model.
//   {"error_rate":0.1,"whatsapp":{"error_rate":0.5},"sms":null,"model":{"rate_429":1}}
class KnobSet {
 public:
  explicit KnobSet(Knobs all = {});
  const Knobs& all() const { return all_; }
  const Knobs& of(Channel channel) const { return effective_[static_cast<std::size_t>(channel)]; }
  const Knobs& of_model() const { return effective_.back(); }
  std::string merge(std::string_view json);  // like merge_json; null removes a channel's overrides
  std::string json() const;

 private:
  using Overrides = std::array<std::string, kKnobOwners.size()>;
  std::string recompute(const Knobs& all, const Overrides& overrides);

  Knobs all_;
  Overrides overrides_;  // one JSON object each, or empty
  std::array<Knobs, kKnobOwners.size()> effective_;
};

}  // namespace aura::bench
