#include "actors/connection/refusal_log.h"

namespace aura {
namespace {

constexpr Millis kEvery = 1000;
constexpr std::size_t kKinds = 100;  // providers have few codes

}  // namespace

std::uint64_t RefusalLog::note(const std::string& code, const std::string& provider_code,
                               Millis now) {
  if (kinds_.size() >= kKinds) kinds_.clear();
  const auto [at, first] = kinds_.try_emplace({code, provider_code});
  Kind& kind = at->second;
  ++kind.since;
  if (!first && now - kind.logged_at < kEvery) return 0;
  kind.logged_at = now;
  return std::exchange(kind.since, 0);
}

}  // namespace aura
