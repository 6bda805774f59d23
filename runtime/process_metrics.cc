#include "runtime/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "runtime/metrics.h"

namespace aura::metrics {
namespace {

// The numbers in /proc/self/stat after the program's name, which may contain spaces: the first is
// field 4 of proc(5).
std::vector<double> stat_numbers() {
  std::ifstream file("/proc/self/stat");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos || name_end + 4 > text.size()) return {};
  std::istringstream fields(text.substr(name_end + 4));  // ") R "
  return {std::istream_iterator<double>(fields), {}};
}

double boot_time() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    double seconds = 0;
    if (word == "btime" && file >> seconds) return seconds;
  }
  return 0;
}

double open_descriptors() {
  std::error_code failed;
  const std::filesystem::directory_iterator open("/proc/self/fd", failed);
  return failed ? 0 : static_cast<double>(std::distance(begin(open), end(open))) - 1;
}

}  // namespace

void refresh_process_metrics() {
  static auto resident = gauge("process_resident_memory_bytes", "Memory in use");
  static auto virtual_memory = gauge("process_virtual_memory_bytes", "Address space in use");
  static auto open = gauge("process_open_fds", "Open file descriptors");
  static auto most = gauge("process_max_fds", "Bound of open file descriptors");
  static auto started = gauge("process_start_time_seconds", "Start, in seconds since 1970");
  static auto processor = counter("process_cpu_seconds_total", "Processor time used");
  open.set(open_descriptors());
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) most.set(static_cast<double>(limit.rlim_cur));
  const auto field = [numbers = stat_numbers()](std::size_t number) {
    return number - 4 < numbers.size() ? numbers[number - 4] : 0;
  };
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  started.set(boot_time() + field(22) / ticks);
  virtual_memory.set(field(23));
  resident.set(field(24) * static_cast<double>(sysconf(_SC_PAGESIZE)));
  const double used = (field(14) + field(15)) / ticks;
  if (const double more = used - processor.value(); more > 0) processor.add(more);
}

}  // namespace aura::metrics
