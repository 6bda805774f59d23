#include "storage/database_reader.h"

#include <algorithm>

namespace aura::storage {
namespace {

constexpr std::size_t kLargeScan = 256;  // rows; larger scans bypass the cache

// An iterator over the rows of a prefix. Owns the bounds, which must live as long as the iterator.
class PrefixIterator {
 public:
  PrefixIterator(const Database& database, Family family, std::string_view prefix, bool fill_cache)
      : prefix_(prefix), end_(prefix_end(prefix)), lower_(prefix_), upper_(end_) {
    rocksdb::ReadOptions options;
    if (!prefix_.empty()) options.iterate_lower_bound = &lower_;
    if (!end_.empty()) options.iterate_upper_bound = &upper_;
    options.fill_cache = fill_cache;
    row_.reset(database.db().NewIterator(options, database.handle(family)));
  }
  rocksdb::Iterator* operator->() { return row_.get(); }

 private:
  const std::string prefix_, end_;
  const rocksdb::Slice lower_, upper_;
  std::unique_ptr<rocksdb::Iterator> row_;
};

// Damage found by a read stops all writes and is reported by readiness.
tl::unexpected<Error> read_failed(const Database& database, const rocksdb::Status& status,
                                  Family family) {
  if (status.IsCorruption()) database.health().failed("read", status);
  return tl::unexpected(to_error(status, std::string("reading ") + family_name(family)));
}

}  // namespace

Result<std::optional<std::string>> DatabaseReader::get(Family family, std::string_view key) const {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = database_.db().Get({}, database_.handle(family), key, &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return read_failed(database_, status, family);
  return std::string(value.ToStringView());
}

Result<std::vector<Row>> DatabaseReader::scan(Family family, std::string_view prefix,
                                              std::string_view start, std::size_t limit,
                                              Direction direction) const {
  const bool forward = direction == Direction::forward;
  PrefixIterator row(database_, family, prefix, limit <= kLargeScan);
  if (forward)
    start.empty() ? row->SeekToFirst() : row->Seek(start);
  else
    start.empty() ? row->SeekToLast() : row->SeekForPrev(start);
  std::vector<Row> rows;
  while (rows.size() < limit && row->Valid()) {
    rows.push_back({row->key().ToString(), row->value().ToString()});
    forward ? row->Next() : row->Prev();
  }
  if (!row->status().ok()) return read_failed(database_, row->status(), family);
  return rows;
}

Result<void> DatabaseReader::for_each(
    Family family, std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  PrefixIterator row(database_, family, prefix, /*fill_cache=*/false);
  for (row->SeekToFirst(); row->Valid(); row->Next())
    if (!visit(row->key().ToStringView(), row->value().ToStringView())) return {};
  if (!row->status().ok()) return read_failed(database_, row->status(), family);
  return {};
}

}  // namespace aura::storage
