// Media on disk: the row that says what it is, and its bytes in parts, all sealed under the owner's
// key with their place as additional data. The row is fenced: a commit about media that was erased
// meanwhile is refused, so that nothing comes back. Pure but for point reads; any thread.
#pragma once

#include <optional>
#include <string>

#include "runtime/media_ref.h"
#include "runtime/ports/channel_event.h"
#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura::media {

struct Place {
  Id workspace;
  MediaRef ref;
};

struct Stored {
  std::uint64_t version = 0;  // 0: not stored yet
  record::Media row;
  record::MediaBody body;
};

// The owner's key; Errc::not_found: erased.
Result<storage::DataKeyPtr> owner_key(storage::Vault& vault, const Place& place);

// The row alone (what it says in the clear), or with its body.
Result<std::optional<Stored>> load_row(const storage::Reader& reader, const Place& place);
Result<std::optional<Stored>> load(const storage::Reader& reader, const Place& place,
                                   const storage::DataKey& key);

// Puts the row as its next version; the commit is fenced by the version that was read.
void put(const Place& place, Stored& stored, const storage::DataKey& key, storage::Commit& commit);
// The same without the fence, for a commit that has another.
void put_unfenced(const Place& place, Stored& stored, const storage::DataKey& key,
                  storage::Commit& commit);
void fence(const Place& place, const Stored& stored, storage::Commit& commit);

// While media is pending, its row in media_due says when it is looked at.
void set_due(const Place& place, Stored& stored, Millis due, storage::Commit& commit);
void clear_due(const Place& place, Stored& stored, storage::Commit& commit);

void put_part(const Place& place, std::uint32_t number, std::string_view bytes,
              const storage::DataKey& key, storage::Commit& commit);
void erase_parts(const Place& place, storage::Commit& commit);
void erase(const Place& place, storage::Commit& commit);  // row and parts; the due row stays

// `size` bytes from `first`, both within the row's size. Errc::corrupt if a part is not readable.
Result<std::string> read(const storage::Reader& reader, const Place& place,
                         const storage::DataKey& key, std::int64_t first, std::int64_t size);

// What the API shows of an upload; without its link.
api::Media shown(const Place& place, const Stored& stored);

}  // namespace aura::media
