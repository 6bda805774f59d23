// The connection's outbox rows and how many of them are in memory. They are read in pages at start,
// then announced by conversations, and read again when an announcement may have been lost. Memory
// holds the oldest rows. Owned by the connection actor and used on it.
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

  // No call was made for this row, so it must not look like a cut-off call.
  static void unclaim(record::Outbox& row);

  void read();        // the next page
  void read_again();  // announcements may have been lost
  void on_loaded(OutboxLoaded& loaded);
  // Until true, older rows may still be on disk, so nothing is sent.
  bool all_known() const { return all_known_; }
  bool more_on_disk() const { return more_on_disk_; }

  void add(OutboxAppended& appended);
  // Unclaims a row that could not be sent at once: after a crash it must not look like a cut-off
  // call.
  void put_claim_back(std::uint64_t sequence);
  void claim(OutboxEntry& entry, storage::Commit& commit) const;  // with a new call
  void store(std::uint64_t sequence, const record::Outbox& row);
  void on_ended(std::uint64_t sequence);  // the row is erased

  // Reads more rows when half of the memory is free; updates `full_outboxes`.
  void fill();
  void stop();  // clears the entry in `full_outboxes`

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
  std::string cursor_;        // rows before it have been read
  bool reading_ = false;      // a page is being read
  bool page_is_old_ = false;  // announcements were lost since it was ordered
  bool all_known_ = false;
  bool more_on_disk_ = false;  // behind the cursor; all rows in memory are older
  bool told_full_ = false;
  std::unordered_set<std::uint64_t> ended_while_reading_, left_while_reading_;
};

}  // namespace aura
