#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "runtime/log.h"
#include "storage/data_key.h"
#include "storage/vault.h"

namespace aura::storage {
namespace {

Error file_error(const std::string& path, const char* doing) {
  return Error{Errc::io,
               std::string(doing) + " the master key file " + path + ": " + std::strerror(errno),
               "security.master_key_file"};
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

 private:
  const int descriptor_;
};

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

// Written beside its place and linked into it, so that a crash leaves no half key and two starts at
// once do not each make one.
Result<void> create(const std::string& path) {
  const std::string draft = path + ".new";
  ::unlink(draft.c_str());
  const File file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return tl::unexpected(file_error(path, "creating"));
  std::string bytes = random_key_bytes();
  const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
  wipe(bytes);
  const bool good = written == static_cast<ssize_t>(kDataKeySize) && ::fsync(file.get()) == 0 &&
                    ::link(draft.c_str(), path.c_str()) == 0;
  const auto failed = file_error(path, "creating");
  ::unlink(draft.c_str());
  const File folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!good) return tl::unexpected(failed);
  if (!folder || ::fsync(folder.get()) != 0) return tl::unexpected(file_error(path, "creating"));
  return {};
}

Result<DataKeyPtr> read(const File& file, const std::string& path) {
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return tl::unexpected(file_error(path, "reading"));
  if ((about.st_mode & (S_IRGRP | S_IROTH)) != 0)
    log::warn("master_key.readable_by_others", {{"path", path}});
  std::string bytes(kDataKeySize + 1, '\0');
  const ssize_t size = ::read(file.get(), bytes.data(), bytes.size());
  if (size < 0) return tl::unexpected(file_error(path, "reading"));
  if (size != static_cast<ssize_t>(kDataKeySize))
    return fail(Errc::invalid, "the master key file " + path + " must have exactly 32 bytes",
                "security.master_key_file");
  DataKeyPtr key = std::make_shared<AesKey>(std::string_view(bytes).substr(0, kDataKeySize));
  wipe(bytes);
  return key;
}

}  // namespace

Result<DataKeyPtr> load_master_key(const std::string& path, bool may_create) {
  const auto open = [&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); };
  {
    const File file(open());
    if (file) return read(file, path);
    if (errno != ENOENT) return tl::unexpected(file_error(path, "reading"));
  }
  if (!may_create)
    return fail(Errc::not_found,
                "the master key file " + path +
                    " is missing, but there is data that needs it: put it back from your copy",
                "security.master_key_file");
  if (auto made = create(path); !made) return tl::unexpected(made.error());
  const File file(open());
  if (!file) return tl::unexpected(file_error(path, "reading"));
  return read(file, path);
}

}  // namespace aura::storage
