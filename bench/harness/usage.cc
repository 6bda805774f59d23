#include "bench/harness/usage.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

namespace aura::bench {
namespace {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The value after "name:" in a /proc file.
std::string field_of(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with(name)) continue;
    const auto value = line.find_first_not_of(" \t:", name.size());
    return value == line.npos ? std::string{} : line.substr(value);
  }
  return {};
}

}  // namespace

ProcessUsage usage_of(pid_t pid) {
  const auto base = "/proc/" + std::to_string(pid);
  const auto stat = read_file(base + "/stat");
  ProcessUsage out;
  // The command name in parentheses may contain anything, so the fields are counted after the last
  // ")".
  std::istringstream fields(stat.substr(std::min(stat.size(), stat.rfind(')') + 1)));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  out.cpu_seconds = (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
  const auto resident = field_of(read_file(base + "/status"), "VmRSS");
  out.resident_bytes = std::strtoull(resident.c_str(), nullptr, 10) * 1024;
  const auto written = field_of(read_file(base + "/io"), "write_bytes");
  out.device_bytes = std::strtoull(written.c_str(), nullptr, 10);
  return out;
}

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

Machine this_machine() {
  Machine out;
  out.cores = std::thread::hardware_concurrency();
  out.processor = field_of(read_file("/proc/cpuinfo"), "model name");
  utsname name{};
  uname(&name);
  out.kernel = name.release;
  out.load_1m = std::strtod(read_file("/proc/loadavg").c_str(), nullptr);
  return out;
}

std::string file_system_of(const fs::path& path) {
  const auto wanted = fs::canonical(path).string();
  std::istringstream mounts(read_file("/proc/self/mounts"));
  std::string device, point, type, rest;
  std::string best;
  std::string found;
  while (mounts >> device >> point >> type && std::getline(mounts, rest)) {
    const bool inside = point == "/" || wanted == point || wanted.starts_with(point + "/");
    if (inside && point.size() >= best.size()) {
      best = point;
      found = type;
    }
  }
  return found;
}

std::uint64_t bytes_below(const fs::path& directory) {
  std::uint64_t total = 0;
  std::error_code ignored;  // the running engine creates and deletes files
  for (fs::recursive_directory_iterator it(directory, ignored), end; it != end;
       it.increment(ignored)) {
    if (ignored) break;
    const auto size = it->is_regular_file(ignored) ? it->file_size(ignored) : 0;
    if (!ignored) total += size;
  }
  return total;
}

}  // namespace aura::bench
