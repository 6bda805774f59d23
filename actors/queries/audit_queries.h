// Audit chains as the API shows them, oldest first. Reads on the caller's thread: a read thread.
#pragma once

#include "runtime/ports/engine_api.h"
#include "storage/store.h"

namespace aura {

// Of a workspace; of the operator if `chain` is empty.
Result<List<api::AuditEntry>> read_audit(const storage::Reader& reader, const Id& chain,
                                         const Page& page);

// The signed head of every chain.
Result<List<api::AuditHead>> read_audit_heads(const storage::Reader& reader);

}  // namespace aura
