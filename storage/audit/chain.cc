#include "storage/audit/chain.h"

#include <openssl/sha.h>

#include "storage/big_endian.h"

namespace aura::storage {

std::string audit_hash(const Id& chain, const record::Audit& entry) {
  std::string text = entry.previous_hash();
  text.append(chain.view());
  append_big(text, entry.number());
  append_big(text, entry.at_ms());
  for (const std::string* field :
       {&entry.actor(), &entry.action(), &entry.subject(), &entry.detail(), &entry.workspace()}) {
    append_big(text, static_cast<std::uint32_t>(field->size()));
    text.append(*field);
  }
  std::string hash(kAuditHashSize, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

AuditLink link_audit(const Id& chain, const AuditLink& newest, record::Audit& entry) {
  entry.set_number(newest.number + 1);
  entry.set_previous_hash(newest.hash);
  entry.set_hash(audit_hash(chain, entry));
  return {entry.number(), entry.hash()};
}

const char* audit_problem(const Id& chain, const AuditLink& newest, const record::Audit& entry) {
  if (entry.hash() != audit_hash(chain, entry)) return "was altered";
  if (entry.number() > newest.number + 1) return "follows a missing entry";
  if (entry.number() <= newest.number) return "is out of order";
  return entry.previous_hash() == newest.hash ? nullptr : "does not follow the entry before it";
}

}  // namespace aura::storage
