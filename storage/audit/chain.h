// The hash chains of audit entries, one per workspace and one of the operator (the empty id):
//   hash = SHA-256(previous hash 32 ‖ chain 16 ‖ number u64 ‖ at u64 ‖
//                  for each of actor, action, subject, detail, workspace: length u32 ‖ bytes)
// Integers are big-endian; the first entry has the number 1 and 32 zero bytes before it. Pure.
#pragma once

#include <string>

#include "runtime/ids.h"
#include "storage/schema/audit.pb.h"

namespace aura::storage {

inline constexpr std::size_t kAuditHashSize = 32;

// The end of a chain: its newest entry.
struct AuditLink {
  std::uint64_t number = 0;
  std::string hash = std::string(kAuditHashSize, '\0');

  friend bool operator==(const AuditLink&, const AuditLink&) = default;
};

std::string audit_hash(const Id& chain, const record::Audit& entry);

// Appends `entry` after `newest`; returns the new end of the chain.
AuditLink link_audit(const Id& chain, const AuditLink& newest, record::Audit& entry);

// Null if `entry` follows `newest` and is unaltered, else a description of the problem.
const char* audit_problem(const Id& chain, const AuditLink& newest, const record::Audit& entry);

}  // namespace aura::storage
