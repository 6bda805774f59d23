#include "storage/counter.h"

#include <rocksdb/merge_operator.h>

#include "storage/big_endian.h"

namespace aura::storage {
namespace {

class AddCounters final : public rocksdb::AssociativeMergeOperator {
 public:
  const char* Name() const override { return "aura.counter.add"; }

  bool Merge(const rocksdb::Slice&, const rocksdb::Slice* existing, const rocksdb::Slice& operand,
             std::string* sum, rocksdb::Logger*) const override {
    const auto before = existing ? decode_counter(existing->ToStringView()) : 0;
    const auto added = decode_counter(operand.ToStringView());
    if (!before || !added) return false;
    const auto total = static_cast<std::uint64_t>(*before) + static_cast<std::uint64_t>(*added);
    *sum = encode_counter(static_cast<std::int64_t>(total));
    return true;
  }
};

}  // namespace

std::string encode_counter(std::int64_t value) {
  std::string out;
  append_big(out, value);
  return out;
}

std::optional<std::int64_t> decode_counter(std::string_view value) {
  if (value.size() != sizeof(std::int64_t)) return std::nullopt;
  return load_big<std::int64_t>(value);
}

std::shared_ptr<rocksdb::MergeOperator> counter_merge() { return std::make_shared<AddCounters>(); }

}  // namespace aura::storage
