#include "storage/backup/restore.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "storage/backup/log_replay.h"
#include "storage/format.h"

namespace aura::storage {
namespace {

constexpr const char* kDraft = ".restoring";
constexpr const char* kReplacedKeys = "/keys.replaced.restoring";  // ends in kDraft like all drafts

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

// The folder of the log that continues the backup of `base`; empty: no later backup continues it.
Result<std::string> log_after(rocksdb::Env& env, const BackupPlace& place,
                              const DatabasePosition& base) {
  const auto positions = positions_in(place.data, &env);
  if (!positions) return tl::unexpected(positions.error());
  for (const std::uint64_t later : *positions) {
    if (later <= base.last_sequence) continue;
    const auto there = position_of(env, copy_folder(place.data, later));
    if (!there) return tl::unexpected(there.error());
    if (there->lineage == base.lineage) return copy_folder(place.log, later);
  }
  return std::string();
}

Error log_is_missing(std::uint64_t base, std::uint64_t wanted) {
  return {Errc::not_found,
          "the log from the backup of position " + std::to_string(base) + " to position " +
              std::to_string(wanted) + " was not kept (storage.keep_log_mb): restore --position " +
              std::to_string(base) + ", or one that is nearer to it",
          {}};
}

// An older keyring may lack keys that the data needs.
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
  constexpr std::array kMayStay = {"master.key", "operator.token", "operator.url", "demo.key",
                                   "audit.key",  "backup.lock",    "keys"};
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

// Destroys the keys of contacts that were erased after the backup in the restored keyring too.
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

// The part of the log to replay on the backup of `base`; an empty `log`: none.
struct Stretch {
  std::string log;
  std::uint64_t until = 0;
  DatabasePosition base;
};

Result<Restored> settle_drafts(const std::string& path, const DataKey& master, const Clock& clock,
                               const Stretch& stretch, rocksdb::Env& env) {
  Health health([](int code) { std::_Exit(code); });
  const auto keyring = Keyring::open(path + "/keys" + kDraft, master, health, &env);
  if (!keyring) return tl::unexpected(keyring.error());
  for (const std::string& known : {path + "/keys", path + kReplacedKeys})
    if (auto done = destroy_as_in(known, **keyring, master, health, env); !done)
      return tl::unexpected(done.error());
  const auto database = Database::open(path + "/db" + kDraft, {}, health, clock, &env);
  if (!database) return tl::unexpected(database.error());
  Restored restored;
  restored.position = stretch.base.last_sequence;
  if (!stretch.log.empty()) {
    const auto reached = replay_log(env, stretch.log, stretch.base, stretch.until, **database);
    if (!reached && reached.error().code == Errc::not_found)
      return tl::unexpected(log_is_missing(restored.position, stretch.until));
    if (!reached) return tl::unexpected(reached.error());
    restored.position = *reached;
  }
  const auto settled = settle_restored(**database, **keyring, clock, restored.position);
  if (!settled) return tl::unexpected(settled.error());
  restored.settled = *settled;
  return restored;
}

// Finds and checks the log to replay; empty if the backup is already at the wanted position.
Result<Stretch> stretch_to(rocksdb::Env& env, const RestoreWish& wish, std::uint64_t base) {
  Stretch stretch;
  const auto from = position_of(env, copy_folder(wish.from.data, base));
  if (!from) return tl::unexpected(from.error());
  stretch.base = *from;
  stretch.until = wish.position.value_or(base);
  if (stretch.until == base) return stretch;
  auto log = log_after(env, wish.from, stretch.base);
  if (!log) return tl::unexpected(log.error());
  if (log->empty())
    return fail(Errc::not_found, "nothing after position " + std::to_string(base) +
                                     " was backed up: restore --position " + std::to_string(base) +
                                     ", or without --position what is newest");
  if (!env.FileExists(*log).ok()) return tl::unexpected(log_is_missing(base, stretch.until));
  if (const auto whole = check_files(env, *log, nullptr); !whole)
    return tl::unexpected(whole.error());
  stretch.log = std::move(*log);
  return stretch;
}

// Moves the data last: without it the directory counts as empty and the restore can be repeated.
// The previous keyring knows which contacts were erased since, so it is removed only after
// everything else is in place.
Result<void> put_in_place(rocksdb::Env& env, const std::string& path) {
  const std::string keys = path + "/keys", replaced = path + kReplacedKeys;
  const auto rename = [&env](const std::string& from, const std::string& to) -> Result<void> {
    if (const auto status = env.RenameFile(from, to); !status.ok())
      return failed(status, "writing " + to);
    return {};
  };
  // If an interrupted restore left `replaced`, then `keys` is that restore's: both were already
  // read.
  if (env.FileExists(replaced).ok()) {
    if (auto removed = remove_folder(env, keys); !removed) return removed;
  } else if (env.FileExists(keys).ok()) {
    if (auto moved = rename(keys, replaced); !moved) return moved;
  }
  for (const std::string& part : {keys, path + "/db"})
    if (auto moved = rename(part + kDraft, part); !moved) return moved;
  if (auto synced = sync_folder(env, path); !synced) return synced;
  return remove_folder(env, replaced);
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
  const auto stretch = stretch_to(env, wish, *position);
  if (!stretch) return tl::unexpected(stretch.error());

  if (const auto made = env.CreateDirIfMissing(wish.path); !made.ok())
    return failed(made, "creating " + wish.path);
  auto done = copy_folder_into(env, keys, wish.path + "/keys" + kDraft, *key_files, progress);
  if (done) done = copy_folder_into(env, data, wish.path + "/db" + kDraft, *data_files, progress);
  if (!done) return tl::unexpected(done.error());
  auto restored = settle_drafts(wish.path, master, clock, *stretch, env);
  if (!restored) return restored;
  if (auto placed = put_in_place(env, wish.path); !placed) return tl::unexpected(placed.error());
  restored->files = data_files->files.size();
  return restored;
}

}  // namespace aura::storage
