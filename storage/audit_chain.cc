#include "storage/audit_chain.h"

#include <openssl/sha.h>

#include "storage/big_endian.h"

namespace aura::storage {

std::string audit_start() { return std::string(kAuditHashSize, '\0'); }

std::string audit_hash(const record::Audit& entry) {
  std::string text = entry.previous_hash();
  const auto add = [&](std::string_view field) {
    append_big(text, static_cast<std::uint32_t>(field.size()));
    text.append(field);
  };
  std::string at;
  append_big(at, entry.at_ms());
  add(at);
  add(entry.actor());
  add(entry.action());
  add(entry.subject());
  std::string hash(kAuditHashSize, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

bool audit_follows(const record::Audit& entry, const std::string& previous) {
  return entry.previous_hash() == previous && entry.hash() == audit_hash(entry);
}

}  // namespace aura::storage
