#include "runtime/thread_turns.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>

namespace aura {
namespace {

// The kernel's struct sched_attr; its header conflicts with <sched.h>.
struct SchedAttributes {
  std::uint32_t size = sizeof(SchedAttributes);
  std::uint32_t policy = SCHED_OTHER;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime = 0;  // for SCHED_OTHER: the time slice in ns
  std::uint64_t deadline = 0;
  std::uint64_t period = 0;
};

constexpr std::chrono::nanoseconds kShortTurn = std::chrono::microseconds(100);  // kernel minimum

}  // namespace

void take_short_turns() {
  SchedAttributes wanted;
  wanted.nice = getpriority(PRIO_PROCESS, 0);
  wanted.runtime = static_cast<std::uint64_t>(kShortTurn.count());
  // Best effort: if the kernel refuses, the thread runs as before.
  syscall(SYS_sched_setattr, 0, &wanted, 0);
}

}  // namespace aura
