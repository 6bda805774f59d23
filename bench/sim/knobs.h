// How badly the simulated provider behaves. Plain data with one default a field: a well-behaved
// provider that answers at once. Read and changed through /_sim/knobs or a file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace aura::bench {

struct Knobs {
  double error_rate = 0;  // share of sends refused with the error below
  int error_status = 500;
  int error_code = 2;
  int error_subcode = 0;
  bool error_transient = true;
  std::string error_message = "Service temporarily unavailable";

  double latency_min_ms = 0;  // every answer waits a time uniform between min and max …
  double latency_max_ms = 0;
  double latency_tail_rate = 0;  // … and this share of them waits latency_tail_ms instead
  double latency_tail_ms = 0;

  double rate_429 = 0;  // share of sends refused with HTTP 429, code 613
  int retry_after_seconds = 1;

  double drop_after_accept_rate = 0;  // recorded as accepted, then closed without an answer
  double reset_rate = 0;              // reset before anything is accepted
  bool expired_token = false;         // every call: 190/463

  std::map<std::string, std::string> tokens;  // page id → the only token it accepts; others: any
  bool require_appsecret_proof = false;

  int app_usage_percent = -1;       // >= 0: sent as X-App-Usage
  int business_usage_percent = -1;  // >= 0: sent as X-Business-Use-Case-Usage
  int regain_minutes = 0;

  bool echo = false;  // webhooks sent back to the engine for each accepted message
  bool delivery = false;
  bool read = false;
  double webhook_duplicate_rate = 0;
  bool webhook_shuffle = false;
  double webhook_delay_ms = 0;

  std::uint64_t seed = 1;  // of every random choice
};

std::string to_json(const Knobs& knobs);
// Changes the keys named in `json` and leaves the others; answers an empty string, or what is wrong
// (then nothing is changed).
std::string merge_json(Knobs& knobs, std::string_view json);

}  // namespace aura::bench
