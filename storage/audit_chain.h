// The hash chain of a workspace's audit entries:
//   hash = SHA-256(previous hash 32 ‖ for each of at (u64 big-endian), actor, action, subject:
//                  length u32 big-endian ‖ bytes)
// The first entry's previous hash is 32 zero bytes. Pure.
#pragma once

#include <string>

#include "storage/schema/records.pb.h"

namespace aura::storage {

inline constexpr std::size_t kAuditHashSize = 32;

std::string audit_start();  // the previous hash of a first entry
std::string audit_hash(const record::Audit& entry);
// True if `entry` follows an entry whose hash is `previous` and is itself unaltered.
bool audit_follows(const record::Audit& entry, const std::string& previous);

}  // namespace aura::storage
