#include "actors/media/media_rows.h"

#include <algorithm>

#include "config/limits.h"
#include "runtime/media_type.h"
#include "storage/keys.h"

namespace aura::media {

namespace keys = storage::keys;
using storage::Family;

namespace {

std::string row_key(const Place& place) {
  return keys::media(place.workspace, place.ref.owner, place.ref.id);
}

std::string part_key(const Place& place, std::uint32_t number) {
  return keys::blob(place.workspace, place.ref.owner, place.ref.id, number);
}

std::string due_key(const Place& place, Millis due) {
  return keys::media_due(place.workspace, due, place.ref.owner, place.ref.id);
}

}  // namespace

Result<storage::DataKeyPtr> owner_key(storage::Vault& vault, const Place& place) {
  if (place.ref.owner.empty()) return vault.workspace_key(place.workspace);
  return vault.contact_key(place.workspace, place.ref.owner);
}

Result<std::optional<Stored>> load_row(const storage::Reader& reader, const Place& place) {
  auto value = reader.get(Family::media, row_key(place));
  if (!value) return tl::unexpected(value.error());
  if (!*value) return std::optional<Stored>();
  const auto fenced = storage::split_fenced(**value);
  Stored stored;
  if (!fenced ||
      !stored.row.ParseFromArray(fenced->second.data(), static_cast<int>(fenced->second.size())))
    return fail(Errc::corrupt, "a media row is not readable");
  stored.version = fenced->first;
  return std::optional(std::move(stored));
}

Result<std::optional<Stored>> load(const storage::Reader& reader, const Place& place,
                                   const storage::DataKey& key) {
  auto stored = load_row(reader, place);
  if (!stored || !*stored) return stored;
  const auto body = key.open(storage::aad(Family::media, row_key(place)), (*stored)->row.sealed());
  if (!body || !(*stored)->body.ParseFromString(*body))
    return fail(Errc::corrupt, "a media row's body is not readable");
  return stored;
}

void fence(const Place& place, const Stored& stored, storage::Commit& commit) {
  commit.workspace = place.workspace;
  commit.fence = storage::Fence{Family::media, row_key(place), stored.version};
}

void put_unfenced(const Place& place, Stored& stored, const storage::DataKey& key,
                  storage::Commit& commit) {
  std::string at = row_key(place);
  stored.row.set_sealed(key.seal(storage::aad(Family::media, at), stored.body.SerializeAsString()));
  commit.put(Family::media, std::move(at),
             storage::fenced_value(++stored.version, stored.row.SerializeAsString()));
}

void put(const Place& place, Stored& stored, const storage::DataKey& key, storage::Commit& commit) {
  fence(place, stored, commit);
  put_unfenced(place, stored, key, commit);
}

void set_due(const Place& place, Stored& stored, Millis due, storage::Commit& commit) {
  clear_due(place, stored, commit);
  stored.row.set_due_ms(due);
  commit.put(Family::media_due, due_key(place, due), {});
}

void clear_due(const Place& place, Stored& stored, storage::Commit& commit) {
  if (stored.row.due_ms() != 0)
    commit.erase(Family::media_due, due_key(place, stored.row.due_ms()));
  stored.row.set_due_ms(0);
}

void put_part(const Place& place, std::uint32_t number, std::string_view bytes,
              const storage::DataKey& key, storage::Commit& commit) {
  std::string at = part_key(place, number);
  std::string sealed = key.seal(storage::aad(Family::blob, at), bytes);
  commit.put(Family::blob, std::move(at), std::move(sealed));
}

void erase_parts(const Place& place, storage::Commit& commit) {
  commit.mutations.push_back(
      {storage::Mutation::Op::erase_prefix, Family::blob, row_key(place), {}});
}

void erase(const Place& place, storage::Commit& commit) {
  commit.erase(Family::media, row_key(place));
  erase_parts(place, commit);
}

Result<std::string> read(const storage::Reader& reader, const Place& place,
                         const storage::DataKey& key, std::int64_t first, std::int64_t size) {
  constexpr auto kPart = static_cast<std::int64_t>(limits::kMediaPartBytes);
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(size));
  for (std::int64_t at = first; at < first + size;) {
    const auto number = static_cast<std::uint32_t>(at / kPart);
    const std::string part = part_key(place, number);
    const auto sealed = reader.get(Family::blob, part);
    if (!sealed) return tl::unexpected(sealed.error());
    if (!*sealed) return fail(Errc::not_found, "A part of the file is gone.");
    const auto open = key.open(storage::aad(Family::blob, part), **sealed);
    if (!open) return tl::unexpected(open.error());
    const std::int64_t skip = at % kPart;
    const auto have = static_cast<std::int64_t>(open->size()) - skip;
    if (have <= 0) return fail(Errc::corrupt, "a part of a file is too short");
    const std::int64_t take = std::min(have, first + size - at);
    bytes.append(*open, static_cast<std::size_t>(skip), static_cast<std::size_t>(take));
    at += take;
  }
  return bytes;
}

api::Media shown(const Place& place, const Stored& stored) {
  api::Media out;
  out.set_id(format_media(place.ref));
  out.set_type(attachment_type_of(stored.row.content_type()));
  out.set_mime_type(stored.row.content_type());
  out.set_size_bytes(stored.row.size_bytes());
  if (!stored.body.filename().empty()) out.set_filename(stored.body.filename());
  out.set_created_at(stored.row.created_ms());
  return out;
}

}  // namespace aura::media
