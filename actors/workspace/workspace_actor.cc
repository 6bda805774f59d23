#include "actors/workspace/workspace_actor.h"

#include <array>
#include <stdexcept>

#include "actors/catalog/catalog_actor.h"
#include "actors/connection/connection_actor.h"
#include "actors/conversation/conversation_actor.h"
#include "actors/media/media_actor.h"
#include "actors/or_throw.h"
#include "actors/workspace/agent_actor.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::chrono::milliseconds kSweepEvery{1000};
constexpr std::size_t kSweepBudget = 2000;  // children passivated per sweep

struct RestartConversation {
  Id id;
};
struct RestartConnection {
  Id id;
};
struct RestartPart {
  std::string name;
};

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartConversation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartConnection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartPart)

namespace aura {

WorkspaceActor::WorkspaceActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                               Id workspace)
    : CoreActor(config, services, std::move(card)),
      workspace_(workspace),
      conversations_(
          this, services,
          [this](const Id& id) {
            return services_.directory.open(card_, "conversations", "conversation",
                                            format_id(IdType::conversation, id), now());
          },
          [this](const Id& id, const ActorCardPtr& child) {
            return spawn_conversation(id, child);
          }),
      connections_(
          this, services,
          [this](const Id& id) {
            return services_.directory.open(card_, "connections", "connection",
                                            format_id(IdType::channel, id), now());
          },
          [this](const Id& id, const ActorCardPtr& child) {
            return spawn<ConnectionActor>(services_, child,
                                          ConnectionActor::Config{workspace_, id, self()});
          }),
      parts_(
          this, services,
          [this](const std::string& name) {
            return services_.directory.open(card_, name, name, "", now());
          },
          [this](const std::string& name, const ActorCardPtr& child) {
            return spawn_service(name, child);
          }) {
  conversations_.may_passivate();
}

caf::actor WorkspaceActor::spawn_conversation(const Id& conversation, const ActorCardPtr& card) {
  if (!std::exchange(sweeping_, true)) delayed_send(this, kSweepEvery, TickSweep{});
  return spawn<ConversationActor>(services_, card,
                                  ConversationActor::Config{workspace_, conversation, self(),
                                                            index_, services_.clock.monotonic()});
}

caf::actor WorkspaceActor::spawn_service(const std::string& name, const ActorCardPtr& card) {
  if (name == "catalog") return spawn<CatalogActor>(services_, card, workspace_, index_);
  if (name == "media") return spawn<MediaActor>(services_, card, workspace_, self());
  return spawn<AgentActor>(services_, card, workspace_, index_);
}

void WorkspaceActor::on_child_down(const caf::down_msg& down) {
  // A failed conversation may have committed outbox rows without notifying the connections.
  if (down.reason && conversations_.is_child(down))
    connections_.for_each([this](const Id& id) {
      connections_.deliver(id, ToConnection{workspace_, id, WakeUp{}});
    });
  const bool known =
      conversations_.on_down(down, [](const Id& id) { return RestartConversation{id}; }) ||
      connections_.on_down(down, [](const Id& id) { return RestartConnection{id}; }) ||
      parts_.on_down(down, [](const std::string& name) { return RestartPart{name}; });
  if (!known) log::warn("unknown_child_down", {{"path", card_->path}});
  if (stopping_) stop_when_empty();
}

caf::behavior WorkspaceActor::make_behavior() {
  load();
  set_down_handler([this](const caf::down_msg& down) { on_child_down(down); });
  return {
      [this](ToConversation& envelope) {
        const auto scope = busy();
        const Id id = envelope.conversation;
        conversations_.deliver(id, std::move(envelope));
      },
      [this](ToConnection& envelope) {
        const auto scope = busy();
        const Id id = envelope.channel;
        const bool ends = stopping_ && (drained_.contains(id) || !connections_.contains(id));
        if (ends || !connections_.takes(id)) return unclaim(envelope);
        connections_.deliver(id, std::move(envelope));
      },
      [this](ToWorkspace& envelope) {
        const auto scope = busy();
        if (auto* turn = std::get_if<ProposeTurn>(&envelope.command)) return handle(*turn);
        if (auto* change = std::get_if<CatalogCommand>(&envelope.command)) return handle(*change);
        if (auto* media = std::get_if<MediaCommand>(&envelope.command)) return handle(*media);
        writes_.push_back(std::move(envelope.command));
        run_writes();
      },
      [this](Committed& committed) {
        const auto scope = busy();
        on_committed(committed);
      },
      [this](const ConnectionDrained& connection) {
        if (stopping_) drained_.insert(connection.channel);
        connections_.stop(connection.channel);
      },
      [this](const PassivationRefused& refused) {
        conversations_.on_passivation_refused(refused.child);
      },
      [this](const RestartConversation& tick) { conversations_.on_restart(tick.id); },
      [this](const RestartConnection& tick) { connections_.on_restart(tick.id); },
      [this](const RestartPart& tick) { parts_.on_restart(tick.name); },
      [this](TickSweep) {
        sweep();
        sweeping_ = conversations_.size() > 0;
        if (sweeping_) delayed_send(this, kSweepEvery, TickSweep{});
      },
      [this](StopActor) {
        stopping_ = true;
        connections_.stop_all();
        stop_when_empty();
      },
  };
}

// Connections stop first, because the conversations record the results of their last calls.
void WorkspaceActor::stop_when_empty() {
  if (connections_.size() > 0) return;
  conversations_.stop_all();
  parts_.stop_all();
  if (conversations_.size() == 0 && parts_.size() == 0) quit();
}

// The connection cannot be notified of a send now (it is backing off, or stopped with the engine).
// It will read the row later; stored as claimed, the row would look like a call that was cut off.
void WorkspaceActor::unclaim(const ToConnection& envelope) {
  const auto* appended = std::get_if<OutboxAppended>(&envelope.command);
  if (appended == nullptr) return;
  record::Outbox row = appended->row;
  OutboxRows::unclaim(row);
  storage::Commit commit;
  commit.workspace = workspace_;
  commit.put(Family::outbox, keys::outbox(workspace_, envelope.channel, appended->sequence),
             row.SerializeAsString());
  CoreActor::commit(std::move(commit), [](const storage::CommitResult&) {});
}

namespace {

const char* command_name(const WorkspaceCommand& command) {
  constexpr std::array kNames = {"create_workspace",
                                 "update_workspace",
                                 "create_channel",
                                 "update_channel",
                                 "delete_channel",
                                 "revoke_channel",
                                 "set_channel_status",
                                 "set_channel_token",
                                 "store_templates",
                                 "note_account",
                                 "merge_contacts",
                                 "remember_answer",
                                 "catalog",
                                 "media",
                                 "propose_turn"};
  static_assert(kNames.size() == std::variant_size_v<WorkspaceCommand>);
  return kNames[command.index()];
}

}  // namespace

void WorkspaceActor::run_writes() {
  while (!writing_ && !writes_.empty()) {
    WorkspaceCommand command = std::move(writes_.front());
    writes_.pop_front();
    begin_step(command_name(command));
    std::visit([this](auto& it) { handle(it); }, command);
    if (!writing_) end_step("answered");
  }
}

void WorkspaceActor::write(storage::Commit commit, AfterCommit then) {
  writing_ = true;
  CoreActor::commit(std::move(commit),
                    [this, then = std::move(then)](const storage::CommitResult& result) {
                      writing_ = false;
                      end_step(result.code == Errc::ok ? "committed" : to_string(result.code));
                      then(result);
                      run_writes();
                    });
}

void WorkspaceActor::load() {
  auto row = or_throw(storage::read<record::Workspace>(services_.reader, Family::workspace,
                                                       keys::workspace(workspace_)),
                      "workspace");
  if (row) info_ = std::move(*row->mutable_workspace());
}

void WorkspaceActor::sweep() {
  const std::int64_t live = services_.live_conversations.load(std::memory_order_relaxed);
  const std::int64_t excess = live - services_.options.live_conversations;
  // Each workspace passivates its own share of the excess.
  const std::int64_t own = static_cast<std::int64_t>(conversations_.size());
  const std::int64_t share = excess > 0 && live > 0 ? excess * own / live + 1 : 0;
  conversations_.sweep(services_.options.conversation_idle, share, kSweepBudget);
}

}  // namespace aura
