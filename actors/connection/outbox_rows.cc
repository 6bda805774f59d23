// The connection's rows in the outbox: read back at its start, told of by conversations from then
// on, and read again when one may not have been told of.
#include "actors/connection/connection_actor.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

// Rows of an earlier run (or more than memory holds) are read back in pages.
void ConnectionActor::load_outbox() {
  const std::string prefix = keys::outbox_of(what_.workspace, what_.channel);
  const bool posted = services_.read_pool.post(
      [to = self(), &reader = services_.reader, prefix, start = outbox_cursor_] {
        OutboxLoaded loaded;
        auto rows = reader.scan(Family::outbox, prefix, start, kOutboxPage);
        loaded.failed = !rows;
        if (rows) {
          loaded.complete = rows->size() < kOutboxPage;
          loaded.rows = std::move(*rows);
        }
        caf::anon_send(to, std::move(loaded));
      });
  if (!posted) delayed_send(this, kReadAgain, TickOutbox{});
}

// Rows may be there that nobody told of: their conversation died before it could, or what it told
// was not held while this connection was paused.
void ConnectionActor::read_outbox_again() {
  pump();
  if (!outbox_read_ || reading_again_) return;
  reading_again_ = true;
  outbox_cursor_.clear();
  load_outbox();
}

void ConnectionActor::handle(WakeUp&) { read_outbox_again(); }

void ConnectionActor::on_outbox_loaded(OutboxLoaded& loaded) {
  if (loaded.failed) return delayed_send(this, kReadAgain, TickOutbox{});
  for (const auto& stored : loaded.rows) {
    outbox_cursor_ = stored.key + '\0';
    const auto key = keys::parse_outbox(stored.key);
    record::Outbox row;
    if (!key || !row.ParseFromString(stored.value) || outbox_.contains(key->sequence) ||
        ended_while_reading_.contains(key->sequence))
      continue;
    OutboxEntry entry{key->sequence, std::move(row), nullptr};
    note_cut_off(entry);
    outbox_.add(std::move(entry), pace_now(), echo_wait());
  }
  if (!loaded.complete) {
    load_outbox();
  } else {
    outbox_read_ = true;
    reading_again_ = false;
    ended_while_reading_.clear();
  }
  if (outbox_read_) send_waiting_echoes();
  pump();
}

void ConnectionActor::handle(OutboxAppended& command) {
  // Read from disk before it was told of: that looked like a call which an earlier run left open.
  if (OutboxEntry* known = outbox_.find(command.sequence)) {
    if (known->phase != OutboxEntry::Phase::ambiguous || known->message) return;
    outbox_.finish(command.sequence);
  }
  OutboxEntry entry{command.sequence, std::move(command.row), std::move(command.message)};
  entry.claimed = adapter_ != nullptr;  // its commit was intent and claim in one
  outbox_.add(std::move(entry), pace_now(), echo_wait());
  pump();
  // It cannot go yet: a crash meanwhile must not make it look like a call that was cut off.
  OutboxEntry* waiting = outbox_.find(command.sequence);
  if (waiting != nullptr && waiting->claimed) unclaim(*waiting);
}

void ConnectionActor::unclaim(OutboxEntry& entry) {
  entry.claimed = false;
  entry.row.set_state(record::Outbox::STATE_READY);
  entry.row.set_attempts(0);
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.put(Family::outbox, keys::outbox(what_.workspace, what_.channel, entry.sequence),
             entry.row.SerializeAsString());
  CoreActor::commit(std::move(commit), [](const storage::CommitResult&) {});
}

}  // namespace aura
