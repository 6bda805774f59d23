#include "actors/connection/outbox_rows.h"

#include <caf/send.hpp>
#include <chrono>
#include <utility>

#include "actors/connection/attempt_log.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::chrono::milliseconds kReadAgain{500};  // after a failed read

}  // namespace

void OutboxRows::unclaim(record::Outbox& row) {
  row.set_state(record::Outbox::STATE_READY);
  row.set_attempts(0);
}

// ---- reading

void OutboxRows::read() {
  reading_ = true;
  page_is_old_ = false;
  const std::string prefix = keys::outbox_of(account_.workspace, account_.channel);
  const bool posted = services_.read_pool.post(
      [to = shell_.self(), &reader = services_.reader, prefix, start = cursor_] {
        OutboxLoaded loaded;
        auto rows = reader.scan(Family::outbox, prefix, start, kPage);
        loaded.failed = !rows;
        if (rows) {
          loaded.complete = rows->size() < kPage;
          loaded.rows = std::move(*rows);
        }
        caf::anon_send(to, std::move(loaded));
      });
  if (!posted) shell_.remind(kReadAgain, TickOutbox{});
}

// Rows that were not announced, or found no room meanwhile, may be older than those in memory. So
// nothing is sent until all are known: the messages of a conversation go out in order.
void OutboxRows::read_again() {
  if (std::exchange(all_known_, false)) cursor_.clear();
  if (reading_)
    page_is_old_ = true;
  else
    read();
}

void OutboxRows::on_loaded(OutboxLoaded& loaded) {
  if (loaded.failed) return shell_.remind(kReadAgain, TickOutbox{});
  if (page_is_old_) return read();
  reading_ = false;
  bool room = true;
  for (const auto& stored : loaded.rows)
    if (room = take_in(stored); !room) break;
  if (room && !loaded.complete) return read();
  more_on_disk_ = !room || !left_while_reading_.empty();
  all_known_ = true;
  ended_while_reading_.clear();
  left_while_reading_.clear();
}

bool OutboxRows::take_in(const storage::Row& stored) {
  const auto key = keys::parse_outbox(stored.key);
  record::Outbox row;
  const bool wanted = key && row.ParseFromString(stored.value) && !queue_.contains(key->sequence) &&
                      !ended_while_reading_.contains(key->sequence);
  const bool room =
      !wanted || queue_.size() < services_.options.outbox_memory || key->sequence < queue_.newest();
  if (!room) return false;
  cursor_ = stored.key + '\0';
  if (!wanted) return true;
  if (left_while_reading_.contains(key->sequence)) unclaim(row);
  OutboxEntry entry;
  entry.sequence = key->sequence;
  entry.row = std::move(row);
  attempt_log::note_cut_off(entry);
  queue_.add(std::move(entry), shell_.pace_now(), account_.echo_wait());
  return true;
}

// Memory holds the oldest rows; later rows are read when half of the memory is free.
void OutboxRows::fill() {
  if (const bool full = is_full(); full != std::exchange(told_full_, full))
    services_.full_outboxes.set(account_.channel, full);
  if (more_on_disk_ && !reading_ && 2 * queue_.size() <= services_.options.outbox_memory) read();
}

bool OutboxRows::is_full() const {
  return more_on_disk_ || queue_.size() >= services_.options.outbox_memory;
}

void OutboxRows::stop() {
  if (std::exchange(told_full_, false)) services_.full_outboxes.set(account_.channel, false);
}

// ---- notifications from conversations

void OutboxRows::add(OutboxAppended& appended) {
  // The row was read from disk before its notification arrived and was taken for a cut-off call.
  if (const OutboxEntry* known = queue_.find(appended.sequence)) {
    if (known->phase != OutboxEntry::Phase::ambiguous || known->message) return;
    queue_.finish(appended.sequence);
  }
  const bool has_provider = account_.adapter != nullptr;
  if ((!all_known_ || is_full()) && is_behind_cursor(appended.sequence)) {
    if (reading_) left_while_reading_.insert(appended.sequence);
    if (!has_provider) return;
    unclaim(appended.row);
    return store(appended.sequence, appended.row);
  }
  OutboxEntry entry;
  entry.sequence = appended.sequence;
  entry.row = std::move(appended.row);
  entry.message = std::move(appended.message);
  // The commit that wrote the row also claimed it.
  if (has_provider) entry.phase = OutboxEntry::Phase::newborn;
  queue_.add(std::move(entry), shell_.pace_now(), account_.echo_wait());
}

void OutboxRows::put_claim_back(std::uint64_t sequence) {
  OutboxEntry* entry = queue_.find(sequence);
  if (entry == nullptr || entry->phase != OutboxEntry::Phase::newborn) return;
  queue_.put_claim_back(*entry);
  unclaim(entry->row);
  store(sequence, entry->row);
}

// Rows behind the cursor are read later, in order. A row announced late, after younger ones, may be
// before the cursor.
bool OutboxRows::is_behind_cursor(std::uint64_t sequence) {
  if (!reading_ && !std::exchange(more_on_disk_, true)) cursor_ = key_of(queue_.newest()) + '\0';
  return key_of(sequence) >= cursor_;
}

// ---- writing

std::string OutboxRows::key_of(std::uint64_t sequence) const {
  return keys::outbox(account_.workspace, account_.channel, sequence);
}

void OutboxRows::claim(OutboxEntry& entry, storage::Commit& commit) const {
  entry.row.set_state(record::Outbox::STATE_CLAIMED);
  entry.row.set_claimed_ms(services_.clock.now_ms());
  entry.row.set_attempts(entry.row.attempts() + 1);
  commit.put(Family::outbox, key_of(entry.sequence), entry.row.SerializeAsString());
}

void OutboxRows::store(std::uint64_t sequence, const record::Outbox& row) {
  storage::Commit commit;
  commit.workspace = account_.workspace;
  commit.put(Family::outbox, key_of(sequence), row.SerializeAsString());
  shell_.commit(std::move(commit), [](const storage::CommitResult&) {});
}

void OutboxRows::on_ended(std::uint64_t sequence) {
  if (reading_) ended_while_reading_.insert(sequence);
}

}  // namespace aura
