#include "fault_fs.h"

#include <algorithm>
#include <vector>

namespace aura::storage::test {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class FaultFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultFile(FaultFs& fs, std::string name, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), fs_(fs), name_(std::move(name)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    std::size_t torn = 0;
    const IOStatus refused = fs_.before_append(data.size(), torn);
    if (!refused.ok()) {
      if (torn > 0 && target()->Append(Slice(data.data(), torn), options, debug).ok())
        fs_.appended(name_, torn);
      return refused;
    }
    const IOStatus status = target()->Append(data, options, debug);
    if (status.ok()) fs_.appended(name_, data.size());
    return status;
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    const IOStatus refused = fs_.before_sync();
    if (!refused.ok()) return refused;
    const IOStatus status = target()->Sync(options, debug);
    if (status.ok()) fs_.synced(name_);
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();  // a range sync guarantees nothing
  }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    return target()->Close(options, debug);
  }

 private:
  FaultFs& fs_;
  const std::string name_;
};

class FaultDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultDirectory(FaultFs& fs, std::string name, std::unique_ptr<rocksdb::FSDirectory> directory)
      : FSDirectoryWrapper(std::move(directory)), fs_(fs), name_(std::move(name)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    const IOStatus refused = fs_.before_sync();
    if (!refused.ok()) return refused;
    fs_.directory_synced(name_);
    return FSDirectoryWrapper::Fsync(options, debug);
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  FaultFs& fs_;
  const std::string name_;
};

}  // namespace

void FaultFs::power_off_after(std::uint64_t writes) {
  const std::lock_guard lock(mutex_);
  writes_left_ = writes;
  off_ = writes == 0;
}

void FaultFs::power_on(Random& random) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, file] : files_) restore(name, file, random);
  for (auto& [name, file] : files_) file = {file.safe, file.safe, true};
  std::erase_if(files_, [&](const auto& entry) {
    return !target()->FileExists(entry.first, {}, nullptr).ok();
  });
  off_ = full_ = false;
  writes_left_ = syncs_left_ = UINT64_MAX;
}

// What the disk contains after a power cut: the synced part, then possibly up to three sectors of
// the rest, with possible garbage in them.
void FaultFs::restore(const std::string& name, const File& file, Random& random) {
  if (!file.listed && random.chance(1, 2)) {
    target()->DeleteFile(name, {}, nullptr).PermitUncheckedError();
    return;
  }
  if (file.written == file.safe) return;
  const std::size_t torn =
      std::min<std::size_t>(random.uniform(0, 3 * 512), file.written - file.safe);
  std::unique_ptr<rocksdb::FSSequentialFile> in;
  std::string content(file.safe + torn, '\0');
  Slice read;
  if (!target()->NewSequentialFile(name, {}, &in, nullptr).ok()) return;
  if (!in->Read(content.size(), {}, &read, content.data(), nullptr).ok()) return;
  std::string kept(read.data(), read.size());
  // Garbage only in logs: RocksDB refuses to open over garbage inside a complete manifest record,
  // and journalling file systems do not leave any there.
  if (name.ends_with(".log") && random.chance(1, 2))
    for (std::size_t i = file.safe; i < kept.size(); ++i)
      if (random.chance(1, 64)) kept[i] = static_cast<char>(random.next());
  std::unique_ptr<rocksdb::FSWritableFile> out;
  if (!target()->NewWritableFile(name, {}, &out, nullptr).ok()) return;
  out->Append(kept, {}, nullptr).PermitUncheckedError();
  out->Close({}, nullptr).PermitUncheckedError();
  files_[name] = {kept.size(), kept.size(), true};
}

void FaultFs::fail_sync_after(std::uint64_t syncs) {
  const std::lock_guard lock(mutex_);
  syncs_left_ = syncs;
}

void FaultFs::set_full(bool full) {
  const std::lock_guard lock(mutex_);
  full_ = full;
}

bool FaultFs::powered() const {
  const std::lock_guard lock(mutex_);
  return !off_;
}

std::uint64_t FaultFs::failed_syncs() const {
  const std::lock_guard lock(mutex_);
  return failed_syncs_;
}

IOStatus FaultFs::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                  std::unique_ptr<rocksdb::FSWritableFile>* result,
                                  IODebugContext* debug) {
  const std::lock_guard lock(mutex_);
  if (off_) return dead();
  std::unique_ptr<rocksdb::FSWritableFile> file;
  const IOStatus status = target()->NewWritableFile(name, options, &file, debug);
  if (!status.ok()) return status;
  files_[name] = {};
  *result = std::make_unique<FaultFile>(*this, name, std::move(file));
  return status;
}

IOStatus FaultFs::NewDirectory(const std::string& name, const IOOptions& options,
                               std::unique_ptr<rocksdb::FSDirectory>* result,
                               IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> directory;
  const IOStatus status = target()->NewDirectory(name, options, &directory, debug);
  if (status.ok()) *result = std::make_unique<FaultDirectory>(*this, name, std::move(directory));
  return status;
}

// Atomic and, as on a journalling file system, not reordered before the sync of the file's data.
IOStatus FaultFs::RenameFile(const std::string& from, const std::string& to,
                             const IOOptions& options, IODebugContext* debug) {
  const std::lock_guard lock(mutex_);
  if (off_) return dead();
  const IOStatus status = target()->RenameFile(from, to, options, debug);
  if (!status.ok()) return status;
  files_[to] = files_[from];
  files_[to].listed = true;
  files_.erase(from);
  return status;
}

IOStatus FaultFs::DeleteFile(const std::string& name, const IOOptions& options,
                             IODebugContext* debug) {
  const std::lock_guard lock(mutex_);
  if (off_) return dead();
  files_.erase(name);
  return target()->DeleteFile(name, options, debug);
}

IOStatus FaultFs::before_append(std::size_t size, std::size_t& torn) {
  const std::lock_guard lock(mutex_);
  if (off_) return dead();
  torn = size / 2;
  if (full_) return IOStatus::NoSpace("disk full");
  if (writes_left_ == UINT64_MAX || writes_left_-- > 1) return IOStatus::OK();
  off_ = true;
  return dead();
}

IOStatus FaultFs::before_sync() {
  const std::lock_guard lock(mutex_);
  if (off_) return dead();
  if (syncs_left_ == UINT64_MAX || syncs_left_-- > 0) return IOStatus::OK();
  syncs_left_ = UINT64_MAX;
  ++failed_syncs_;
  return IOStatus::IOError("sync failed");
}

void FaultFs::appended(const std::string& name, std::size_t size) {
  const std::lock_guard lock(mutex_);
  if (const auto file = files_.find(name); file != files_.end()) file->second.written += size;
}

void FaultFs::synced(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (const auto file = files_.find(name); file != files_.end())
    file->second.safe = file->second.written;
}

void FaultFs::directory_synced(const std::string& name) {
  const std::lock_guard lock(mutex_);
  for (auto& [path, file] : files_)
    if (path.substr(0, path.rfind('/')) == name) file.listed = true;
}

}  // namespace aura::storage::test
