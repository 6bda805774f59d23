// Binary search in rows whose sequence grows with their time: feed, audit. Blocks: on a read
// thread.
#pragma once

#include <algorithm>
#include <string>

#include "storage/keys.h"
#include "storage/read.h"

namespace aura {

// The sequence from which on the rows are not older than `at`; beyond the newest if all are older,
// 0 if there are none. Row has at_ms.
template <class Row>
std::uint64_t first_since(const storage::Reader& reader, storage::Family family, const Id& chain,
                          Millis at) {
  const std::string head = storage::keys::head(chain);
  const auto sequence_of = [](const storage::Row& row) {
    const auto key = storage::keys::parse_sequence(row.key);
    return key ? key->sequence : 0;
  };
  const auto newest = reader.scan(family, head, {}, 1, storage::Reader::Direction::backward);
  if (!newest || newest->empty()) return 0;
  std::uint64_t low = 0, high = sequence_of(newest->front()) + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto rows = reader.scan(family, head, storage::keys::feed(chain, middle), 1);
    if (!rows || rows->empty()) return low;
    const auto row = storage::parse<Row>(rows->front().value);
    if (!row) return low;
    if (row->at_ms() < at)
      low = sequence_of(rows->front()) + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace aura
