// Audit chains for the API, oldest entry first. Reads on the caller's thread, which must be a read
// thread.
#pragma once

#include "runtime/ports/engine_api.h"
#include "storage/store.h"

namespace aura {

// A workspace's chain; the operator's if `chain` is empty.
Result<List<api::AuditEntry>> read_audit(const storage::Reader& reader, const Id& chain,
                                         const Page& page);

// The signed head of every chain.
Result<List<api::AuditHead>> read_audit_heads(const storage::Reader& reader);

}  // namespace aura
