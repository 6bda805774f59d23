// The remembered answer to a merge. It shows data of several contacts and is therefore sealed under
// the keys of all of them: whoever of them is erased, it cannot be read any more. Any thread.
#pragma once

#include <optional>

#include "runtime/result.h"
#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura::merge_answer {

Result<record::MergeAnswer> seal(storage::Vault& vault, const Id& workspace,
                                 const api::Contact& shown);
// Nothing: never completed, or one of the contacts was erased.
std::optional<api::Contact> open(storage::Vault& vault, const Id& workspace,
                                 const record::MergeAnswer& answer);

}  // namespace aura::merge_answer
