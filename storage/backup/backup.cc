#include "storage/backup/backup.h"

#include <rocksdb/utilities/checkpoint.h>

#include <charconv>
#include <cstdio>

#include "storage/backup/kept_log.h"
#include "storage/format.h"

namespace aura::storage {
namespace {

constexpr const char* kUnfinished = ".unfinished";

Result<void> checkpoint(rocksdb::DB& db, const std::string& folder) {
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(&db, &made);
  const std::unique_ptr<rocksdb::Checkpoint> owner(made);
  if (status.ok()) status = made->CreateCheckpoint(folder);
  if (!status.ok()) return failed(status, "copying to " + folder);
  return {};
}

// RocksDB writes these files once and never reuses their names within one database.
bool never_changes(const std::string& name) {
  return name.ends_with(".sst") || name.ends_with(".blob");
}

// A log grows until the next one begins, so it is linked only to an earlier copy with equal bytes.
bool may_be_there(const std::string& name) { return never_changes(name) || name.ends_with(".log"); }

// Copies one checkpoint's files onto a shelf; links files whose bytes the shelf already has.
class Copying {
 public:
  Copying(rocksdb::Env& env, std::string from, std::string to, std::string before,
          const BackupProgress& progress)
      : env_(env),
        from_(std::move(from)),
        to_(std::move(to)),
        before_(std::move(before)),
        progress_(progress) {}

  Result<void> run(BackupManifest& manifest, const BackupManifest& earlier) {
    const auto names = names_in(env_, from_);
    if (!names) return tl::unexpected(names.error());
    for (const std::string& name : *names) {
      if (name == "LOCK" || name.starts_with("LOG")) continue;
      auto file = take(name, earlier.find(name));
      if (!file) return tl::unexpected(file.error());
      file->name = name;
      if (progress_) progress_(name, file->size);
      manifest.files.push_back(std::move(*file));
    }
    return {};
  }

  std::uint64_t copied_files = 0, copied_bytes = 0;

 private:
  Result<BackupFile> take(const std::string& name, const BackupFile* earlier) {
    const std::string source = from_ + "/" + name;
    const std::string target = to_ + "/" + name;
    if (earlier != nullptr && may_be_there(name)) {
      const auto same = is_same(source, *earlier);
      if (!same) return tl::unexpected(same.error());
      if (*same && env_.LinkFile(before_ + "/" + name, target).ok()) return *earlier;
    }
    ++copied_files;
    auto file = never_changes(name) && env_.LinkFile(source, target).ok()
                    ? read_through(env_, target, nullptr)
                    : copy(source, target);
    if (file) copied_bytes += file->size;
    return file;
  }

  // The same file, or one with the same bytes: after a restore a file number can be reused.
  Result<bool> is_same(const std::string& source, const BackupFile& earlier) {
    bool same = false;
    if (env_.AreFilesSame(source, before_ + "/" + earlier.name, &same).ok() && same) return true;
    std::uint64_t size = 0;
    if (!env_.GetFileSize(source, &size).ok() || size != earlier.size) return false;
    const auto read = read_through(env_, source, nullptr);
    if (!read) return tl::unexpected(read.error());
    return read->sha256 == earlier.sha256;
  }

  Result<BackupFile> copy(const std::string& source, const std::string& target) {
    std::unique_ptr<rocksdb::WritableFile> out;
    rocksdb::Status status = env_.NewWritableFile(target, &out, {});
    if (!status.ok()) return failed(status, "writing " + target);
    auto file = read_through(env_, source, out.get());
    if (!file) return file;
    status = out->Sync();
    if (status.ok()) status = out->Close();
    if (!status.ok()) return failed(status, "writing " + target);
    return file;
  }

  rocksdb::Env& env_;
  const std::string from_, to_, before_;
  const BackupProgress& progress_;
};

Result<void> make_folder(rocksdb::Env& env, const std::string& folder) {
  if (const auto status = env.CreateDirIfMissing(folder); !status.ok())
    return failed(status, "creating " + folder);
  return {};
}

// Removes the leftovers of killed backups.
Result<void> remove_drafts(rocksdb::Env& env, const std::string& shelf) {
  const auto names = names_in(env, shelf);
  if (!names) return tl::unexpected(names.error());
  for (const std::string& name : *names)
    if (name.ends_with(kUnfinished))
      if (auto removed = remove_folder(env, shelf + "/" + name); !removed) return removed;
  return {};
}

// The copy gets its final name only when it is complete.
Result<StoredBackup> store_copy(rocksdb::Env& env, const std::string& from,
                                const std::string& shelf, std::uint64_t position, Millis now,
                                const BackupProgress& progress) {
  const std::string folder = copy_folder(shelf, position);
  const std::string draft = folder + kUnfinished;
  const auto known = positions_in(shelf, &env);
  if (!known) return tl::unexpected(known.error());
  BackupManifest earlier;
  std::string before;
  if (!known->empty()) {
    before = copy_folder(shelf, known->back());
    auto read = read_manifest(env, before);
    if (!read) return tl::unexpected(read.error());
    earlier = std::move(*read);
  }
  if (auto removed = remove_drafts(env, shelf); !removed) return tl::unexpected(removed.error());
  if (auto made = make_folder(env, draft); !made) return tl::unexpected(made.error());
  BackupManifest manifest;
  manifest.position = position;
  manifest.made_ms = now;
  Copying copying(env, from, draft, before, progress);
  auto done = copying.run(manifest, earlier);
  if (done) done = write_manifest(env, draft, manifest);
  if (done) done = remove_folder(env, folder);
  if (!done) return tl::unexpected(done.error());
  if (const auto status = env.RenameFile(draft, folder); !status.ok())
    return failed(status, "writing " + folder);
  if (auto synced = sync_folder(env, shelf); !synced) return tl::unexpected(synced.error());
  StoredBackup stored{position, manifest.files.size(), 0, copying.copied_files,
                      copying.copied_bytes};
  for (const BackupFile& file : manifest.files) stored.bytes += file.size;
  return stored;
}

// Removes older keyrings: they still hold the keys of contacts erased since.
Result<void> keep_only(rocksdb::Env& env, const std::string& shelf, std::uint64_t position) {
  const auto names = names_in(env, shelf);
  if (!names) return tl::unexpected(names.error());
  for (const std::string& name : *names) {
    const std::string folder = shelf + "/" + name;
    if (folder == copy_folder(shelf, position)) continue;
    if (auto removed = remove_folder(env, folder); !removed) return removed;
  }
  return sync_folder(env, shelf);
}

}  // namespace

StoredBackup& StoredBackup::operator+=(const StoredBackup& other) {
  files += other.files;
  bytes += other.bytes;
  copied_files += other.copied_files;
  copied_bytes += other.copied_bytes;
  return *this;
}

BackupPlace backup_place(const std::string& folder, const std::string& keys) {
  return {folder + "/data", folder + "/log", keys.empty() ? folder + "/keys" : keys};
}

std::string copy_folder(const std::string& shelf, std::uint64_t position) {
  char name[32];
  std::snprintf(name, sizeof name, "/%020llu", static_cast<unsigned long long>(position));
  return shelf + name;
}

Result<void> make_checkpoint(Database& database, Keyring& keyring, const std::string& folder,
                             rocksdb::Env* given) {
  rocksdb::Env& env = given == nullptr ? *rocksdb::Env::Default() : *given;
  if (auto removed = remove_folder(env, folder); !removed) return removed;
  if (auto made = make_folder(env, folder); !made) return made;
  if (auto copied = checkpoint(database.db(), folder + "/db"); !copied) return copied;
  if (auto linked = link_logs(database, folder + "/log", env); !linked) return linked;
  keyring.wait_until_purged();  // so that no copy holds destroyed keys
  return checkpoint(keyring.db(), folder + "/keys");
}

Result<std::vector<std::uint64_t>> positions_in(const std::string& shelf, rocksdb::Env* given) {
  rocksdb::Env& env = given == nullptr ? *rocksdb::Env::Default() : *given;
  const auto names = names_in(env, shelf);
  if (!names) return tl::unexpected(names.error());
  std::vector<std::uint64_t> positions;
  for (const std::string& name : *names) {
    std::uint64_t position = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), position);
    if (error == std::errc() && end == name.data() + name.size()) positions.push_back(position);
  }
  return positions;
}

Result<StoredBackup> store_backup(const std::string& from, const BackupPlace& place, Millis now,
                                  const BackupProgress& progress, rocksdb::Env* given) {
  rocksdb::Env& env = given == nullptr ? *rocksdb::Env::Default() : *given;
  const auto stands = position_of(env, from + "/db");
  if (!stands) return tl::unexpected(stands.error());
  const std::uint64_t position = stands->last_sequence;
  for (const std::string& shelf : {place.data, place.log, place.keys})
    if (auto made = make_folder(env, shelf); !made) return tl::unexpected(made.error());
  auto stored = store_copy(env, from + "/db", place.data, position, now, progress);
  if (!stored) return stored;
  const auto log = store_copy(env, from + "/log", place.log, position, now, progress);
  if (!log) return log;
  *stored += *log;
  const auto keys = store_copy(env, from + "/keys", place.keys, position, now, nullptr);
  if (!keys) return keys;
  *stored += *keys;
  if (auto kept = keep_only(env, place.keys, position); !kept) return tl::unexpected(kept.error());
  return stored;
}

}  // namespace aura::storage
