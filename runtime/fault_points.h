// Named places where a test makes the engine fail: fault::point("S3_wal_written"). They are always
// compiled in (the tested binary is the shipped one) and cost one relaxed load while none is armed.
//
// A specification is a comma-separated list of rules NAME:ACTION[=MS][:OPTION…]:
//   S3:kill:p=1/200      SIGKILL to this process, on average at every 200th pass
//   S8:delay=50ms        wait 50 ms at every pass
//   S4:error:n=3         the first 3 passes return true: the caller fails as if the step had failed
//   S4:error:after=7     the first 7 passes do nothing
// NAME is the whole name of a point or the part before its first '_'. Any thread may call.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/result.h"

namespace aura::fault {

enum class Action { kill, error, delay };

struct Rule {
  std::string name;
  Action action = Action::error;
  std::chrono::milliseconds delay{0};
  std::uint64_t p_numerator = 1;  // fires with this probability …
  std::uint64_t p_denominator = 1;
  std::uint64_t after = 0;             // … after this many passes …
  std::uint64_t at_most = UINT64_MAX;  // … at most this many times
};

// What the actions do; an in-process test replaces them.
struct Effects {
  std::function<void()> kill;                            // default: raise SIGKILL
  std::function<void(std::chrono::milliseconds)> sleep;  // default: sleep this thread
};

Result<std::vector<Rule>> parse(std::string_view specification);

// The points of the engine, in the order in which an event passes them.
inline constexpr std::array<std::string_view, 12> kPoints = {
    "S0_read",     "S1_verified", "S2_before_write", "S4_synced",
    "S5_answered", "S6_decided",  "S7_claimed",      "S8_sent",
    "S9_replied",  "S10_flush",   "S10_compaction",  "conversation_commit"};
// Refuses a rule that names none of them: it would never fire.
Result<void> check_names(const std::vector<Rule>& rules);

// Replaces the armed rules. The same rules, seed and order of passes fire at the same passes.
void arm(std::vector<Rule> rules, std::uint64_t seed, Effects effects = {});
void disarm();

// How often each point was passed since arm(). With no rules armed points only count, so a test
// sweep learns which points exist.
std::map<std::string, std::uint64_t> passes();

namespace detail {
inline std::atomic<bool> armed{false};
bool pass(std::string_view name);
}  // namespace detail

// True: the caller must fail as if the named step had failed.
inline bool point(std::string_view name) {
  return detail::armed.load(std::memory_order_relaxed) && detail::pass(name);
}

}  // namespace aura::fault
