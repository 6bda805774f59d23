// Audit chains as files, which can be checked without data, keys or an engine:
//
//   <folder>/heads.json      the signed heads, as answered by GET /audit/heads
//   <folder>/operator.jsonl  the operator's entries as listed by GET /audit, one per line
//   <folder>/ws_….jsonl      a workspace's entries, likewise
//
// Written by `aura audit export`. Main thread only.
#pragma once

#include <string>
#include <vector>

#include "runtime/result.h"
#include "storage/audit/check.h"

namespace aura::app {

// Signed heads from a saved answer of GET /audit/heads.
Result<std::vector<storage::ChainHead>> read_heads(const std::string& file);

// Checks the folder's chains and names the first wrong entry of each. `public_key` as for
// AuditCheck.
Result<storage::Verification> check_audit_files(const std::string& folder,
                                                const std::string& public_key);

}  // namespace aura::app
