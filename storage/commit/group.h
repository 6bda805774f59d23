// Turns one group of commits into one WriteBatch: checks each against fences and keyring, assigns
// sequences and audit hashes, sums usage. A refused commit leaves no trace. Owned by the writer and
// used on its thread; the writer reports whether the group became durable.
#pragma once

#include <rocksdb/write_batch.h>

#include <bitset>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/clock.h"
#include "storage/audit/chain.h"
#include "storage/commit/fence_cache.h"
#include "storage/database.h"
#include "storage/store.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

class Group {
 public:
  Group(Database& database, Keyring& keyring, const Clock& clock);

  Result<void> recover();  // once, before the first group

  // A group is: expect() for each of its commits, then add() for each, then finish(), then the
  // writes of keyring_mutations() and batch(), then one of durable() and failed().
  void expect(const Commit& commit);
  CommitResult add(Commit& commit);
  void finish();
  void durable();
  void failed();

  std::uint64_t position() const { return last_sequence_; }
  const std::vector<const KeyringMutation*>& keyring_mutations() const { return keyring_rows_; }
  rocksdb::WriteBatch& batch() { return batch_; }
  std::vector<FeedNotice>& feed() { return feed_; }
  const std::vector<std::string_view>& timers() const { return timers_; }  // keys of stored timers

  // The audit chains with durable entries since the last call. Any thread may call.
  std::vector<Id> take_audited();

 private:
  Errc check(const Commit& commit);
  Errc check_fence(const Fence& fence);
  Errc check_keyring(const Commit& commit);
  void apply(Mutation& mutation);
  void write_rows();
  std::uint64_t append(const Id& workspace, Append& append);
  bool add_audit(const Id& workspace, const AuditEntry& entry);
  bool extend_audit(const Id& chain, const AuditEntry& entry, const Id& concerned);
  Result<AuditLink> newest_audit(const Id& chain);
  AuditLink* audit_head(const Id& chain);
  void clear();

  Database& database_;
  Keyring& keyring_;
  const Clock& clock_;

  std::uint64_t last_sequence_ = 0;
  FenceCache fences_;
  std::bitset<kFamilyCount> fenced_families_;      // families whose row versions are cached
  std::unordered_map<Id, AuditLink> audit_heads_;  // the newest entry of each chain

  std::mutex audited_mutex_;
  std::set<Id> audited_;  // guarded by audited_mutex_

  // A row for the batch; key and value point into the commit.
  struct Row {
    Family family;
    const std::string* key;
    const std::string* value;  // nullptr: the row is erased
  };

  // State of the current group.
  rocksdb::WriteBatch batch_;
  std::vector<Row> rows_;
  std::uint64_t stored_sequence_ = 0;
  std::uint32_t day_ = 0;
  std::vector<const KeyringMutation*> keyring_rows_;
  std::set<Id> grown_chains_;
  std::unordered_map<std::string, std::int64_t> usage_;
  std::vector<FeedNotice> feed_;
  std::vector<std::string_view> timers_;
};

}  // namespace aura::storage
