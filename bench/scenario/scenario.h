// A scenario file: which customers write on which channels, how fast, which faults occur, and what
// may remain at the end. TOML or JSON; bench/sim/README.md describes every key. Plain data; pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace aura::bench {

struct ScenarioChannel {
  std::string name;  // messenger, instagram, whatsapp, sms, webchat
  double share = 1;  // weight among the channels
  std::uint64_t accounts = 1;
  std::uint64_t people = 20;            // total over all its accounts
  std::map<std::string, double> kinds;  // weights; "question" asks for a price
};

struct ScenarioFault {
  double from = 0;  // shares of the actions done
  double until = 1;
  std::string knobs;       // JSON, in the format of PUT /_sim/knobs
  bool reconnect = false;  // at its end every channel gets its credentials again
};

struct Scenario {
  std::string name;
  std::string about;
  std::uint64_t seed = 1;
  std::uint64_t count = 1'000;  // customer actions
  double per_second = 0;        // 0: as fast as the engine acknowledges them
  std::uint64_t in_flight = 64;
  double limit_seconds = 120;  // time limit of the traffic
  double drain_seconds = 60;   // time limit of the wait after it
  std::string knobs = "{}";    // JSON, the initial knobs
  std::vector<ScenarioChannel> channels;
  std::vector<ScenarioFault> faults;
  std::int64_t failed_sends = 0;  // how many may remain; -1: any number
  std::int64_t unanswered = 0;
  std::int64_t dead_letters = 0;
  double extra_calls = -1;  // calls beyond a limit, as a share of the accepted sends
  double goodput = 0;       // least share of its limit that an account at the limit uses
};

// `is_toml` false: JSON. The error names the key and says what would be right.
tl::expected<Scenario, std::string> parse_scenario(std::string_view text, bool is_toml);
// The file's extension decides the format. An unreadable file is an error too.
tl::expected<Scenario, std::string> load_scenario(const std::string& path);

}  // namespace aura::bench
