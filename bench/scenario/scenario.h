// A scenario file: who writes on which channels, what and how fast, what goes wrong meanwhile, and
// what may remain at the end. TOML or JSON; bench/README.md names every key. Plain data; pure.
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
  double share = 1;  // of the messages, by weight
  std::uint64_t accounts = 1;
  std::uint64_t people = 20;            // of all its accounts together
  std::map<std::string, double> kinds;  // by weight; "question" asks for a price
};

struct ScenarioFault {
  double from = 0;  // shares of the messages that were sent
  double until = 1;
  std::string knobs;  // JSON, as PUT /_sim/knobs takes it
};

struct Scenario {
  std::string name;
  std::string about;
  std::uint64_t seed = 1;
  std::uint64_t count = 1'000;  // actions of customers
  double per_second = 0;        // 0: as fast as they are acknowledged
  std::uint64_t in_flight = 64;
  double limit_seconds = 120;  // of the traffic
  double drain_seconds = 60;   // after it, until everything has ended
  std::string knobs = "{}";    // JSON, from the beginning on
  std::vector<ScenarioChannel> channels;
  std::vector<ScenarioFault> faults;
  std::int64_t failed_sends = 0;  // what may remain; -1: any number
  std::int64_t unanswered = 0;
  std::int64_t dead_letters = 0;
  double extra_calls = -1;  // calls over a limit, as a share of the accepted sends
};

// `is_toml`: else JSON. The error names the key and what would be right.
tl::expected<Scenario, std::string> parse_scenario(std::string_view text, bool is_toml);
// By the end of the file's name; the error includes a file that cannot be read.
tl::expected<Scenario, std::string> load_scenario(const std::string& path);

}  // namespace aura::bench
