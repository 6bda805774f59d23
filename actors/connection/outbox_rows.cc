// The connection's rows in the outbox: read back at its start, told of by conversations from then
// on, and read again when one may not have been told of.
#include <utility>

#include "actors/connection/connection_actor.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

// Rows of an earlier run (or more than memory holds) are read back in pages.
void ConnectionActor::load_outbox() {
  reading_ = true;
  const std::string prefix = keys::outbox_of(what_.workspace, what_.channel);
  const bool posted = services_.read_pool.post(
      [to = self(), &reader = services_.reader, prefix, start = outbox_cursor_] {
        OutboxLoaded loaded;
        auto rows = reader.scan(Family::outbox, prefix, start, kOutboxPage);
        loaded.start = start;
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
  if (!reading_) load_outbox();
}

// Memory holds the oldest rows; those behind them are read when half of it is free.
bool ConnectionActor::outbox_full() const {
  return more_on_disk_ || outbox_.size() >= services_.options.outbox_memory;
}

void ConnectionActor::fill_outbox() {
  if (const bool full = outbox_full(); full != std::exchange(told_full_, full))
    services_.full_outboxes.set(what_.channel, full);
  if (more_on_disk_ && !reading_ && 2 * outbox_.size() <= services_.options.outbox_memory)
    load_outbox();
}

void ConnectionActor::handle(WakeUp&) { read_outbox_again(); }

void ConnectionActor::on_outbox_loaded(OutboxLoaded& loaded) {
  if (loaded.failed) return delayed_send(this, kReadAgain, TickOutbox{});
  if (loaded.start != outbox_cursor_) return load_outbox();  // begun anew meanwhile
  reading_ = false;
  bool room = true;
  for (const auto& stored : loaded.rows) {
    const auto key = keys::parse_outbox(stored.key);
    record::Outbox row;
    const bool wanted = key && row.ParseFromString(stored.value) &&
                        !outbox_.contains(key->sequence) &&
                        !ended_while_reading_.contains(key->sequence);
    room = !wanted || outbox_.size() < services_.options.outbox_memory ||
           key->sequence < outbox_.newest();
    if (!room) break;
    outbox_cursor_ = stored.key + '\0';
    if (!wanted) continue;
    if (left_while_reading_.contains(key->sequence)) unclaim(row);
    OutboxEntry entry{key->sequence, std::move(row), nullptr};
    note_cut_off(entry);
    outbox_.add(std::move(entry), pace_now(), echo_wait());
  }
  if (room && !loaded.complete) {
    load_outbox();
  } else {
    more_on_disk_ = !room || !left_while_reading_.empty();
    outbox_read_ = true;
    reading_again_ = false;
    ended_while_reading_.clear();
    left_while_reading_.clear();
    send_waiting_echoes();
  }
  pump();
}

void ConnectionActor::handle(OutboxAppended& command) {
  // Read from disk before it was told of: that looked like a call which an earlier run left open.
  if (OutboxEntry* known = outbox_.find(command.sequence)) {
    if (known->phase != OutboxEntry::Phase::ambiguous || known->message) return;
    outbox_.finish(command.sequence);
  }
  if ((!outbox_read_ || outbox_full()) && is_behind_cursor(command.sequence)) {
    if (reading_) left_while_reading_.insert(command.sequence);
    if (adapter_ != nullptr) store_unclaimed(command.sequence, command.row);
    return pump();
  }
  OutboxEntry entry{command.sequence, std::move(command.row), std::move(command.message)};
  entry.claimed = adapter_ != nullptr;  // its commit was intent and claim in one
  outbox_.add(std::move(entry), pace_now(), echo_wait());
  pump();
  // It cannot go yet: a crash meanwhile must not make it look like a call that was cut off.
  OutboxEntry* waiting = outbox_.find(command.sequence);
  if (waiting == nullptr || !std::exchange(waiting->claimed, false)) return;
  store_unclaimed(waiting->sequence, waiting->row);
}

// Then it is read when its turn comes. One that is told of late, after younger ones, may be before
// it.
bool ConnectionActor::is_behind_cursor(std::uint64_t sequence) {
  const auto key_of = [this](std::uint64_t number) {
    return keys::outbox(what_.workspace, what_.channel, number);
  };
  if (!reading_ && !std::exchange(more_on_disk_, true))
    outbox_cursor_ = key_of(outbox_.newest()) + '\0';
  return key_of(sequence) >= outbox_cursor_;
}

void ConnectionActor::unclaim(record::Outbox& row) {
  row.set_state(record::Outbox::STATE_READY);
  row.set_attempts(0);
}

void ConnectionActor::store_unclaimed(std::uint64_t sequence, record::Outbox& row) {
  unclaim(row);
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.put(Family::outbox, keys::outbox(what_.workspace, what_.channel, sequence),
             row.SerializeAsString());
  CoreActor::commit(std::move(commit), [](const storage::CommitResult&) {});
}

}  // namespace aura
