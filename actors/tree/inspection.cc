// Inspection common to all actors: recent steps, state on request, live trace.
#include <caf/send.hpp>

#include "actors/tree/core_actor.h"
#include "actors/tree/facts.h"

namespace aura {

void CoreActor::begin_step(const char* what) {
  step_ = what;
  step_since_us_ = steady_us();
  if (traced()) trace("came", what, {});
}

void CoreActor::end_step(std::string_view outcome) {
  if (step_ == nullptr) return;
  note_step(std::exchange(step_, nullptr), outcome, steady_us() - step_since_us_);
}

void CoreActor::note_step(const char* what, std::string_view outcome, std::int64_t took_us) {
  recent_steps_.add(now(), what, outcome, took_us);
  if (traced()) trace("ended", what, outcome, took_us);
}

void CoreActor::trace(const char* step, std::string_view what, std::string_view detail,
                      std::int64_t took_us) const {
  services_.directory.trace(*card_, {now(), step, what, detail, took_us});
}

void CoreActor::pass_down(OperatorOrder& order, std::string_view) {
  order.refuse(Errc::not_found, "There is no actor with this path.");
}

void CoreActor::on_order(OperatorOrder& order) {
  const std::string& own = card_->path;
  if (order.path != own) {
    const bool below = order.path.starts_with(own) && order.path[own.size()] == '/';
    if (!below) return order.refuse(Errc::not_found, "There is no actor with this path.");
    const std::string path = order.path;  // a copy: pass_down() moves `order`
    return pass_down(order, std::string_view(path).substr(own.size() + 1));
  }
  if (const auto* steer = std::get_if<SteerActor>(&order.what)) {
    if (steer->action != ActorAction::passivate)
      return order.refuse(Errc::unsupported, "Only actors below the engine can be controlled.");
    passivate_below();
    return steer->reply.ok({});
  }
  api::ActorDetail detail;
  detail.set_answered(true);
  detail.set_commits_in_flight(static_cast<int>(commits_in_flight()));
  recent_steps_.for_each([&](const RecentSteps::Step& step) {
    api::ActorStep& shown = *detail.add_recent();
    shown.set_started_at(step.at - step.took_us / 1000);
    shown.set_what(step.what);
    shown.set_outcome(step.outcome.data());
    shown.set_took_us(step.took_us);
  });
  Facts facts;
  describe(facts, detail);
  detail.mutable_summary()->set_json(facts.json());
  std::get<DescribeActor>(order.what).reply.ok(std::move(detail));
}

}  // namespace aura
