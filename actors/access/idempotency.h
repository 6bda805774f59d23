// Idempotency-Key of API writes. The commit of a write also stores its sealed answer; the same key
// with the same body gets that answer again, with another body Errc::conflict. Used by the actor
// that owns the write, so its mailbox serialises concurrent requests.
#pragma once

#include <optional>
#include <string>

#include "runtime/ports/engine_api.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura::idempotency {

namespace detail {
std::optional<Result<std::string>> find(const storage::Reader& reader, const Id& workspace,
                                        const aura::Idempotency& once, const storage::DataKey& key,
                                        Millis now);
void remember(const Id& workspace, const aura::Idempotency& once, const std::string& answer,
              const storage::DataKey& key, const std::string& contact, Millis now,
              storage::Commit& commit);
}  // namespace detail

// The stored answer; nothing if the request is new or has no key.
template <class T>
std::optional<Result<T>> find(const storage::Reader& reader, const Id& workspace,
                              const MaybeIdempotency& once, const storage::DataKey& key,
                              Millis now) {
  if (!once) return std::nullopt;
  auto stored = detail::find(reader, workspace, *once, key, now);
  if (!stored) return std::nullopt;
  if (!*stored) return Result<T>(tl::unexpected(stored->error()));
  T answer;
  if (!answer.ParseFromString(**stored))
    return Result<T>(fail(Errc::corrupt, "The stored answer is not readable."));
  return Result<T>(std::move(answer));
}

// `contact`: the owner of the sealing key; empty: the workspace.
template <class T>
void remember(const Id& workspace, const MaybeIdempotency& once, const T& answer,
              const storage::DataKey& key, const std::string& contact, Millis now,
              storage::Commit& commit) {
  if (once)
    detail::remember(workspace, *once, answer.SerializeAsString(), key, contact, now, commit);
}

}  // namespace aura::idempotency
