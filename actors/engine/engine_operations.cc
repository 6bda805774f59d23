#include "actors/engine/engine_operations.h"

#include "actors/engine/dead_letters.h"
#include "actors/queries/audit_queries.h"
#include "actors/queries/cursor.h"
#include "actors/refusal.h"
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
  if (host_.closing())
    health.reasons.push_back("draining");
  else if (!host_.open())
    health.reasons.push_back("the engine is starting or stopping");
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
  using Answer = Reply<List<api::AuditHead>>;
  run<List<api::AuditHead>>(std::move(reply), [this](const Answer& answer) {
    answer(read_audit_heads(services_.reader));
  });
}

void EngineOperations::api_keys(Id workspace, Page page, Reply<List<api::ApiKey>> reply) {
  using Answer = Reply<List<api::ApiKey>>;
  run<List<api::ApiKey>>(std::move(reply), [this, workspace, page](const Answer& answer) {
    answer(host_.access().keys_of(workspace, page));
  });
}

void EngineOperations::create_api_key(Id workspace, api::ApiKeyInput input, MaybeIdempotency once,
                                      Reply<api::ApiKey> reply) {
  run<api::ApiKey>(std::move(reply), [this, workspace, input, once](Reply<api::ApiKey> answer) {
    host_.access().create(workspace, input, once, std::move(answer));
  });
}

void EngineOperations::revoke_api_key(Id workspace, Id key, Reply<std::monostate> reply) {
  run<std::monostate>(std::move(reply), [this, workspace, key](Reply<std::monostate> answer) {
    host_.access().revoke(workspace, key, std::move(answer));
  });
}

void EngineOperations::dead_letters(Page page, Reply<List<api::DeadLetter>> reply) {
  using Answer = Reply<List<api::DeadLetter>>;
  const auto start = cursor::begin_of(Family::dead_letter, {}, page.after);
  if (!start) return reply(tl::unexpected(start.error()));
  run<List<api::DeadLetter>>(std::move(reply), [this, page, start = *start](const Answer& answer) {
    auto rows = services_.reader.scan(Family::dead_letter, {}, start, page.limit + 1);
    if (!rows) return answer(tl::unexpected(rows.error()));
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
      letter.set_retry_until_at(retry_until(row));
      list.data.push_back(std::move(letter));
    }
    if (rows->size() > page.limit)
      list.next = cursor::next(Family::dead_letter, {}, (*rows)[page.limit - 1].key);
    answer(std::move(list));
  });
}

void EngineOperations::retry_dead_letter(std::string id, Reply<std::monostate> reply) {
  run<std::monostate>(std::move(reply), [this, id](Reply<std::monostate> answer) {
    retry_letter(services_, host_.root(), storage::kOperator, cursor::decode(id).value_or(""),
                 std::move(answer));
  });
}

void EngineOperations::delete_dead_letter(std::string id, Reply<std::monostate> reply) {
  run<std::monostate>(std::move(reply), [this, id](const Reply<std::monostate>& answer) {
    const std::string at = cursor::decode(id).value_or("");
    const auto tail = keys::split(at);
    const auto value = services_.reader.get(Family::dead_letter, at);
    if (!value) return answer(tl::unexpected(value.error()));
    if (!tail || !*value) return answer(fail(Errc::not_found, "There is no such dead letter."));
    storage::Commit commit;
    commit.workspace = tail->workspace;
    commit.erase(Family::dead_letter, at);
    commit.audit =
        storage::AuditEntry{services_.clock.now_ms(), storage::kOperator, "dead_letter.delete", id};
    services_.log.submit(std::move(commit), [answer](const storage::CommitResult& result) {
      if (result.code == Errc::ok) return answer(std::monostate{});
      refuse(answer, result.code);
    });
  });
}

}  // namespace aura
