#include "actors/engine/engine_operations.h"

#include "actors/accounts.h"
#include "actors/queries/audit_queries.h"
#include "actors/queries/cursor.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

EngineOperations::EngineOperations(Services& services, EngineHost& host, StoredQueries& queries,
                                   EngineSources sources)
    : services_(services),
      host_(host),
      queries_(queries),
      sources_(std::move(sources)),
      started_at_(services.clock.now_ms()) {}

Health EngineOperations::health() const {
  Health health;
  if (!host_.root()) health.reasons.push_back("the engine is starting or stopping");
  if (!sources_.storage_writable()) health.reasons.push_back("storage does not take writes");
  if (!services_.room_on_disk()) health.reasons.push_back("the disk is nearly full");
  if (services_.ledger.backlog_full()) health.reasons.push_back("the event backlog is full");
  health.ready = health.reasons.empty();
  return health;
}

void EngineOperations::audit(std::optional<Id> workspace, Page page,
                             Reply<List<api::AuditEntry>> reply) {
  using Answer = Reply<List<api::AuditEntry>>;
  const Id chain = workspace.value_or(Id{});
  run<List<api::AuditEntry>>(std::move(reply), [this, chain, page](const Answer& answer) {
    answer(read_audit(services_.reader, chain, page));
  });
}

void EngineOperations::audit_heads(Reply<List<api::AuditHead>> reply) {
  if (!services_.read_pool.post([this, reply] { reply(read_audit_heads(services_.reader)); }))
    reply(fail(Errc::overloaded, "Too many reads are waiting; please try again shortly."));
}

void EngineOperations::dead_letters(Page page, Reply<List<api::DeadLetter>> reply) {
  const auto start = cursor::begin_of(Family::dead_letter, {}, page.after);
  if (!start) return reply(tl::unexpected(start.error()));
  const bool posted = services_.read_pool.post([this, page, start = *start, reply] {
    auto rows = services_.reader.scan(Family::dead_letter, {}, start, page.limit + 1);
    if (!rows) return reply(tl::unexpected(rows.error()));
    List<api::DeadLetter> list;
    for (std::size_t i = 0; i < rows->size() && i < page.limit; ++i) {
      const storage::Row& stored = (*rows)[i];
      record::DeadLetter row;
      const auto tail = keys::split(stored.key);
      if (!tail || !row.ParseFromString(stored.value)) continue;
      api::DeadLetter letter;
      letter.set_id(cursor::encode(stored.key));
      if (!tail->workspace.empty())
        letter.set_workspace_id(format_id(IdType::workspace, tail->workspace));
      if (!row.event().channel().empty())
        letter.set_channel_id(format_id(IdType::channel, Id::from_view(row.event().channel())));
      letter.set_source(row.event().source());
      letter.set_reason(row.reason());
      letter.set_detail(row.detail());
      letter.set_tries(row.tries());
      letter.set_received_at(row.event().received_ms());
      list.data.push_back(std::move(letter));
    }
    if (rows->size() > page.limit)
      list.next = cursor::next(Family::dead_letter, {}, (*rows)[page.limit - 1].key);
    reply(std::move(list));
  });
  if (!posted) reply(fail(Errc::overloaded, "Too many reads are waiting; please try again."));
}

void EngineOperations::retry_dead_letter(std::string id, Reply<std::monostate> reply) {
  run<std::monostate>(std::move(reply),
                      [this, id](Reply<std::monostate> answer) { retry_now(id, answer); });
}

// Back into the journal of whoever has the account now; the letter goes in the same commit.
void EngineOperations::retry_now(const std::string& id, Reply<std::monostate> reply) {
  const auto missing = fail(Errc::not_found, "There is no such dead letter.");
  const std::string at = cursor::decode(id).value_or("");
  const auto tail = keys::split(at);
  auto value = services_.reader.get(Family::dead_letter, at);
  record::DeadLetter letter;
  if (!tail || !value || !*value || !letter.ParseFromString(**value)) return reply(missing);
  ChannelRoute route{tail->workspace, Id::from_view(letter.event().channel()),
                     letter.event().channel_type()};
  if (letter.event().channel().empty()) {
    auto known = services_.accounts.find(letter.event().channel_type(), letter.account());
    if (!known) {
      const auto members =
          services_.accounts.of_business(letter.event().channel_type(), letter.account());
      if (!members.empty()) known = members.front();
    }
    if (!known)
      return reply(
          fail(Errc::conflict, letter.account().empty()
                                   ? "It names no account, and this version does not understand it."
                                   : "Its account is still not connected; connect it first."));
    route = *known;
  }
  auto hour = services_.vault.journal_key_of(letter.event().key_hour());
  auto payload = hour ? (*hour)->open(storage::aad(Family::journal, keys::head(tail->workspace)),
                                      letter.event().sealed())
                      : tl::unexpected(hour.error());
  if (!payload)
    return reply(fail(Errc::not_found, "Its raw event is past its retention and cannot be read."));
  storage::Commit commit;
  std::uint32_t key_hour = 0;
  auto key = services_.vault.journal_key(services_.clock.now_ms(), key_hour, commit);
  if (!key) return reply(tl::unexpected(key.error()));
  record::Journal row = letter.event();
  row.set_channel(std::string(route.channel.view()));
  row.set_key_hour(key_hour);
  row.set_sealed(
      (*key)->seal(storage::aad(Family::journal, keys::head(route.workspace)), *payload));
  commit.workspace = route.workspace;
  commit.erase(Family::dead_letter, at);
  commit.appends.push_back({Family::journal, keys::head(route.workspace), row.SerializeAsString()});
  commit.audit =
      storage::AuditEntry{services_.clock.now_ms(), storage::kOperator, "dead_letter.retry", id};
  auto event = std::make_shared<QueuedEvent>();
  event->workspace = route.workspace;
  event->channel = route.channel;
  event->bytes = static_cast<std::int64_t>(row.sealed().size());
  event->payload = std::move(*payload);
  services_.log.submit(std::move(commit), [this, event, reply, root = host_.root()](
                                              const storage::CommitResult& result) {
    if (result.code != Errc::ok)
      return reply(fail(result.code, "The retry could not be stored; please try again."));
    services_.ledger.found(1, event->bytes);
    event->sequence = result.sequences.front();
    EventsArrived arrived;
    arrived.events.push_back(std::move(*event));
    caf::anon_send(root, std::move(arrived));
    reply(std::monostate{});
  });
}

void EngineOperations::delete_dead_letter(std::string id, Reply<std::monostate> reply) {
  run<std::monostate>(std::move(reply), [this, id](const Reply<std::monostate>& answer) {
    const std::string at = cursor::decode(id).value_or("");
    const auto tail = keys::split(at);
    auto value = services_.reader.get(Family::dead_letter, at);
    if (!tail || !value || !*value)
      return answer(fail(Errc::not_found, "There is no such dead letter."));
    storage::Commit commit;
    commit.workspace = tail->workspace;
    commit.erase(Family::dead_letter, at);
    commit.audit =
        storage::AuditEntry{services_.clock.now_ms(), storage::kOperator, "dead_letter.delete", id};
    services_.log.submit(std::move(commit), [answer](const storage::CommitResult& result) {
      if (result.code == Errc::ok) return answer(std::monostate{});
      answer(fail(result.code, "The change could not be stored; please try again."));
    });
  });
}

}  // namespace aura
