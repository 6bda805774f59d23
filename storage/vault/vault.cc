#include "storage/vault/vault.h"

#include <algorithm>

#include "storage/schema/records.pb.h"
#include "storage/vault/data_key.h"

namespace aura::storage {
namespace {

constexpr Millis kHourMs = 3'600'000;
constexpr std::size_t kCachedHours = 8;

Error no_key() { return Error{Errc::not_found, "no such data key, or it was destroyed", {}}; }

// A new random key and its wrapped form.
struct NewKey {
  DataKeyPtr key;
  std::string wrapped;
};

NewKey make_key(const DataKey& with, const std::string& key) {
  std::string bytes = random_key_bytes();
  NewKey made{std::make_shared<AesKey>(bytes), with.seal(keyring_keys::wrap_aad(key), bytes)};
  wipe(bytes);
  return made;
}

}  // namespace

KeyVault::KeyVault(Keyring& keyring, DataKeyPtr master, std::size_t cached_workspaces)
    : keyring_(keyring),
      master_(std::move(master)),
      workspaces_(cached_workspaces),
      journal_hours_(kCachedHours) {}

Result<DataKeyPtr> KeyVault::unwrap(const DataKey& with, const std::string& key,
                                    std::string_view wrapped) {
  auto bytes = with.open(keyring_keys::wrap_aad(key), wrapped);
  if (!bytes) return tl::unexpected(bytes.error());
  if (bytes->size() != kDataKeySize) return fail(Errc::corrupt, "a data key has a wrong size");
  DataKeyPtr made = std::make_shared<AesKey>(*bytes);
  wipe(*bytes);
  return made;
}

Result<DataKeyPtr> KeyVault::stored(const DataKey& with, const std::string& key) {
  const auto wrapped = keyring_.get(key);
  if (!wrapped) return tl::unexpected(wrapped.error());
  if (!*wrapped || (*wrapped)->empty()) return tl::unexpected(no_key());
  return unwrap(with, key, **wrapped);
}

// A crash may leave a durable key whose commit was lost. That key is reused; otherwise its owner
// could never be created.
Result<DataKeyPtr> KeyVault::stored_or_new(const DataKey& with, std::string key, Commit& commit) {
  auto kept = stored(with, key);
  if (kept || kept.error().code != Errc::not_found) return kept;
  NewKey made = make_key(with, key);
  commit.keyring.push_back({KeyringMutation::Op::put, std::move(key), std::move(made.wrapped)});
  return made.key;
}

Result<DataKeyPtr> KeyVault::workspace_key(const Id& workspace) {
  if (auto cached = workspaces_.get(workspace)) return *cached;
  auto key = stored(*master_, keyring_keys::workspace(workspace));
  if (key) workspaces_.put(workspace, *key);
  return key;
}

Result<DataKeyPtr> KeyVault::contact_key(const Id& workspace, const Id& contact) {
  const auto with = workspace_key(workspace);
  if (!with) return tl::unexpected(with.error());
  return stored(**with, keyring_keys::contact(workspace, contact));
}

Result<bool> KeyVault::is_erased(const Id& workspace, const Id& contact) {
  const auto wrapped = keyring_.get(keyring_keys::contact(workspace, contact));
  if (!wrapped) return tl::unexpected(wrapped.error());
  return *wrapped && (*wrapped)->empty();
}

Result<DataKeyPtr> KeyVault::create_workspace_key(const Id& workspace, Commit& commit) {
  return stored_or_new(*master_, keyring_keys::workspace(workspace), commit);
}

// A key is not cached before it is durable: if its commit is refused, nothing may be wrapped with
// it.
Result<DataKeyPtr> KeyVault::workspace_key_in(const Id& workspace, const Commit& commit) {
  const std::string key = keyring_keys::workspace(workspace);
  for (const KeyringMutation& made : commit.keyring)
    if (made.op == KeyringMutation::Op::put && made.key == key)
      return unwrap(*master_, key, made.value);
  return workspace_key(workspace);
}

Result<DataKeyPtr> KeyVault::create_contact_key(const Id& workspace, const Id& contact,
                                                Commit& commit) {
  const auto with = workspace_key_in(workspace, commit);
  if (!with) return tl::unexpected(with.error());
  return stored_or_new(**with, keyring_keys::contact(workspace, contact), commit);
}

void KeyVault::destroy_contact_key(const Id& workspace, const Id& contact, Commit& commit) {
  commit.keyring.push_back(
      {KeyringMutation::Op::destroy, keyring_keys::contact(workspace, contact), {}});
}

Result<void> KeyVault::turn_to_hour(std::uint32_t hour) {
  const std::string key = keyring_keys::journal(hour);
  auto kept = stored(*master_, key);
  if (kept) {
    current_ = {hour, *kept, {}, true};
    return {};
  }
  if (kept.error().code != Errc::not_found) return tl::unexpected(kept.error());
  NewKey made = make_key(*master_, key);
  current_ = {hour, std::move(made.key), std::move(made.wrapped), false};
  return {};
}

// Every commit that uses the hour's key carries it until the key is found in the keyring: the first
// such commit makes it durable, and writing the same key again changes nothing.
Result<DataKeyPtr> KeyVault::journal_key(Millis now, std::uint32_t& hour, Commit& commit) {
  const std::lock_guard lock(current_mutex_);
  const auto wanted = static_cast<std::uint32_t>(now / kHourMs);
  if (!current_.key || current_.hour != wanted)
    if (auto turned = turn_to_hour(wanted); !turned) return tl::unexpected(turned.error());
  if (!current_.durable) {
    const std::string key = keyring_keys::journal(wanted);
    const auto kept = keyring_.get(key);
    if (!kept) return tl::unexpected(kept.error());
    current_.durable = *kept && **kept == current_.wrapped;
    if (!current_.durable)
      commit.keyring.push_back({KeyringMutation::Op::put, key, current_.wrapped});
  }
  hour = wanted;
  return current_.key;
}

Result<DataKeyPtr> KeyVault::journal_key_of(std::uint32_t hour) {
  {
    const std::lock_guard lock(current_mutex_);
    if (current_.key && current_.hour == hour) return current_.key;
  }
  if (auto cached = journal_hours_.get(hour)) return *cached;
  auto key = stored(*master_, keyring_keys::journal(hour));
  if (key) journal_hours_.put(hour, *key);
  return key;
}

namespace {

// The key hour of the oldest unapplied event, or `newest` if none is from an earlier hour.
Result<std::uint32_t> oldest_in_use(const Reader& rows, std::uint32_t newest) {
  std::uint32_t oldest = newest;
  auto read = rows.for_each(Family::journal, "", [&](std::string_view, std::string_view value) {
    record::Journal row;
    if (row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      oldest = std::min(oldest, row.key_hour());
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return oldest;
}

}  // namespace

Result<std::size_t> KeyVault::expire_journal_keys(const Reader& rows, Millis now,
                                                  Millis retention) {
  const auto in_use = oldest_in_use(rows, static_cast<std::uint32_t>((now - retention) / kHourMs));
  if (!in_use) return tl::unexpected(in_use.error());
  const std::uint32_t first_kept = *in_use;
  journal_hours_.clear();
  {
    const std::lock_guard lock(current_mutex_);
    if (current_.key && current_.hour < first_kept) current_ = {};
  }
  return keyring_.expire_journal_keys(first_kept);
}

}  // namespace aura::storage
