// Signed heads of the audit chains: proof of how long a chain was and how it ended at a moment, so
// that entries cut off its end are missed. One row a chain in the family `meta`, replaced at each
// signing; kept outside (GET /audit/heads, the log) they also show a chain set back altogether.
//   row "audit_head" ‖ chain 16 → record::AuditHead
//   signature: Ed25519 over "aura audit head 1" ‖ chain 16 ‖ number u64 ‖ at u64 ‖ hash 32
// Pure but for the key's file.
#pragma once

#include <memory>
#include <string>

#include "runtime/result.h"
#include "storage/audit/chain.h"

namespace aura::storage {

inline constexpr const char* kAuditHeadRows = "audit_head";
std::string audit_head_row(const Id& chain);

// The private key; whoever has it can sign. Any thread.
class AuditKey {
 public:
  // 32 bytes from the file, made (mode 0600) at the first start.
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

// Signed by the owner of `public_key` (empty: of the key it names), and unaltered.
bool is_signed(const Id& chain, const record::AuditHead& head, const std::string& public_key);

}  // namespace aura::storage
