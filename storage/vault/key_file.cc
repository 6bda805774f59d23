#include "storage/vault/key_file.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "runtime/log.h"
#include "storage/vault/data_key.h"

namespace aura::storage {
namespace {

Error file_error(const KeyFile& file, const char* doing) {
  return Error{
      Errc::io,
      std::string(doing) + " the " + file.name + " file " + file.path + ": " + std::strerror(errno),
      file.setting};
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

// Writes a temporary file and hard-links it into place, so that a crash leaves no partial key and
// two concurrent starts cannot both create one.
Result<void> create(const KeyFile& wanted) {
  const std::string draft = wanted.path + ".new";
  ::unlink(draft.c_str());
  const File file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return tl::unexpected(file_error(wanted, "creating"));
  std::string bytes = random_key_bytes();
  const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
  wipe(bytes);
  const bool good = written == static_cast<ssize_t>(kDataKeySize) && ::fsync(file.get()) == 0 &&
                    ::link(draft.c_str(), wanted.path.c_str()) == 0;
  const auto failed = file_error(wanted, "creating");
  ::unlink(draft.c_str());
  const File folder(::open(folder_of(wanted.path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!good) return tl::unexpected(failed);
  if (!folder || ::fsync(folder.get()) != 0) return tl::unexpected(file_error(wanted, "creating"));
  return {};
}

Result<std::string> read(const File& file, const KeyFile& wanted) {
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return tl::unexpected(file_error(wanted, "reading"));
  if ((about.st_mode & (S_IRGRP | S_IROTH)) != 0)
    log::warn("key_file.readable_by_others", {{"path", wanted.path}});
  std::array<char, kDataKeySize + 1> bytes;  // one byte more, to detect longer files
  const ssize_t size = ::read(file.get(), bytes.data(), bytes.size());
  if (size < 0) return tl::unexpected(file_error(wanted, "reading"));
  if (size != static_cast<ssize_t>(kDataKeySize))
    return fail(Errc::invalid,
                "the " + wanted.name + " file " + wanted.path + " must have exactly 32 bytes",
                wanted.setting);
  std::string key(bytes.data(), kDataKeySize);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

}  // namespace

Result<std::string> load_key_file(const KeyFile& wanted, bool may_create) {
  const auto open = [&] { return ::open(wanted.path.c_str(), O_RDONLY | O_CLOEXEC); };
  {
    const File file(open());
    if (file) return read(file, wanted);
    if (errno != ENOENT) return tl::unexpected(file_error(wanted, "reading"));
  }
  if (!may_create)
    return fail(Errc::not_found,
                "the " + wanted.name + " file " + wanted.path +
                    " is missing, but there is data that needs it: put it back from your copy",
                wanted.setting);
  if (auto made = create(wanted); !made) return tl::unexpected(made.error());
  const File file(open());
  if (!file) return tl::unexpected(file_error(wanted, "reading"));
  return read(file, wanted);
}

}  // namespace aura::storage
