#include "storage/vault/rotate_master_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "storage/database.h"
#include "storage/vault/key_file.h"
#include "storage/vault/keyring.h"
#include "storage/vault/vault.h"

namespace aura::storage {
namespace {

std::string next_of(const std::string& file) { return file + ".next"; }
std::string old_of(const std::string& file) { return file + ".old"; }

bool exists(const std::string& file) {
  std::error_code unknown;
  return std::filesystem::exists(file, unknown);
}

Result<void> sync_folder_of(const std::string& file) {
  const auto folder = std::filesystem::absolute(file).parent_path();
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = opened >= 0 && ::fsync(opened) == 0;
  if (opened >= 0) ::close(opened);
  if (synced) return {};
  return fail(Errc::io, "syncing " + folder.string());
}

// Every moment between these steps leaves a file that opens the keyring, or one that will be put in
// its place by finish_rotation().
Result<void> put_in_place(const std::string& file) {
  std::error_code failed;
  if (!exists(old_of(file))) std::filesystem::create_hard_link(file, old_of(file), failed);
  if (!failed) std::filesystem::rename(next_of(file), file, failed);
  if (failed) return fail(Errc::io, "replacing " + file + ": " + failed.message());
  return sync_folder_of(file);
}

Result<void> refuse_another_old_key(const std::string& file) {
  if (!exists(old_of(file))) return {};
  auto current = load_key_file({file, "master key", {}}, false);
  auto old = load_key_file({old_of(file), "former master key", {}}, false);
  const bool same = current && old && *current == *old;
  for (auto* key : {&current, &old})
    if (*key) wipe(**key);
  if (same) return {};
  return fail(Errc::conflict, old_of(file) +
                                  " is the key of an earlier rotation: backups made before it need "
                                  "it; put it elsewhere, or delete it if there are none");
}

}  // namespace

bool rotation_was_cut_off(const std::string& file) { return exists(next_of(file)); }

Result<void> finish_rotation(const std::string& keyring, const std::string& file,
                             rocksdb::Env* env) {
  if (!exists(next_of(file))) return {};
  const auto next = load_master_key(next_of(file), false);
  if (!next) return tl::unexpected(next.error());
  const auto current = load_master_key(file, false);
  if (current && Keyring::check(keyring, **current, env)) return {};
  if (auto opens = Keyring::check(keyring, **next, env); !opens) return {};
  return put_in_place(file);
}

Result<void> rotate_master_key(const std::string& keyring, const std::string& file,
                               rocksdb::Env* env) {
  const bool goes_on = exists(next_of(file));
  if (auto finished = finish_rotation(keyring, file, env); !finished) return finished;
  if (goes_on && !exists(next_of(file))) return {};  // that was all that was left to do
  if (auto free = refuse_another_old_key(file); !free) return free;
  const auto current = load_master_key(file, false);
  if (!current) return tl::unexpected(current.error());
  Health health([](int code) { std::_Exit(code); });
  const auto keys = Keyring::open(keyring, **current, health, env);
  if (!keys) return tl::unexpected(keys.error());
  const auto next = load_master_key(next_of(file), true);
  if (!next) return tl::unexpected(next.error());
  if (auto wrapped = (*keys)->wrap_anew(**current, **next); !wrapped) return wrapped;
  (*keys)->wait_until_purged();
  return put_in_place(file);  // while the keyring is locked: no engine starts in between
}

}  // namespace aura::storage
