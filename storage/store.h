// The interfaces to durable state: actors and ports use these and never RocksDB.
//
//   CommitLog  one decision → one WriteBatch → durable → done(result)
//   Reader     point reads (may run inline on the scheduler) and scans (only on a ReadPool thread)
//   Vault      data keys: per contact, per workspace, per journal hour
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ids.h"
#include "runtime/result.h"
#include "storage/families.h"

namespace aura::storage {

// ---- commits ------------------------------------------------------------------------------------

struct Mutation {
  enum class Op : std::uint8_t { put, erase, erase_prefix };
  Op op = Op::put;
  Family family = Family::meta;
  std::string key;
  std::string value;
};

// A row whose key ends with a sequence number assigned by the writer: journal, outbox, feed.
// Sequences are unique and increasing across the whole database; gaps are normal.
struct Append {
  Family family = Family::feed;
  std::string key_prefix;  // the writer appends the 8 bytes of the sequence
  std::string value;
};

// An entry for the audit chain of the commit's workspace, durable together with the change it
// records. The writer assigns number, previous hash and hash. Actions of the operator are also
// entered in the operator's chain; a commit without a workspace only there. Never personal data.
inline constexpr const char* kOperator = "operator";
struct AuditEntry {
  Millis at = 0;
  std::string actor, action, subject;
  std::string detail = {};
};

struct UsageDelta {
  std::uint16_t metric = 0;
  std::int64_t amount = 0;
};

// Creates or destroys a data key. Keys have their own database, which is written and synced before
// the data of the same group: data never exists without its key.
struct KeyringMutation {
  enum class Op : std::uint8_t { put, destroy };
  Op op = Op::put;
  std::string key;
  std::string value;  // wrapped
};

// Optimistic lock: the commit is refused with Errc::conflict unless the stored row has the expected
// version, so a stale incarnation of an actor can never write.
struct Fence {
  Family family = Family::conversation;
  std::string key;
  std::uint64_t expected = 0;  // 0: the row must not exist
};

struct Commit {
  Id workspace;
  std::optional<Fence> fence;
  std::vector<Mutation> mutations;
  std::vector<Append> appends;
  std::vector<UsageDelta> usage;
  std::vector<KeyringMutation> keyring;
  std::optional<AuditEntry> audit;
  bool awaited = false;  // an external caller waits for this sync: goes before other queued commits

  void put(Family family, std::string key, std::string value);
  void erase(Family family, std::string key);
  std::size_t bytes() const;  // estimate for the writer's queue bound
};

struct CommitResult {
  Errc code = Errc::ok;                  // ok, conflict, overloaded, unavailable
  std::vector<std::uint64_t> sequences;  // of the appends, in order
};

class CommitLog {
 public:
  virtual ~CommitLog() = default;
  // Queues the commit. `done` runs once: on the writer's thread after the fsync of its group, or at
  // once with an error if the commit is refused. `done` must be short. Any thread may call; commits
  // of one caller are applied in the order of submission, `awaited` ones and others separately.
  virtual void submit(Commit commit, std::function<void(const CommitResult&)> done) = 0;
};

// A feed row that is durable. Listeners run on the writer's thread, in sequence order.
struct FeedNotice {
  Id workspace;
  std::uint64_t sequence = 0;
  std::string value;  // record::Feed
};
using FeedListener = std::function<void(const std::vector<FeedNotice>&)>;

// ---- reads --------------------------------------------------------------------------------------

struct Row {
  std::string key, value;
};

class Reader {
 public:
  virtual ~Reader() = default;
  virtual Result<std::optional<std::string>> get(Family family, std::string_view key) const = 0;
  // At most `limit` rows whose key starts with `prefix`, from `start` (inclusive; empty: the
  // first). Backwards: from `start` (inclusive; empty: the last) downwards.
  enum class Direction { forward, backward };
  virtual Result<std::vector<Row>> scan(Family family, std::string_view prefix,
                                        std::string_view start, std::size_t limit,
                                        Direction direction = Direction::forward) const = 0;
  // Calls `visit` for each row of the family or prefix, without copying, until it returns false.
  // For start-up, verification, exports and complete scans of a workspace, on a ReadPool thread.
  virtual Result<void> for_each(
      Family family, std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
};

// Runs blocking reads outside the actor scheduler. Bounded: post() returns false if the pool is
// full.
class ReadPool {
 public:
  virtual ~ReadPool() = default;
  virtual bool post(std::function<void()> work) = 0;
};

// ---- fenced rows --------------------------------------------------------------------------------
// A fenced value is [version u64 big-endian][record].
std::string fenced_value(std::uint64_t version, std::string_view record);
std::optional<std::pair<std::uint64_t, std::string_view>> split_fenced(std::string_view value);

// ---- data keys ----------------------------------------------------------------------------------

// An unwrapped AES-256-GCM key. Sealed form: [format u8 = 1][nonce 12][ciphertext][tag 16]. Any
// thread may call.
class DataKey {
 public:
  virtual ~DataKey() = default;
  virtual std::string seal(std::string_view aad, std::string_view plain) const = 0;
  virtual Result<std::string> open(std::string_view aad, std::string_view sealed) const = 0;
  // Derives a key for another purpose: 32 bytes that require this key to compute.
  virtual std::string derive(std::string_view purpose) const = 0;
  // A keyed hash (HMAC-SHA-256, 32 bytes) under a subkey: stands for personal data in a row's key.
  virtual std::string mac(std::string_view data) const = 0;
};
using DataKeyPtr = std::shared_ptr<const DataKey>;

// The additional authenticated data of a sealed field: family and key of its row, so that
// ciphertexts cannot be moved between rows.
std::string aad(Family family, std::string_view key);

class Vault {
 public:
  virtual ~Vault() = default;
  // Errc::not_found: no such key, or it was destroyed (the data is permanently unreadable).
  virtual Result<DataKeyPtr> workspace_key(const Id& workspace) = 0;
  virtual Result<DataKeyPtr> contact_key(const Id& workspace, const Id& contact) = 0;
  // Whether the contact's key was destroyed and not created again: the contact was erased.
  virtual Result<bool> is_erased(const Id& workspace, const Id& contact) = 0;
  // New keys are added to the commit that first uses them.
  virtual Result<DataKeyPtr> create_workspace_key(const Id& workspace, Commit& commit) = 0;
  virtual Result<DataKeyPtr> create_contact_key(const Id& workspace, const Id& contact,
                                                Commit& commit) = 0;
  virtual void destroy_contact_key(const Id& workspace, const Id& contact, Commit& commit) = 0;
  // The key of the current hour (`commit` makes a new one durable), and that of an earlier hour.
  virtual Result<DataKeyPtr> journal_key(Millis now, std::uint32_t& hour, Commit& commit) = 0;
  virtual Result<DataKeyPtr> journal_key_of(std::uint32_t hour) = 0;
  // A secret derived from the master key: the same at every start.
  virtual std::string secret_for(std::string_view purpose) const = 0;
};

}  // namespace aura::storage
