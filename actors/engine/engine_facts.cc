// Operator facts about the whole engine: build, settings, storage, faults, and the connections with
// their health.
#include "actors/engine/engine_operations.h"
#include "actors/engine/held_for.h"
#include "actors/queries/cursor.h"
#include "actors/tree/actor_path.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// An id names a business; a number may be a person's own, so it is masked up to its last digits.
std::string shown_account(const std::string& account) {
  constexpr std::size_t kShown = 4;
  if (!account.starts_with('+') || account.size() <= kShown) return account;
  return "+…" + account.substr(account.size() - kShown);
}

}  // namespace

void EngineOperations::engine(Reply<api::EngineFacts> reply) {
  run<api::EngineFacts>(std::move(reply), [this](const Reply<api::EngineFacts>& answer) {
    api::EngineFacts facts;
    facts.set_version(sources_.version);
    facts.set_build(sources_.build);
    facts.set_started_at(started_at_);
    for (const auto& [key, value] : sources_.settings) {
      auto& setting = *facts.add_settings();
      setting.set_key(key);
      setting.set_value(value);
    }
    *facts.mutable_storage() = sources_.storage_use();
    for (const Fault& fault : services_.directory.faults()) {
      auto& note = *facts.add_faults();
      note.set_happened_at(fault.at);
      note.set_path(fault.path);
      note.set_what(fault.what);
      note.set_reason(fault.reason);
    }
    answer(std::move(facts));
  });
}

void EngineOperations::connections(Page page, Reply<List<api::ConnectionHealth>> reply) {
  using Answer = Reply<List<api::ConnectionHealth>>;
  run<List<api::ConnectionHealth>>(std::move(reply), [this, page](const Answer& answer) {
    const auto start = cursor::begin_of(Family::channel, {}, page.after);
    if (!start) return answer(tl::unexpected(start.error()));
    auto rows = services_.reader.scan(Family::channel, {}, *start, page.limit + 1);
    if (!rows) return answer(tl::unexpected(rows.error()));
    List<api::ConnectionHealth> list;
    api::Actor workspace;  // of the row before: rows of a workspace follow each other
    for (std::size_t i = 0; i < rows->size() && i < page.limit; ++i) {
      record::Channel row;
      const auto tail = keys::split((*rows)[i].key);
      const auto id = keys::last_id((*rows)[i].key);
      if (!tail || !id || !row.ParseFromString((*rows)[i].value)) continue;
      api::ConnectionHealth health;
      health.set_workspace_id(format_id(IdType::workspace, tail->workspace));
      health.set_channel_id(format_id(IdType::channel, *id));
      health.set_type(row.channel().type());
      health.set_name(row.channel().name());
      health.set_status(row.channel().status());
      if (row.channel().has_error()) health.set_error(row.channel().error());
      if (row.channel().has_account_id())
        health.set_account(shown_account(row.channel().account_id()));
      health.set_path(actor_path::connection(tail->workspace, *id));
      if (const auto owner = actor_path::workspace(tail->workspace); owner != workspace.path()) {
        workspace.set_path(owner);
        add_name(workspace);
      }
      health.set_workspace_name(workspace.name());
      if (const auto card = services_.directory.find(health.path())) {
        health.set_awake(true);
        health.set_state(to_string(shown_state(*card)));
        health.set_queue(card->queue);
        health.set_mailbox(card->mailbox);
        const Held held = held_for(*card, services_.reader);
        health.set_held(held.counted);
        health.set_held_more(held.more);
      }
      list.data.push_back(std::move(health));
    }
    if (rows->size() > page.limit)
      list.next = cursor::next(Family::channel, {}, (*rows)[page.limit - 1].key);
    answer(std::move(list));
  });
}

}  // namespace aura
