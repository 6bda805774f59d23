// Which contacts are shown as a part of another one: the merge rows, read in both directions. Point
// reads and short scans, no state: whoever has the reader may call, on any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura::contact_merges {

// The contact's own merge row, if there is one.
Result<std::optional<record::ContactMerge>> of(const storage::Reader& reader, const Id& workspace,
                                               const Id& contact);
// The contact that this one is a part of, if any.
Result<std::optional<Id>> whole_of(const storage::Reader& reader, const Id& workspace,
                                   const Id& contact);
// Its parts, at most `limit`: a scan.
Result<std::vector<Id>> parts_of(const storage::Reader& reader, const Id& workspace,
                                 const Id& contact, std::size_t limit);

// `continued_in`: the conversation in which the part's own goes on; empty: it stays by itself.
void put(const Id& workspace, const Id& part, const Id& whole, const Id& continued_in, Millis now,
         storage::Commit& commit);
void erase(const Id& workspace, const Id& part, const Id& whole, storage::Commit& commit);

}  // namespace aura::contact_merges
