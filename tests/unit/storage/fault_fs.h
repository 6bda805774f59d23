// A file system over another (in-memory) one that can lose power, fail a sync or be full. It knows
// for each file how much was synced and whether its directory was: power_on() cuts files back to
// that plus a torn piece of the unsynced rest, and drops files whose directory was not synced.
// When the power goes off, the files are put aside as they are. What the database still does then
// succeeds and is undone by power_on(): RocksDB 7.8 cannot be closed reliably after a failed flush
// (an assertion fails), and a process without power sees no failure either.
#pragma once

#include <rocksdb/file_system.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "runtime/random.h"

namespace aura::storage::test {

class FaultFs final : public rocksdb::FileSystemWrapper {
 public:
  using IOStatus = rocksdb::IOStatus;

  explicit FaultFs(const std::shared_ptr<rocksdb::FileSystem>& base)
      : rocksdb::FileSystemWrapper(base) {}

  const char* Name() const override { return "FaultFs"; }

  void power_off_after(std::uint64_t writes);  // in the middle of the last of them; 0: now
  // Everything opened before must be closed.
  void power_on(Random& random);
  void fail_sync_after(std::uint64_t syncs);
  void set_full(bool full);
  bool powered() const;
  std::uint64_t failed_syncs() const;

  IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           rocksdb::IODebugContext* debug) override;
  IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* result,
                        rocksdb::IODebugContext* debug) override;
  IOStatus RenameFile(const std::string& from, const std::string& to,
                      const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override;
  IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                      rocksdb::IODebugContext* debug) override;

  // Called by its files and directories.
  IOStatus before_append(bool& last);  // last: the power goes off in the middle of it
  IOStatus before_sync();
  void appended(const std::string& name, std::size_t size);
  void synced(const std::string& name);
  void directory_synced(const std::string& name);

 private:
  struct File {
    std::size_t written = 0;
    std::size_t safe = 0;
    bool listed = false;  // its directory entry is synced
  };
  struct Kept {
    File file;
    std::string content;
  };
  void put_aside();
  void restore(const std::string& name, const Kept& kept, Random& random);

  mutable std::mutex mutex_;
  std::map<std::string, File> files_;
  std::map<std::string, Kept> kept_;  // when the power went off
  bool off_ = false;
  bool full_ = false;
  std::uint64_t writes_left_ = UINT64_MAX;
  std::uint64_t syncs_left_ = UINT64_MAX;
  std::uint64_t failed_syncs_ = 0;
};

}  // namespace aura::storage::test
