#include "storage/backup/kept_log.h"

#include <algorithm>

#include "storage/backup/manifest.h"

namespace aura::storage {
namespace {

// While this object lives, RocksDB deletes and moves no file.
class FilesStay {
 public:
  explicit FilesStay(rocksdb::DB& db) : db_(db), status_(db.DisableFileDeletions()) {}
  ~FilesStay() {
    if (status_.ok()) db_.EnableFileDeletions(/*force=*/false).PermitUncheckedError();
  }
  FilesStay(const FilesStay&) = delete;
  FilesStay& operator=(const FilesStay&) = delete;
  const rocksdb::Status& status() const { return status_; }

 private:
  rocksdb::DB& db_;
  const rocksdb::Status status_;
};

}  // namespace

Result<void> link_logs(const Database& database, const std::string& folder, rocksdb::Env& env) {
  rocksdb::DB& db = database.db();
  const FilesStay files_stay(db);
  rocksdb::VectorLogPtr logs;
  rocksdb::Status status = files_stay.status();
  if (status.ok()) status = db.GetSortedWalFiles(logs);
  if (status.ok()) status = env.CreateDirIfMissing(folder);
  for (const auto& log : logs) {
    const std::string path = log->PathName();  // "/000003.log" or "/archive/000003.log"
    const std::string target = folder + path.substr(path.rfind('/'));
    if (status.ok()) status = env.LinkFile(db.GetName() + path, target);
  }
  if (!status.ok()) return failed(status, "linking the log into " + folder);
  return {};
}

Result<void> trim_kept_log(rocksdb::Env& env, const std::string& db, std::uint64_t bytes) {
  const std::string folder = db + "/archive";
  auto names = names_in(env, folder);
  if (!names && names.error().code == Errc::not_found) return {};
  if (!names) return tl::unexpected(names.error());
  // Newest first: the numbers in the names have a fixed length.
  std::reverse(names->begin(), names->end());
  for (const std::string& name : *names) {
    const std::string path = folder + "/" + name;
    std::uint64_t size = 0;
    rocksdb::Status status = env.GetFileSize(path, &size);
    if (status.ok() && size <= bytes) {
      bytes -= size;
      continue;
    }
    bytes = 0;  // keeping an older log would leave a gap: delete the rest
    if (status.ok()) status = env.DeleteFile(path);
    if (!status.ok()) return failed(status, "trimming the kept log");
  }
  return {};
}

}  // namespace aura::storage
