// Audit chains as files, which are checked without data, keys or an engine:
//
//   <folder>/heads.json      the signed heads, as GET /audit/heads answers
//   <folder>/operator.jsonl  the operator's entries as GET /audit lists them, one a line
//   <folder>/ws_….jsonl      a workspace's entries, likewise
//
// Made by `aura audit export`. Main thread only.
#pragma once

#include <string>
#include <vector>

#include "runtime/result.h"
#include "storage/audit/check.h"

namespace aura::app {

// Signed heads from a saved answer of GET /audit/heads.
Result<std::vector<storage::ChainHead>> read_heads(const std::string& file);

// What the folder's chains are worth: the first wrong entry of each is named. `public_key` as for
// AuditCheck.
Result<storage::Verification> check_audit_files(const std::string& folder,
                                                const std::string& public_key);

}  // namespace aura::app
