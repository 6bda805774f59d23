// activation: the time to load a stored conversation into memory, measured by the engine: warm (it
// was unloaded a moment ago) and cold (the engine has restarted and the kernel's file cache is
// empty).
#include "bench/suites/activation.h"

#include <fcntl.h>
#include <unistd.h>

#include <map>
#include <sstream>

#include "bench/suites/fill.h"

namespace aura::bench {
namespace {

constexpr const char* kMetric = "aura_conversation_activation_seconds_bucket";
constexpr std::chrono::seconds kActivationDrain{300};
constexpr double kTouchedPerSecond = 400;  // slow enough that activations do not queue
constexpr std::size_t kTouched = 4'000;

// Cumulative counts by upper bound in seconds.
using Buckets = std::map<double, double>;

Buckets buckets_in(const std::string& text) {
  Buckets out;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with(kMetric)) continue;
    const auto bound = line.find("le=\"") + 4;
    const auto value = std::strtod(line.c_str() + line.rfind(' '), nullptr);
    out[std::strtod(line.c_str() + bound, nullptr)] = value;  // "+Inf" reads as infinity
  }
  return out;
}

double count_of(const Buckets& buckets) { return buckets.empty() ? 0 : buckets.rbegin()->second; }

// The smallest bucket bound with at least this share below it: an upper estimate, as precise as the
// histogram.
double quantile_us(const Buckets& buckets, const Buckets& before, double share) {
  const auto earlier = [&](double bound) {
    const auto known = before.find(bound);
    return known == before.end() ? 0 : known->second;
  };
  const double wanted = share * (count_of(buckets) - count_of(before));
  for (const auto& [bound, count] : buckets) {
    if (count - earlier(bound) >= wanted) return bound * 1e6;
  }
  return 0;
}

// Drops the cached pages of every file below a directory (they are on disk already).
void forget_pages(const std::filesystem::path& directory) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    const int fd = open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    fdatasync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
  }
}

// Sends one message from each stored conversation's contact; holds the engine's activation
// histogram before and after.
struct Touched {
  Buckets before, after;
  double activated() const { return count_of(after) - count_of(before); }
};

Touched touch(Context& context, Scene& scene, std::size_t conversations) {
  Touched out;
  out.before = buckets_in(scene.engine().metrics());
  Filler messages(context, scene, conversations);
  messages.pace(kTouchedPerSecond);
  messages.fill_to(std::min(conversations, kTouched));
  wait_until_idle(context.loop, scene.engine().pid(), kActivationDrain);
  out.after = buckets_in(scene.engine().metrics());
  return out;
}

Result activation_result(const std::string& name, const Touched& touched, double share,
                         double limit_us, std::size_t expected) {
  Result result{.suite = "actors", .name = name, .unit = "us"};
  result.value = quantile_us(touched.after, touched.before, share);
  result.target = Result::Target{.at_least = false, .limit = limit_us, .of_ratio = false};
  result.detail("activations", touched.activated())
      .detail("p50 us", quantile_us(touched.after, touched.before, 0.5))
      .detail("p99 us", quantile_us(touched.after, touched.before, 0.99));
  if (touched.activated() < 0.9 * static_cast<double>(expected))
    result.spoiled_by = "the conversations were still in memory";
  return result;
}

}  // namespace

void measure_activation(Context& context, Scene& scene, std::chrono::seconds idle,
                        std::size_t conversations) {
  const auto leave_memory = [&] {
    context.loop.run_until(steady_now() + 3 * idle);
    wait_until_idle(context.loop, scene.engine().pid(), kActivationDrain);
  };
  Filler(context, scene, conversations).fill_to(conversations);
  leave_memory();
  context.report.add(activation_result("activation, warm p50", touch(context, scene, conversations),
                                       0.5, 50, std::min(conversations, kTouched)));
  leave_memory();
  scene.engine().kill_now();
  forget_pages(scene.engine().data());
  scene.engine().start();
  context.report.add(activation_result("activation, cold p99", touch(context, scene, conversations),
                                       0.99, 1000, std::min(conversations, kTouched)));
}

}  // namespace aura::bench
