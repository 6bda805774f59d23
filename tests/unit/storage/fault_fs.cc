#include "fault_fs.h"

#include <algorithm>
#include <utility>

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
    bool last = false;
    const IOStatus refused = fs_.before_append(last);
    if (!refused.ok()) return refused;
    if (!last) return write(data, options, debug);
    const std::size_t half = data.size() / 2;
    const IOStatus torn = write(Slice(data.data(), half), options, debug);
    fs_.power_off_after(0);
    if (!torn.ok()) return torn;
    return write(Slice(data.data() + half, data.size() - half), options, debug);
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
  IOStatus write(const Slice& data, const IOOptions& options, IODebugContext* debug) {
    const IOStatus status = target()->Append(data, options, debug);
    if (status.ok()) fs_.appended(name_, data.size());
    return status;
  }

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
  if (writes == 0 && !off_) put_aside();
}

void FaultFs::put_aside() {
  off_ = true;
  for (const auto& [name, file] : files_) {
    Kept kept{file, std::string(file.written, '\0')};
    std::unique_ptr<rocksdb::FSSequentialFile> in;
    Slice read;
    if (!target()->NewSequentialFile(name, {}, &in, nullptr).ok()) continue;
    if (!in->Read(kept.content.size(), {}, &read, kept.content.data(), nullptr).ok()) continue;
    kept.content.assign(read.data(), read.size());
    kept_[name] = std::move(kept);
  }
}

void FaultFs::power_on(Random& random) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, unused] : std::exchange(files_, {}))
    target()->DeleteFile(name, {}, nullptr).PermitUncheckedError();
  for (const auto& [name, kept] : std::exchange(kept_, {})) restore(name, kept, random);
  off_ = full_ = false;
  writes_left_ = syncs_left_ = UINT64_MAX;
}

// What the disk contains after a power cut: the synced part, then possibly up to three sectors of
// the rest, with possible garbage in them.
void FaultFs::restore(const std::string& name, const Kept& kept, Random& random) {
  const auto& [file, content] = kept;
  if (!file.listed && random.chance(1, 2)) return;
  const std::size_t torn =
      std::min<std::size_t>(random.uniform(0, 3 * 512), content.size() - file.safe);
  std::string left = content.substr(0, file.safe + torn);
  // Garbage only in logs: RocksDB refuses to open over garbage inside a complete manifest record,
  // and journalling file systems do not leave any there.
  if (name.ends_with(".log") && random.chance(1, 2))
    for (std::size_t i = file.safe; i < left.size(); ++i)
      if (random.chance(1, 64)) left[i] = static_cast<char>(random.next());
  std::unique_ptr<rocksdb::FSWritableFile> out;
  if (!target()->NewWritableFile(name, {}, &out, nullptr).ok()) return;
  out->Append(left, {}, nullptr).PermitUncheckedError();
  out->Close({}, nullptr).PermitUncheckedError();
  files_[name] = {left.size(), left.size(), true};
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
  files_.erase(name);
  return target()->DeleteFile(name, options, debug);
}

IOStatus FaultFs::before_append(bool& last) {
  const std::lock_guard lock(mutex_);
  if (full_) return IOStatus::NoSpace("disk full");
  if (off_ || writes_left_ == UINT64_MAX) return IOStatus::OK();
  last = writes_left_-- == 1;
  return IOStatus::OK();
}

IOStatus FaultFs::before_sync() {
  const std::lock_guard lock(mutex_);
  if (off_ || syncs_left_ == UINT64_MAX || syncs_left_-- > 0) return IOStatus::OK();
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
