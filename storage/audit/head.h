// Signed heads of the audit chains: they prove the length and the last entry of a chain at a
// moment, so that cutting off its end is detected. One row per chain in the family `meta`, replaced
// at each signing. Copies kept elsewhere (GET /audit/heads, the log) also detect a rollback of a
// whole chain.
//   row "audit_head" ‖ chain 16 → record::AuditHead
//   signature: Ed25519 over "aura audit head 1" ‖ chain 16 ‖ number u64 ‖ at u64 ‖ hash 32
// Pure except for the key's file.
#pragma once

#include <memory>
#include <string>

#include "runtime/result.h"
#include "storage/audit/chain.h"

namespace aura::storage {

inline constexpr const char* kAuditHeadRows = "audit_head";
std::string audit_head_row(const Id& chain);

// The private signing key. Any thread may call.
class AuditKey {
 public:
  // Reads 32 bytes from the file, which `may_create` creates (mode 0600) if missing.
  static Result<std::shared_ptr<const AuditKey>> load(const std::string& path, bool may_create);
  explicit AuditKey(const std::string& seed);
  ~AuditKey();
  AuditKey(const AuditKey&) = delete;
  AuditKey& operator=(const AuditKey&) = delete;

  const std::string& public_key() const { return public_key_; }
  record::AuditHead sign(const Id& chain, const AuditLink& newest, std::int64_t at_ms) const;

 private:
  struct Pair;
  std::unique_ptr<Pair> pair_;
  std::string public_key_;
};

// Whether the head is unaltered and signed with `public_key` (empty: with the key that it names).
bool is_signed(const Id& chain, const record::AuditHead& head, const std::string& public_key);

}  // namespace aura::storage
