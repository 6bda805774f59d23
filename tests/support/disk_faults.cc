// A disk that fails or is slow, preloaded (LD_PRELOAD) under the real program. It changes fsync,
// write and rename as the file named by AURA_DISK_FAULTS says at that moment:
//
//   sync EIO after 3      the first 3 succeed, then fsync and fdatasync fail
//   write ENOSPC          every write to a regular file fails
//   sync delay 2000       every sync takes 2000 milliseconds more
//
// An empty or missing file means a healthy disk. When a rule first strikes, the monotonic time in
// nanoseconds is written to FILE.struck. Standard streams are never touched. Any thread.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <sstream>
#include <string>
#include <utility>

namespace {

// Uses direct system calls, so that the rules do not apply to reading them.
std::string read_rule() {
  const char* const path = std::getenv("AURA_DISK_FAULTS");
  if (path == nullptr) return {};
  const long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  char text[256];
  const long size = syscall(SYS_read, fd, text, sizeof text);
  syscall(SYS_close, fd);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

void note_strike() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const std::string path = std::string(std::getenv("AURA_DISK_FAULTS")) + ".struck";
  const std::string text = std::to_string(now.tv_sec * 1'000'000'000LL + now.tv_nsec);
  const long fd = syscall(SYS_openat, AT_FDCWD, path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall(SYS_write, fd, text.data(), text.size());
  syscall(SYS_close, fd);
}

// Returns 0 to continue, otherwise the errno to fail with.
int strike(const std::string& call) {
  static std::mutex mutex;
  static std::string current;
  static long passed = 0;
  static bool noted = false;
  const std::string text = read_rule();
  std::string target, action;
  long number = 0;
  {
    const std::lock_guard lock(mutex);
    if (text != current) {
      current = text;
      passed = 0;
      noted = false;
    }
    std::istringstream words(text);
    std::string after;
    words >> target >> action;
    if (target != call) return 0;
    if (action == "delay")
      words >> number;
    else if (words >> after >> number && passed++ < number)
      return 0;
    if (!std::exchange(noted, true)) note_strike();
  }
  if (action == "EIO") return EIO;
  if (action == "ENOSPC") return ENOSPC;
  const timespec time{number / 1000, number % 1000 * 1'000'000};
  nanosleep(&time, nullptr);
  return 0;
}

bool is_file(int fd) {
  struct stat about {};
  return fd > STDERR_FILENO && fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

template <class Call>
Call* real(const char* name) {
  return reinterpret_cast<Call*>(dlsym(RTLD_NEXT, name));
}

int sync_or_fail(int fd, int (*call)(int)) {
  if (const int error = is_file(fd) ? strike("sync") : 0; error != 0) {
    errno = error;
    return -1;
  }
  return call(fd);
}

}  // namespace

extern "C" {

int fsync(int fd) {
  static auto* const call = real<int(int)>("fsync");
  return sync_or_fail(fd, call);
}

int fdatasync(int fd) {
  static auto* const call = real<int(int)>("fdatasync");
  return sync_or_fail(fd, call);
}

ssize_t write(int fd, const void* data, size_t size) {
  static auto* const call = real<ssize_t(int, const void*, size_t)>("write");
  if (const int error = is_file(fd) ? strike("write") : 0; error != 0) {
    errno = error;
    return -1;
  }
  return call(fd, data, size);
}

int rename(const char* from, const char* to) {
  static auto* const call = real<int(const char*, const char*)>("rename");
  if (const int error = strike("rename"); error != 0) {
    errno = error;
    return -1;
  }
  return call(from, to);
}

}  // extern "C"
