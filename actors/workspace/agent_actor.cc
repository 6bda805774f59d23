#include "actors/workspace/agent_actor.h"

#include "actors/catalog/snapshot.h"

namespace aura {
namespace {

constexpr std::chrono::seconds kDropGivenUpEvery{60};

struct DropGivenUp {};  // turns that waited too long: their conversations would not leave memory

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::DropGivenUp)

namespace aura {

AgentActor::AgentActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                       WorkspaceInfo info, AgentIndexPtr index)
    : CoreActor(config, services, std::move(card)),
      info_(std::move(info)),
      index_(std::move(index)) {
  made_from_.profile = index_->profile_version();
}

caf::behavior AgentActor::make_behavior() {
  return {
      [this](ProposeTurn& turn) {
        const auto scope = busy();
        if (catalog_.items) return propose(std::move(turn));
        if (waiting_.empty()) delayed_send(this, kDropGivenUpEvery, DropGivenUp{});
        waiting_.push_back(std::move(turn));
      },
      [this](DropGivenUp) {
        std::erase_if(waiting_, [](const ProposeTurn& turn) { return turn.stop.stop_requested(); });
        if (!waiting_.empty()) delayed_send(this, kDropGivenUpEvery, DropGivenUp{});
      },
      [this](CatalogChanged& changed) {
        const auto scope = busy();
        catalog_ = std::move(changed);
        made_from_.catalog = catalog_.version;
        while (!waiting_.empty()) {
          propose(std::move(waiting_.front()));
          waiting_.pop_front();
        }
      },
      [this](ProfileChanged& changed) {
        info_ = std::move(changed.info);
        made_from_.profile = changed.version;
      },
      [this](StopActor) { quit(); },
  };
}

void AgentActor::propose(ProposeTurn turn) {
  if (turn.stop.stop_requested())
    return turn.reply.error(Errc::conflict, "A newer message has ended this turn.");
  auto index = index_->get();
  if (!index) {
    index = agent::RetrievalIndex::build(catalog::to_agent(*info_), *catalog_.items,
                                         *catalog_.documents);
    index_->publish(index, made_from_);
  }
  agent::TurnContext context;
  context.index = index;
  context.history = agent::History(std::move(turn.recent));
  context.text = std::move(turn.text);
  context.channel = turn.channel;
  services_.agent.propose(std::move(context), turn.stop,
                          [reply = turn.reply, index](Result<agent::Proposal> proposal) {
                            // The last gate: whoever wrote it, no amount leaves without its row.
                            if (proposal) agent::enforce_claims(*proposal, *index);
                            reply(std::move(proposal));
                          });
}

}  // namespace aura
