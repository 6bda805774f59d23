// Reads a channel's stored outbox for operators. Blocks: on a read thread.
#pragma once

#include <functional>

#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura {

// Calls `visit` for the rows, oldest first, until it returns false. A parked channel may have very
// many: the oldest 100,000 are looked at.
inline Result<void> each_outbox_row(const storage::Reader& reader, std::string_view prefix,
                                    const std::function<bool(const record::Outbox&)>& visit) {
  constexpr int kLookedAt = 100'000;
  int looked_at = 0;
  record::Outbox row;
  return reader.for_each(storage::Family::outbox, prefix,
                         [&](std::string_view, std::string_view value) {
                           if (++looked_at > kLookedAt) return false;
                           const int size = static_cast<int>(value.size());
                           return !row.ParseFromArray(value.data(), size) || visit(row);
                         });
}

}  // namespace aura
