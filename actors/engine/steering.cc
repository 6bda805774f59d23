// Orders to actors, live traces, and the audit entries for both.
#include "actors/engine/engine_operations.h"
#include "actors/engine/ingress_actor.h"
#include "actors/engine/outbox_scan.h"
#include "actors/tree/actor_path.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

void EngineOperations::note_in(const Id& workspace, std::string action, std::string subject,
                               std::string detail, Reply<std::monostate> reply) {
  storage::Commit commit;
  commit.workspace = workspace;
  commit.audit = storage::AuditEntry{services_.clock.now_ms(), storage::kOperator,
                                     std::move(action), std::move(subject), std::move(detail)};
  services_.log.submit(std::move(commit), [reply](const storage::CommitResult& result) {
    if (result.code == Errc::ok) return reply(std::monostate{});
    reply(fail(result.code, "The audit entry could not be stored; nothing was done."));
  });
}

void EngineOperations::note(std::string action, std::string subject, Reply<std::monostate> reply) {
  note_in({}, std::move(action), std::move(subject), {}, std::move(reply));
}

// Wakes the connections below `path`: once awake, they continue their sends and token checks.
void EngineOperations::wake_connections(const std::string& path) {
  const auto wake = [&](std::string_view key, std::string_view value) {
    record::Channel row;
    const auto tail = keys::split(key);
    const auto id = keys::last_id(key);
    if (!tail || !id || !row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      return true;
    const bool below = actor_path::connection(tail->workspace, *id).starts_with(path + "/");
    if (below && row.channel().type() != api::CHANNEL_TYPE_WEBCHAT)
      caf::anon_send(host_.root(), ToConnection{tail->workspace, *id, WakeUp{}});
    return true;
  };
  const auto named = actor_path::parse(path);
  const std::string of = named ? keys::head(named->workspace) : std::string();
  if (const auto read = services_.reader.for_each(Family::channel, of, wake); !read)
    log::warn("connections_not_woken", {{"path", path}, {"reason", read.error().detail}});
}

namespace {

bool may_leave(const std::string& path) {
  if (const auto named = actor_path::parse(path)) return named->exact && named->channel.empty();
  return path.starts_with("/engine/partitions/");
}

bool brings_back(ActorAction action) {
  return action == ActorAction::restart || action == ActorAction::resume ||
         action == ActorAction::release;
}

}  // namespace

void EngineOperations::control(ActorOrder order, Reply<std::monostate> reply) {
  const auto begin = [this, order](const Reply<std::monostate>& answer) {
    const auto actor = actor_at(order.path);
    if (!actor) return answer(tl::unexpected(actor.error()));
    if (!*actor) return answer(fail(Errc::not_found, "There is no actor with this path."));
    if (order.path == "/engine")
      return answer(fail(Errc::unsupported, "Only actors below the engine can be controlled."));
    if (order.action == ActorAction::passivate && !may_leave(order.path))
      return answer(fail(Errc::unsupported,
                         "Only a conversation, or all of a workspace or a partition, can leave "
                         "memory."));
    const Reply<std::monostate> then =
        !brings_back(order.action) ? answer : [this, order, answer](Result<std::monostate> done) {
          if (done) {
            wake_connections(order.path);
            caf::anon_send(host_.root(), ReadDropped{});
          }
          answer(std::move(done));
        };
    const auto named = actor_path::parse(order.path);
    note_in(
        named ? named->workspace : Id{}, "actor." + std::string(to_string(order.action)),
        order.path, {}, [this, order, then](Result<std::monostate> written) {
          if (!written) return then(std::move(written));
          OperatorOrder down{order.path, SteerActor{order.action, OnceReply<std::monostate>(then)}};
          caf::anon_send<caf::message_priority::high>(host_.root(), std::move(down));
        });
  };
  run<std::monostate>(std::move(reply), begin);
}

// ---- trace --------------------------------------------------------------------------------------

namespace {

class Following final : public Subscription {
 public:
  Following(Directory& directory, std::uint64_t number) : directory_(directory), number_(number) {}
  ~Following() override { directory_.unfollow(number_); }

 private:
  Directory& directory_;
  const std::uint64_t number_;
};

}  // namespace

std::unique_ptr<Subscription> EngineOperations::trace(
    const std::string& path, std::function<bool(const api::TraceEvent&)> listener) {
  if (const auto actor = actor_at(path); actor && !*actor) return nullptr;
  const auto tell = [listener = std::move(listener)](const ActorCard& card, const TraceStep& step) {
    api::TraceEvent event;
    event.set_happened_at(step.at);
    event.set_path(card.path);
    event.set_step(step.step);
    event.set_what(std::string(step.what));
    if (!step.detail.empty()) event.set_detail(std::string(step.detail));
    event.set_took_us(step.took_us);
    listener(event);
  };
  return std::make_unique<Following>(services_.directory,
                                     services_.directory.follow(path, true, tell));
}

// ---- outbox rows --------------------------------------------------------------------------------

// Shows the oldest outbox rows of a connection or of a conversation.
void EngineOperations::add_outbox(api::ActorDetail& detail) const {
  constexpr int kShown = 50;
  const auto named = actor_path::parse(detail.actor().path());
  if (!named || !named->exact) return;
  Id channel = named->channel;
  if (!named->conversation.empty()) {
    const auto row = services_.reader.get(
        Family::conversation, keys::conversation(named->workspace, named->conversation));
    const auto fenced = row && *row ? storage::split_fenced(**row) : std::nullopt;
    record::Conversation stored;
    if (!fenced || !stored.ParseFromString(std::string(fenced->second))) return;
    channel = Id::from_view(stored.channel());
  }
  if (channel.empty()) return;
  const auto show = [&](const record::Outbox& row) {
    const Id owner = Id::from_view(row.conversation());
    if (!named->conversation.empty() && owner != named->conversation) return true;
    api::ActorSend& send = *detail.add_outbox();
    send.set_message_id(format_id(IdType::message, Id::from_view(row.message())));
    send.set_conversation_id(format_id(IdType::conversation, owner));
    send.set_state(row.state() == record::Outbox::STATE_CLAIMED ? "claimed" : "ready");
    send.set_attempts(row.attempts());
    send.set_created_at(row.created_ms());
    if (row.not_before_ms() != 0) send.set_not_before_at(row.not_before_ms());
    send.set_maybe_duplicate(row.maybe_duplicate());
    return detail.outbox_size() < kShown;
  };
  const std::string rows = keys::outbox_of(named->workspace, channel);
  if (auto read = each_outbox_row(services_.reader, rows, show); !read)
    log::warn("outbox_not_shown",
              {{"path", detail.actor().path()}, {"reason", read.error().detail}});
}

}  // namespace aura
