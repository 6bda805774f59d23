// Operators' orders on their way down from the root, and what the root and the ingress actor show.
#include <charconv>
#include <chrono>

#include "actors/engine/engine_actor.h"
#include "actors/tree/actor_path.h"
#include "actors/tree/facts.h"

namespace aura {
namespace {

// An actor that does not answer in this time counts as stuck and is shown by its card alone.
constexpr std::chrono::milliseconds kPatience{500};

std::optional<int> number_in(std::string_view text) {
  int number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || number < 0 || number > 255 || std::to_string(number) != text) return std::nullopt;
  return number;
}

}  // namespace

void EngineActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("partitions", partitions_.size());
  facts.add("stopping", stopping_);
}

void EngineActor::pass_down(OperatorOrder& order, std::string_view rest) {
  if (const auto* asked = std::get_if<DescribeActor>(&order.what))
    delayed_send(this, kPatience, OrderExpired{asked->reply});
  const auto step = actor_path::first(rest);
  if (const auto number = number_in(step.name); number && step.folder == "partitions")
    return partitions_.order(*number, order, step.last);
  if (step.name.empty() && (step.folder == "ingress" || step.folder == "timers"))
    return parts_.order(std::string(step.folder), order, true);
  CoreActor::pass_down(order, rest);
}

void IngressActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("events_in_memory", queue_.in_memory());
  facts.add("events_at_actors", all_.gate.inside());
  facts.add("workspaces_dropping", again_.size());
}

}  // namespace aura
