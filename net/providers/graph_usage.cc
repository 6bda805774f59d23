#include "net/providers/graph_usage.h"

#include <algorithm>

#include "net/providers/lenient_json.h"
#include "net/providers/reply_headers.h"

namespace aura::net {
namespace {

constexpr std::int64_t kUsedUp = 100;  // percent

}  // namespace

std::optional<Millis> GraphUsage::pause(Millis least) const {
  if (percent < kUsedUp && minutes <= 0) return std::nullopt;
  constexpr std::int64_t kLongestMinutes = 7 * 24 * 60;
  return std::max(std::min(minutes, kLongestMinutes) * 60'000, least);
}

int GraphUsage::percent_for_outcome() const {
  return static_cast<int>(std::clamp<std::int64_t>(percent, 0, 1'000));
}

GraphUsage graph_usage(const ProviderReply& reply) {
  GraphUsage out;
  auto look_at = [&](JsonView usage) {
    for (const char* name : {"call_count", "total_cputime", "total_time"}) {
      out.percent = std::max(out.percent, usage.integer(name).value_or(0));
    }
    out.minutes =
        std::max(out.minutes, usage.integer("estimated_time_to_regain_access").value_or(0));
  };
  const LenientJson business(header_of(reply, "X-Business-Use-Case-Usage"));
  business.root().each_member([&](std::string_view, JsonView uses) {
    for (std::size_t i = 0; i < uses.size(); ++i) look_at(uses.at(i));
  });
  const LenientJson app(header_of(reply, "X-App-Usage"));
  GraphUsage account = out;
  out = {};
  look_at(app.root());
  out.of_app = out.percent >= kUsedUp;
  out.percent = std::max(out.percent, account.percent);
  out.minutes = std::max(out.minutes, account.minutes);
  return out;
}

}  // namespace aura::net
