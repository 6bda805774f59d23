// A wall clock that jumps, preloaded (LD_PRELOAD) under the real program. It changes the time as
// the file named by AURA_CLOCK says at that moment: "+3600" and "-1" add seconds, "=1790000000" is
// a time at which the clock stands still. The monotonic clock runs on unchanged, as in the kernel.
// Any thread. (libfaketime hangs in a program that uses jemalloc.)
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

namespace {

void shift(timespec& now) {
  const char* const path = std::getenv("AURA_CLOCK");
  if (path == nullptr) return;
  const long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  char text[32] = {};
  const long size = syscall(SYS_read, fd, text, sizeof text - 1);
  syscall(SYS_close, fd);
  if (size <= 0) return;
  if (text[0] == '=')
    now = {std::atol(text + 1), 0};
  else
    now.tv_sec += std::atol(text);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t id, timespec* now) {
  const long result = syscall(SYS_clock_gettime, id, now);
  if (result == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) shift(*now);
  return static_cast<int>(result);
}

int gettimeofday(timeval* now, void*) {
  timespec precise{};
  clock_gettime(CLOCK_REALTIME, &precise);
  *now = {precise.tv_sec, precise.tv_nsec / 1000};
  return 0;
}

time_t time(time_t* out) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

}  // extern "C"
