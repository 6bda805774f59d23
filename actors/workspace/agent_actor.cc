#include "actors/workspace/agent_actor.h"

#include "actors/catalog/read_index.h"
#include "actors/conversation/decision.h"
#include "actors/tree/facts.h"
#include "runtime/log.h"

namespace aura {
namespace {

constexpr std::chrono::milliseconds kBuildAgain{500};  // if the rows could not be read

struct BuildAgain {};

// By itself, because what a model was asked is paid for even if the conversation has gone on.
void count_model_use(storage::CommitLog& log, const Id& workspace, const agent::ModelUse& use) {
  using conversation::Metric;
  storage::Commit commit;
  commit.workspace = workspace;
  const auto count = [&](Metric metric, std::int64_t amount) {
    if (amount > 0) commit.usage.push_back({static_cast<std::uint16_t>(metric), amount});
  };
  count(Metric::model_calls, use.calls);
  count(Metric::model_tokens_in, use.tokens_in);
  count(Metric::model_tokens_out, use.tokens_out);
  count(Metric::model_fallbacks, use.fell_back ? 1 : 0);
  if (!commit.usage.empty()) log.submit(std::move(commit), [](const storage::CommitResult&) {});
}

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::BuildAgain)

namespace aura {

AgentActor::AgentActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                       Id workspace, AgentIndexPtr index)
    : CoreActor(config, services, std::move(card)),
      workspace_(workspace),
      index_(std::move(index)) {}

caf::behavior AgentActor::make_behavior() {
  return {
      [this](ProposeTurn& turn) {
        const auto scope = busy();
        on_turn(turn);
      },
      [this](const IndexBuilt& built) {
        const auto scope = busy();
        on_built(built);
      },
      [this](BuildAgain) {
        building_ = false;
        // Drop turns whose conversation gave up: a waiting turn keeps its conversation in memory.
        std::erase_if(waiting_, [](const Waiting& one) { return one.turn.stop.stop_requested(); });
        build();
      },
      [this](StopActor) { quit(); },
  };
}

void AgentActor::on_turn(ProposeTurn& turn) {
  begin_step("propose_turn");
  if (const auto index = index_->get()) return end_step(propose(std::move(turn), index));
  end_step("waits for the index");
  waiting_.push_back({std::move(turn), index_->version(), steady_us()});
  build();
}

void AgentActor::build() {
  if (building_ || waiting_.empty()) return;
  building_ = true;
  const bool posted = services_.index_pool.post(
      [to = self(), &reader = services_.reader, workspace = workspace_, shared = index_] {
        IndexBuilt built{shared->version(), nullptr};
        if (auto index = catalog::read_index(reader, workspace)) {
          built.index = std::move(*index);
          shared->publish(built.index, built.version);
        } else {
          log::warn("index_not_built", {{"reason", index.error().detail}});
        }
        caf::anon_send(to, std::move(built));
      });
  if (!posted) delayed_send(this, kBuildAgain, BuildAgain{});
}

// The rows may have changed during the build (an import). Turns that arrived before the read began
// are answered from this index; later ones wait for the next, which includes everything they may
// have seen.
void AgentActor::on_built(const IndexBuilt& built) {
  if (!built.index) return delayed_send(this, kBuildAgain, BuildAgain{});
  building_ = false;
  std::deque<Waiting> later;
  for (auto& one : waiting_) {
    if (one.version > built.version)
      later.push_back(std::move(one));
    else
      note_step("propose_turn", propose(std::move(one.turn), built.index),
                steady_us() - one.since_us);
  }
  waiting_ = std::move(later);
  build();
}

// Returns how the turn's step ended.
const char* AgentActor::propose(ProposeTurn turn, const AgentIndex::Index& index) {
  if (turn.stop.stop_requested()) {
    turn.reply.error(Errc::conflict, "A newer message has ended this turn.");
    return "ended by newer";
  }
  agent::TurnContext context;
  context.index = index;
  context.history = agent::History(std::move(turn.recent));
  context.text = std::move(turn.text);
  context.channel = turn.channel;
  context.now_ms = now();
  services_.agent.propose(std::move(context), turn.stop,
                          [reply = turn.reply, index, &log = services_.log,
                           workspace = workspace_](Result<agent::Proposal> proposal) {
                            if (proposal) {
                              // Final check: no amount leaves without its source row, whichever
                              // agent wrote it.
                              agent::enforce_claims(*proposal, *index);
                              count_model_use(log, workspace, proposal->model);
                            }
                            reply(std::move(proposal));
                          });
  return "asked";
}

void AgentActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("turns_waiting", waiting_.size());
  facts.add("index_built", index_->get() != nullptr);
  facts.add("index_building", building_);
}

}  // namespace aura
