#include "storage/commit/group.h"

#include <algorithm>

#include "runtime/utf8.h"
#include "storage/big_endian.h"
#include "storage/counter.h"
#include "storage/format.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::storage {
namespace {

constexpr Millis kDayMs = 24 * 3600 * 1000;
constexpr std::size_t kAuditHeads = 4096;

}  // namespace

Group::Group(Database& database, Keyring& keyring, const Clock& clock)
    : database_(database), keyring_(keyring), clock_(clock) {}

Result<void> Group::recover() {
  std::string row;
  const rocksdb::Status status = database_.db().Get({}, kLastSequenceRow, &row);
  if (status.IsNotFound()) return {};
  if (!status.ok()) return tl::unexpected(to_error(status, "reading the last sequence"));
  if (row.size() != sizeof last_sequence_)
    return fail(Errc::corrupt, "the row of the last sequence has a wrong size");
  last_sequence_ = load_big<std::uint64_t>(row);
  return {};
}

void Group::expect(const Commit& commit) {
  if (commit.fence) fenced_families_.set(static_cast<std::size_t>(commit.fence->family));
}

CommitResult Group::add(Commit& commit) {
  if (batch_.Count() == 0 && rows_.empty()) {
    stored_sequence_ = last_sequence_;
    day_ = static_cast<std::uint32_t>(clock_.now_ms() / kDayMs);
  }
  CommitResult result{check(commit), {}};
  if (result.code != Errc::ok) return result;
  if (commit.audit && !add_audit(commit.workspace, *commit.audit)) {
    result.code = Errc::unavailable;
    return result;
  }
  for (Mutation& mutation : commit.mutations) apply(mutation);
  result.sequences.reserve(commit.appends.size());
  for (Append& row : commit.appends) result.sequences.push_back(append(commit.workspace, row));
  for (const UsageDelta& delta : commit.usage)
    usage_[keys::usage(commit.workspace, day_, delta.metric)] += delta.amount;
  for (const KeyringMutation& mutation : commit.keyring) keyring_rows_.push_back(&mutation);
  return result;
}

Errc Group::check(const Commit& commit) {
  if (commit.fence)
    if (const Errc code = check_fence(*commit.fence); code != Errc::ok) return code;
  return commit.keyring.empty() ? Errc::ok : check_keyring(commit);
}

Errc Group::check_fence(const Fence& fence) {
  auto version = fences_.find(fence.family, fence.key);
  if (!version) {
    rocksdb::PinnableSlice row;
    const rocksdb::Status status =
        database_.db().Get({}, database_.handle(fence.family), fence.key, &row);
    if (!status.ok() && !status.IsNotFound()) {
      database_.health().failed("fence", status);
      return Errc::unavailable;
    }
    const auto parts = status.ok() ? split_fenced(row.ToStringView()) : std::nullopt;
    if (status.ok() && !parts) return Errc::corrupt;
    version = parts ? parts->first : 0;
    fences_.set(fence.family, fence.key, *version);
  }
  return *version == fence.expected ? Errc::ok : Errc::conflict;
}

// An existing key is never replaced by a different one: data sealed under it would be lost.
Errc Group::check_keyring(const Commit& commit) {
  for (const KeyringMutation& wanted : commit.keyring) {
    if (wanted.op != KeyringMutation::Op::put) continue;
    const auto pending =
        std::find_if(keyring_rows_.rbegin(), keyring_rows_.rend(),
                     [&](const KeyringMutation* row) { return row->key == wanted.key; });
    if (pending != keyring_rows_.rend()) {
      if (!(*pending)->value.empty() && (*pending)->value != wanted.value) return Errc::conflict;
      continue;
    }
    const auto kept = keyring_.get(wanted.key);
    if (!kept) return Errc::unavailable;
    if (*kept && !(*kept)->empty() && **kept != wanted.value) return Errc::conflict;
  }
  return Errc::ok;
}

void Group::apply(Mutation& mutation) {
  const bool followed = fenced_families_.test(static_cast<std::size_t>(mutation.family));
  switch (mutation.op) {
    case Mutation::Op::put:
      rows_.push_back({mutation.family, &mutation.key, &mutation.value});
      if (followed) {
        const auto parts = split_fenced(mutation.value);
        fences_.set(mutation.family, mutation.key, parts ? parts->first : 0);
      }
      if (mutation.family == Family::timer) timers_.push_back(mutation.key);
      break;
    case Mutation::Op::erase:
      rows_.push_back({mutation.family, &mutation.key, nullptr});
      if (followed) fences_.set(mutation.family, mutation.key, 0);
      break;
    case Mutation::Op::erase_prefix: {
      write_rows();  // earlier rows of the group may lie in the range, too
      const std::string end = prefix_end(mutation.key);
      batch_.DeleteRange(database_.handle(mutation.family), mutation.key, end);
      // The writer ends the group after a range deletion, so later fences read the stored rows.
      if (followed) fences_.clear();
      break;
    }
  }
}

std::uint64_t Group::append(const Id& workspace, Append& row) {
  append_big(row.key_prefix, ++last_sequence_);
  rows_.push_back({row.family, &row.key_prefix, &row.value});
  if (row.family == Family::feed) feed_.push_back({workspace, last_sequence_, row.value});
  return last_sequence_;
}

// Sorted like the memtables, because inserting next to the previous row is fastest. Rows of the
// same key keep their order.
void Group::write_rows() {
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return a.family != b.family ? a.family < b.family : *a.key < *b.key;
  });
  for (const Row& row : rows_) {
    rocksdb::ColumnFamilyHandle* const family = database_.handle(row.family);
    if (row.value != nullptr)
      batch_.Put(family, *row.key, *row.value);
    else
      batch_.Delete(family, *row.key);
  }
  rows_.clear();
}

Result<AuditLink> Group::newest_audit(const Id& chain) {
  const std::string first = keys::head(chain);
  const std::string end = prefix_end(first);
  const rocksdb::Slice first_slice(first), end_slice(end);
  rocksdb::ReadOptions options;
  options.iterate_lower_bound = &first_slice;
  options.iterate_upper_bound = &end_slice;
  const std::unique_ptr<rocksdb::Iterator> row(
      database_.db().NewIterator(options, database_.handle(Family::audit)));
  row->SeekToLast();
  if (!row->Valid() && row->status().ok()) return AuditLink{};
  record::Audit newest;
  if (!row->status().ok() || !newest.ParseFromString(row->value().ToString()))
    return fail(Errc::corrupt, "the newest audit entry cannot be read");
  return AuditLink{newest.number(), newest.hash()};
}

bool Group::add_audit(const Id& workspace, const AuditEntry& entry) {
  const bool concerns_operator = !workspace.empty() && entry.actor == kOperator;
  // Load both heads before extending either: a refused commit leaves no trace.
  if (concerns_operator && !audit_head({})) return false;
  if (!extend_audit(workspace, entry, {})) return false;
  return !concerns_operator || extend_audit({}, entry, workspace);
}

// Null: the chain cannot be read.
AuditLink* Group::audit_head(const Id& chain) {
  auto head = audit_heads_.find(chain);
  if (head == audit_heads_.end()) {
    auto newest = newest_audit(chain);
    if (!newest) return nullptr;
    head = audit_heads_.emplace(chain, std::move(*newest)).first;
  }
  return &head->second;
}

bool Group::extend_audit(const Id& chain, const AuditEntry& entry, const Id& concerned) {
  // An entry that cannot be parsed again would end its chain.
  if (!is_utf8(entry.subject) || !is_utf8(entry.detail)) return false;
  AuditLink* const head = audit_head(chain);
  if (head == nullptr) return false;
  record::Audit row;
  row.set_at_ms(entry.at);
  row.set_actor(entry.actor);
  row.set_action(entry.action);
  row.set_subject(entry.subject);
  row.set_detail(entry.detail);
  if (!concerned.empty()) row.set_workspace(std::string(concerned.view()));
  *head = link_audit(chain, *head, row);
  batch_.Put(database_.handle(Family::audit), keys::audit(chain, ++last_sequence_),
             row.SerializeAsString());
  grown_chains_.insert(chain);
  return true;
}

std::vector<Id> Group::take_audited() {
  const std::lock_guard lock(audited_mutex_);
  std::vector<Id> taken(audited_.begin(), audited_.end());
  audited_.clear();
  return taken;
}

void Group::finish() {
  write_rows();
  for (const auto& [key, amount] : usage_)
    batch_.Merge(database_.handle(Family::usage), key, encode_counter(amount));
  if (last_sequence_ == stored_sequence_) return;
  std::string row;
  append_big(row, last_sequence_);
  batch_.Put(kLastSequenceRow, row);
}

void Group::durable() {
  if (!grown_chains_.empty()) {  // whoever takes them now reads the new entries
    const std::lock_guard lock(audited_mutex_);
    audited_.merge(grown_chains_);
  }
  fences_.age();
  if (audit_heads_.size() > kAuditHeads) audit_heads_.clear();
  clear();
}

// The sequences are not reused: gaps are allowed, a number with two meanings is not.
void Group::failed() {
  fences_.clear();
  audit_heads_.clear();
  clear();
}

void Group::clear() {
  batch_.Clear();
  rows_.clear();
  keyring_rows_.clear();
  grown_chains_.clear();
  usage_.clear();
  feed_.clear();
  timers_.clear();
}

}  // namespace aura::storage
