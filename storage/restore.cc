#include "storage/restore.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "storage/format.h"

namespace aura::storage {
namespace {

constexpr const char* kDraft = ".restoring";

tl::unexpected<Error> failed(const rocksdb::Status& status, const std::string& doing) {
  return tl::unexpected(to_error(status, doing));
}

Result<std::uint64_t> choose(rocksdb::Env& env, const RestoreWish& wish) {
  const auto positions = positions_in(wish.from.data, &env);
  if (!positions || positions->empty())
    return fail(Errc::not_found, "there is no backup in " + wish.from.data);
  if (!wish.position) return positions->back();
  const auto after = std::upper_bound(positions->begin(), positions->end(), *wish.position);
  if (after == positions->begin())
    return fail(Errc::not_found, "the oldest backup in " + wish.from.data + " is of position " +
                                     std::to_string(positions->front()) + ", after position " +
                                     std::to_string(*wish.position));
  return *std::prev(after);
}

// Older keys may lack some that the data needs.
Result<std::uint64_t> choose_keys(rocksdb::Env& env, const RestoreWish& wish,
                                  std::uint64_t position) {
  const auto positions = positions_in(wish.from.keys, &env);
  if (!positions || positions->empty())
    return fail(Errc::not_found, "there is no copy of the keyring in " + wish.from.keys +
                                     ": name its place with --keys");
  if (positions->back() >= position) return positions->back();
  return fail(Errc::conflict, "the keyring in " + wish.from.keys + " is of position " +
                                  std::to_string(positions->back()) +
                                  ", older than the data's position " + std::to_string(position));
}

Result<void> check_target(rocksdb::Env& env, const std::string& path, const DataKey& master) {
  constexpr std::array kMayStay = {"master.key", "operator.token", "audit.key", "backup.lock",
                                   "keys"};
  const auto names = names_in(env, path);
  if (!names && names.error().code == Errc::not_found) return {};
  if (!names) return tl::unexpected(names.error());
  for (const std::string& name : *names)
    if (std::ranges::find(kMayStay, name) == kMayStay.end() && !name.ends_with(kDraft))
      return fail(Errc::conflict,
                  path + " is not empty (" + name + "): restore into an empty data directory");
  const auto checked = Keyring::check(path + "/keys", master, &env);
  if (!checked) return tl::unexpected(checked.error());
  return {};
}

Result<void> copy_folder_into(rocksdb::Env& env, const std::string& from, const std::string& to,
                              const BackupManifest& manifest, const BackupProgress& progress) {
  if (auto removed = remove_folder(env, to); !removed) return removed;
  if (const auto status = env.CreateDir(to); !status.ok()) return failed(status, "creating " + to);
  for (const BackupFile& file : manifest.files) {
    const std::string target = to + "/" + file.name;
    std::unique_ptr<rocksdb::WritableFile> out;
    rocksdb::Status status = env.NewWritableFile(target, &out, {});
    if (!status.ok()) return failed(status, "writing " + target);
    const auto copied = read_through(env, from + "/" + file.name, out.get());
    if (!copied) return tl::unexpected(copied.error());
    status = out->Sync();
    if (status.ok()) status = out->Close();
    if (!status.ok()) return failed(status, "writing " + target);
    if (copied->sha256 != file.sha256)
      return fail(Errc::corrupt, from + "/" + file.name + " changed while it was read");
    if (progress) progress(file.name, file.size);
  }
  return sync_folder(env, to);
}

// Contacts erased after the backup: their keys are destroyed in the restored keyring too.
Result<void> destroy_as_in(const std::string& known, Keyring& restored, const DataKey& master,
                           Health& health, rocksdb::Env& env) {
  if (!Keyring::exists(known, &env)) return {};
  const auto keyring = Keyring::open(known, master, health, &env);
  if (!keyring) return tl::unexpected(keyring.error());
  std::vector<KeyringMutation> destroyed;
  auto read = (*keyring)->for_each([&](std::string_view key, std::string_view value) {
    if (key.starts_with('C') && value.empty())
      destroyed.push_back({KeyringMutation::Op::destroy, std::string(key), {}});
    return true;
  });
  if (!read || destroyed.empty()) return read;
  std::vector<const KeyringMutation*> mutations;
  for (const KeyringMutation& one : destroyed) mutations.push_back(&one);
  return restored.apply(mutations);
}

Result<Settled> settle_drafts(const std::string& path, const DataKey& master, const Clock& clock,
                              std::uint64_t position, rocksdb::Env& env) {
  Health health([](int code) { std::_Exit(code); });
  const auto keyring = Keyring::open(path + "/keys" + kDraft, master, health, &env);
  if (!keyring) return tl::unexpected(keyring.error());
  if (auto done = destroy_as_in(path + "/keys", **keyring, master, health, env); !done)
    return tl::unexpected(done.error());
  const auto database = Database::open(path + "/db" + kDraft, {}, health, clock, &env);
  if (!database) return tl::unexpected(database.error());
  return settle_restored(**database, **keyring, clock, position);
}

// The data last: without it the directory counts as empty and the restore can be repeated.
Result<void> put_in_place(rocksdb::Env& env, const std::string& path) {
  if (auto removed = remove_folder(env, path + "/keys"); !removed) return removed;
  for (const std::string& part : {path + "/keys", path + "/db"})
    if (const auto status = env.RenameFile(part + kDraft, part); !status.ok())
      return failed(status, "writing " + part);
  return sync_folder(env, path);
}

}  // namespace

Result<Restored> restore_backup(const RestoreWish& wish, const DataKey& master, const Clock& clock,
                                const BackupProgress& progress, rocksdb::Env* given) {
  rocksdb::Env& env = given == nullptr ? *rocksdb::Env::Default() : *given;
  const auto position = choose(env, wish);
  if (!position) return tl::unexpected(position.error());
  const auto keys_position = choose_keys(env, wish, *position);
  if (!keys_position) return tl::unexpected(keys_position.error());
  const std::string data = copy_folder(wish.from.data, *position);
  const std::string keys = copy_folder(wish.from.keys, *keys_position);
  if (auto fit = check_target(env, wish.path, master); !fit) return tl::unexpected(fit.error());
  const auto data_files = check_files(env, data, nullptr);
  if (!data_files) return tl::unexpected(data_files.error());
  const auto key_files = check_files(env, keys, nullptr);
  if (!key_files) return tl::unexpected(key_files.error());
  if (auto fit = Keyring::check(keys, master, &env); !fit) return tl::unexpected(fit.error());
  if (auto fit = Database::check(data, &env); !fit) return tl::unexpected(fit.error());

  if (const auto made = env.CreateDirIfMissing(wish.path); !made.ok())
    return failed(made, "creating " + wish.path);
  auto done = copy_folder_into(env, keys, wish.path + "/keys" + kDraft, *key_files, progress);
  if (done) done = copy_folder_into(env, data, wish.path + "/db" + kDraft, *data_files, progress);
  if (!done) return tl::unexpected(done.error());
  const auto settled = settle_drafts(wish.path, master, clock, *position, env);
  if (!settled) return tl::unexpected(settled.error());
  if (auto placed = put_in_place(env, wish.path); !placed) return tl::unexpected(placed.error());
  return Restored{*position, data_files->files.size(), *settled};
}

}  // namespace aura::storage
