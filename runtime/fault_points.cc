#include "runtime/fault_points.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "runtime/random.h"

namespace aura::fault {
namespace {

struct Armed {
  Rule rule;
  std::uint64_t passed = 0;
  std::uint64_t fired = 0;
};

struct State {
  std::mutex mutex;
  std::vector<Armed> rules;
  std::map<std::string, std::uint64_t> passes;
  Effects effects;
  SeededRandom random{0};
};

State& state() {
  static State instance;
  return instance;
}

// Returns the text before the first `mark` and sets `rest` to the text after it.
std::string_view cut(std::string_view& rest, char mark) {
  const std::size_t at = rest.find(mark);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool parse_action(std::string_view text, Rule& rule) {
  if (text == "kill" || text == "error") {
    rule.action = text == "kill" ? Action::kill : Action::error;
    return true;
  }
  if (cut(text, '=') != "delay" || !text.ends_with("ms")) return false;
  text.remove_suffix(2);
  const auto delay = number(text);
  if (!delay || *delay > 600'000) return false;
  rule.action = Action::delay;
  rule.delay = std::chrono::milliseconds(*delay);
  return true;
}

bool parse_option(std::string_view text, Rule& rule) {
  const std::string_view name = cut(text, '=');
  if (name == "p") {
    const auto numerator = number(cut(text, '/'));
    const auto denominator = number(text);
    if (!numerator || !denominator || *denominator == 0) return false;
    rule.p_numerator = *numerator;
    rule.p_denominator = *denominator;
    return true;
  }
  const auto value = number(text);
  if (!value) return false;
  if (name == "n") {
    rule.at_most = *value;
  } else if (name == "after") {
    rule.after = *value;
  } else {
    return false;
  }
  return true;
}

bool matches(const Rule& rule, std::string_view point) {
  return point.starts_with(rule.name) &&
         (point.size() == rule.name.size() || point[rule.name.size()] == '_');
}

bool fires(Armed& armed, Random& random) {
  if (armed.passed++ < armed.rule.after || armed.fired >= armed.rule.at_most) return false;
  if (!random.chance(armed.rule.p_numerator, armed.rule.p_denominator)) return false;
  ++armed.fired;
  return true;
}

}  // namespace

Result<std::vector<Rule>> parse(std::string_view specification) {
  std::vector<Rule> rules;
  while (!specification.empty()) {
    std::string_view text = cut(specification, ',');
    const std::string whole(text);
    Rule rule;
    rule.name = cut(text, ':');
    bool good = !rule.name.empty() && parse_action(cut(text, ':'), rule);
    while (good && !text.empty()) good = parse_option(cut(text, ':'), rule);
    if (!good)
      return fail(Errc::invalid,
                  "the fault rule '" + whole +
                      "' is not NAME:kill|error|delay=Nms with options p=A/B, n=N, after=N",
                  "AURA_FAILPOINT");
    rules.push_back(std::move(rule));
  }
  return rules;
}

Result<void> check_names(const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    if (std::ranges::any_of(kPoints, [&](auto point) { return matches(rule, point); })) continue;
    std::string known;
    for (const std::string_view point : kPoints)
      known.append(known.empty() ? "" : ", ").append(point);
    return fail(Errc::invalid, "there is no fault point '" + rule.name + "'; there are " + known,
                "AURA_FAILPOINT");
  }
  return {};
}

void arm(std::vector<Rule> rules, std::uint64_t seed, Effects effects) {
  if (!effects.kill) effects.kill = [] { std::raise(SIGKILL); };
  if (!effects.sleep)
    effects.sleep = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
  State& s = state();
  const std::lock_guard lock(s.mutex);
  s.rules.clear();
  for (Rule& rule : rules) s.rules.push_back({std::move(rule)});
  s.passes.clear();
  s.effects = std::move(effects);
  s.random = SeededRandom(seed);
  detail::armed.store(true);
}

void disarm() { detail::armed.store(false); }

std::map<std::string, std::uint64_t> passes() {
  State& s = state();
  const std::lock_guard lock(s.mutex);
  return s.passes;
}

bool detail::pass(std::string_view name) {
  State& s = state();
  std::vector<Rule> due;
  Effects effects;
  {
    const std::lock_guard lock(s.mutex);
    ++s.passes[std::string(name)];
    for (Armed& one : s.rules)
      if (matches(one.rule, name) && fires(one, s.random)) due.push_back(one.rule);
    if (due.empty()) return false;
    effects = s.effects;
  }
  // Outside the lock, so that a delay blocks only its own thread.
  bool failed = false;
  for (const Rule& rule : due) {
    if (rule.action == Action::kill) effects.kill();
    if (rule.action == Action::delay) effects.sleep(rule.delay);
    if (rule.action == Action::error) failed = true;
  }
  return failed;
}

}  // namespace aura::fault
