// Judges the end of a scenario, and formats the result.
#include <sstream>

#include "bench/scenario/runner.h"
#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

bool within(std::uint64_t found, std::int64_t allowed) {
  return allowed < 0 || found <= static_cast<std::uint64_t>(allowed);
}

using Figure = std::pair<const char*, std::uint64_t>;

std::vector<Figure> figures_of(const ChannelVerdict& one) {
  return {{"acknowledged", one.acknowledged},
          {"stored", one.stored},
          {"lost", one.lost},
          {"doubled", one.doubled},
          {"invented", one.invented},
          {"accepted", one.accepted},
          {"unclaimed", one.unclaimed},
          {"unproved", one.unproved},
          {"waiting", one.waiting},
          {"failed", one.failed},
          {"behind", one.behind},
          {"unanswered", one.unanswered},
          {"kept", one.kept}};
}

}  // namespace

bool is_right(const Scenario& scenario, const ScenarioResult& result) {
  const auto sum = result.verdict.total();
  const auto wrong = sum.lost + sum.doubled + sum.invented + sum.unclaimed + sum.unproved +
                     sum.waiting + sum.behind + sum.kept + result.given_up + result.chat_lost +
                     result.webhooks.forged_taken;
  const auto extra = static_cast<double>(result.over_a_limit);
  const bool calm = scenario.extra_calls < 0 ||
                    extra <= scenario.extra_calls * static_cast<double>(result.accepted);
  const bool brisk = scenario.goodput == 0 ||
                     (result.goodput.allowed > 0 && result.goodput.share() >= scenario.goodput);
  return wrong == 0 && calm && brisk && result.all_acted && result.verdict.events_ended &&
         within(sum.failed, scenario.failed_sends) && within(sum.unanswered, scenario.unanswered) &&
         within(result.verdict.dead, scenario.dead_letters);
}

std::string result_json(const Scenario& scenario, const ScenarioResult& result) {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  const auto number = [&](const char* name, std::uint64_t value) {
    w.Key(name);
    w.Uint64(value);
  };
  w.StartObject();
  write_text(w, "scenario", scenario.name);
  write_text(w, "verdict", result.right ? "right" : "wrong");
  number("seed", scenario.seed);
  number("acted", result.acted);
  w.Key("traffic_seconds");
  w.Double(result.traffic_seconds);
  w.Key("drain_seconds");
  w.Double(result.drain_seconds);
  w.Key("refused_channels");
  w.StartArray();
  for (const auto& name : result.refused) w.String(name);
  w.EndArray();
  w.Key("channels");
  w.StartObject();
  for (const auto& [name, one] : result.verdict.channels) {
    w.Key(name.c_str());
    w.StartObject();
    for (const auto& [figure, value] : figures_of(one)) number(figure, value);
    w.EndObject();
  }
  w.EndObject();
  number("dead_letters", result.verdict.dead);
  number("calls_over_a_limit", result.over_a_limit);
  w.Key("allowed_at_the_limit");
  w.Double(result.goodput.allowed);
  w.Key("goodput");
  w.Double(result.goodput.share());
  w.Key("events_ended");
  w.Bool(result.verdict.events_ended);
  number("webhooks_given_up", result.given_up);
  number("webhooks_retried", result.webhooks.retried);
  number("forged_signatures", result.webhooks.forged);
  number("forged_signatures_taken", result.webhooks.forged_taken);
  w.Key("examples");
  w.StartArray();
  for (const auto& example : result.verdict.examples) w.String(example);
  w.EndArray();
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string result_text(const Scenario& scenario, const ScenarioResult& result) {
  std::ostringstream out;
  out << "scenario " << scenario.name << ": " << result.acted << " actions in "
      << result.traffic_seconds << " s, everything ended " << result.drain_seconds << " s later\n";
  for (const auto& [name, one] : result.verdict.channels) {
    out << "  " << name << ":";
    for (const auto& [figure, value] : figures_of(one)) {
      const std::string_view text = figure;
      const bool always = text == "acknowledged" || text == "stored" || text == "accepted";
      if (always || value > 0) out << ' ' << value << ' ' << figure << ',';
    }
    out.seekp(-1, std::ios_base::cur);
    out << '\n';
  }
  for (const auto& name : result.refused) out << "  the engine has no channel " << name << '\n';
  if (!result.all_acted) out << "  the time was over before all actions were done\n";
  if (!result.verdict.events_ended) out << "  not every event has ended\n";
  if (result.over_a_limit > 0) {
    out << "  " << result.over_a_limit << " calls over a limit, " << result.accepted
        << " accepted\n";
  }
  if (result.goodput.allowed > 0) {
    out << "  goodput at the limit " << result.goodput.share() << ": " << result.goodput.taken
        << " sends of " << result.goodput.allowed << " that were allowed\n";
  }
  if (result.verdict.dead > 0) out << "  " << result.verdict.dead << " dead letters\n";
  if (result.given_up > 0) out << "  " << result.given_up << " webhooks given up\n";
  if (result.chat_lost > 0) out << "  " << result.chat_lost << " visitors lost\n";
  if (result.webhooks.forged > 0) {
    out << "  " << result.webhooks.forged << " wrong signatures, " << result.webhooks.forged_taken
        << " taken\n";
  }
  for (const auto& example : result.verdict.examples) out << "  e.g. " << example << '\n';
  out << "verdict: " << (result.right ? "right" : "WRONG") << '\n';
  return out.str();
}

}  // namespace aura::bench
