// A disk that fails or is slow, preloaded (LD_PRELOAD) under the real program. It changes fsync,
// write and rename as the file named by AURA_DISK_FAULTS says at that moment:
//
//   sync EIO after 3      the first 3 succeed, then fsync and fdatasync fail
//   write ENOSPC          every write to a regular file fails
//   sync delay 2000       every sync takes 2000 milliseconds more
//
// An empty or missing file means a healthy disk. When a rule first strikes, the monotonic time in
// nanoseconds is written to FILE.struck. Each sync of a log appends "SIZE PATH" to FILE.synced:
// what a power cut would leave of that file. Standard streams are never touched. Any thread.
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

void write_beside(const char* suffix, const std::string& text, int how) {
  const char* const rules = std::getenv("AURA_DISK_FAULTS");
  if (rules == nullptr) return;
  const std::string path = std::string(rules) + suffix;
  const long fd = syscall(SYS_openat, AT_FDCWD, path.c_str(), O_WRONLY | O_CREAT | how, 0600);
  syscall(SYS_write, fd, text.data(), text.size());
  syscall(SYS_close, fd);
}

void note_strike() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  write_beside(".struck", std::to_string(now.tv_sec * 1'000'000'000LL + now.tv_nsec), O_TRUNC);
}

void note_synced(int fd, off_t size) {
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  char path[512];
  const long length = syscall(SYS_readlinkat, AT_FDCWD, link.c_str(), path, sizeof path);
  const std::string name(path, length > 0 ? static_cast<std::size_t>(length) : 0);
  if (name.ends_with(".log"))
    write_beside(".synced", std::to_string(size) + " " + name + "\n", O_APPEND);
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
  if (!is_file(fd)) return call(fd);
  if (const int error = strike("sync"); error != 0) {
    errno = error;
    return -1;
  }
  struct stat before {};  // what is written during the sync may not be part of it
  fstat(fd, &before);
  const int result = call(fd);
  if (result == 0) note_synced(fd, before.st_size);
  return result;
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
