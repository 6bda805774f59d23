#include "actors/access/idempotency.h"

#include "config/limits.h"
#include "runtime/in_ms.h"
#include "storage/read.h"

namespace aura::idempotency::detail {

using storage::Family;

std::optional<Result<std::string>> find(const storage::Reader& reader, const Id& workspace,
                                        const aura::Idempotency& once, const storage::DataKey& key,
                                        Millis now) {
  const std::string at = storage::keys::idempotency(workspace, once.key);
  const auto row = storage::read<record::Idempotency>(reader, Family::idempotency, at);
  if (!row) return Result<std::string>(tl::unexpected(row.error()));
  const bool expired =  // perhaps not yet compacted away
      *row && now - (*row)->created_ms() > in_ms(limits::kIdempotencyRetention);
  if (!*row || expired) return std::nullopt;
  if ((*row)->fingerprint() != once.fingerprint)
    return Result<std::string>(
        fail(Errc::conflict, "This Idempotency-Key was used with another body; use a new key."));
  return key.open(storage::aad(Family::idempotency, at), (*row)->sealed_reply());
}

void remember(const Id& workspace, const aura::Idempotency& once, const std::string& answer,
              const storage::DataKey& key, const std::string& contact, Millis now,
              storage::Commit& commit) {
  std::string at = storage::keys::idempotency(workspace, once.key);
  record::Idempotency row;
  row.set_fingerprint(once.fingerprint);
  row.set_status(201);
  row.set_sealed_reply(key.seal(storage::aad(Family::idempotency, at), answer));
  row.set_contact(contact);
  row.set_created_ms(now);
  commit.put(Family::idempotency, std::move(at), row.SerializeAsString());
}

}  // namespace aura::idempotency::detail
