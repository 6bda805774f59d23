// Media on disk: a row with the metadata, and the bytes in parts, all sealed under the owner's key
// with their row key as additional data. The row is fenced: a commit for media erased meanwhile is
// refused, so nothing reappears. Pure except for point reads; any thread.
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

// Loads the row without its sealed body, or with it.
Result<std::optional<Stored>> load_row(const storage::Reader& reader, const Place& place);
Result<std::optional<Stored>> load(const storage::Reader& reader, const Place& place,
                                   const storage::DataKey& key);

// Stores the row's next version; fences the commit by the version that was read.
void put(const Place& place, Stored& stored, const storage::DataKey& key, storage::Commit& commit);
// The same without the fence, for a commit that already has one.
void put_unfenced(const Place& place, Stored& stored, const storage::DataKey& key,
                  storage::Commit& commit);
void fence(const Place& place, const Stored& stored, storage::Commit& commit);

// While media are pending, their media_due row says when they are processed next.
void set_due(const Place& place, Stored& stored, Millis due, storage::Commit& commit);
void clear_due(const Place& place, Stored& stored, storage::Commit& commit);

void put_part(const Place& place, std::uint32_t number, std::string_view bytes,
              const storage::DataKey& key, storage::Commit& commit);
void erase_parts(const Place& place, storage::Commit& commit);
void erase(const Place& place, storage::Commit& commit);  // row and parts, not the due row

// Reads `size` bytes from `first`, within the row's size. Errc::corrupt if a part is unreadable.
Result<std::string> read(const storage::Reader& reader, const Place& place,
                         const storage::DataKey& key, std::int64_t first, std::int64_t size);

// The API's view of an upload, without its link.
api::Media shown(const Place& place, const Stored& stored);

}  // namespace aura::media
