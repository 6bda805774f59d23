// The connection's rows in the outbox, and how many of them are in memory: read back in pages at
// its start, told of by conversations from then on, and read again when one may not have been told
// of. Memory holds the oldest. Owned by the connection actor and used on it; ends with it.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

#include "actors/connection/account.h"
#include "actors/connection/connection_shell.h"
#include "actors/connection/outbox_queue.h"
#include "actors/connection/own_messages.h"
#include "actors/services.h"

namespace aura {

class OutboxRows {
 public:
  OutboxRows(ConnectionShell& shell, Services& services, const Account& account, OutboxQueue& queue)
      : shell_(shell), services_(services), account_(account), queue_(queue) {}

  void read();        // the next page
  void read_again();  // from the start: nobody may have told of some
  void on_loaded(OutboxLoaded& loaded);
  // Until then an older row may still be on disk: nothing goes.
  bool all_known() const { return all_known_; }
  bool more_on_disk() const { return more_on_disk_; }

  void add(OutboxAppended& appended);
  // If it could not go at once: a crash must not make it look like a call that was cut off.
  void put_claim_back(std::uint64_t sequence);
  void claim(OutboxEntry& entry, storage::Commit& commit) const;  // with a new call
  void store(std::uint64_t sequence, const record::Outbox& row);
  void on_ended(std::uint64_t sequence);  // the row is erased

  // Reads on when half of the memory is free; says whether the API may add more.
  void fill();
  void stop();  // of the actor: it refuses nobody any more

 private:
  static constexpr std::size_t kPage = 256;

  bool is_full() const;
  bool is_behind_cursor(std::uint64_t sequence);
  std::string key_of(std::uint64_t sequence) const;
  bool take_in(const storage::Row& stored);  // false: no room

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  OutboxQueue& queue_;
  std::string cursor_;       // what is before it was read from disk
  bool reading_ = false;     // a page
  bool from_start_ = false;  // all is being read again
  bool all_known_ = false;
  bool more_on_disk_ = false;  // behind the cursor; all in memory is older
  bool told_full_ = false;
  std::unordered_set<std::uint64_t> ended_while_reading_, left_while_reading_;
};

}  // namespace aura
