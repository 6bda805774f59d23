// Counters of Family::usage: 8 bytes, big-endian two's complement. A merge operator adds them, so
// counting needs no read. Overflow wraps.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rocksdb {
class MergeOperator;
}

namespace aura::storage {

std::string encode_counter(std::int64_t value);
std::optional<std::int64_t> decode_counter(std::string_view value);

std::shared_ptr<rocksdb::MergeOperator> counter_merge();

}  // namespace aura::storage
