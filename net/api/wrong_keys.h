// How often one address may try wrong keys: API keys, operator tokens. Over that, 429 instead of
// 401. A right key always opens: behind a proxy, all clients have one address. Of constant size:
// addresses share 65,536 places by their hash, and who shares a place shares the allowance. Owned
// by the application, outlives the servers. Any thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "net/http.h"
#include "runtime/clock.h"
#include "runtime/metrics.h"

namespace aura::net {

class WrongKeys {
 public:
  static constexpr int kAMinute = 60;

  explicit WrongKeys(const Clock& clock);

  // The answer to a request without a right key: `unauthorized`, or 429. A request without any key
  // tries none, so it does not count.
  enum class Door : std::uint8_t { api, operator_endpoint };
  Response answer(const Request& request, Response unauthorized, Door door);

 private:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kPlaces = 65'536;

  // How long until this address may try again; nullopt: it may, and this try is counted.
  std::optional<std::chrono::seconds> wait_of(std::string_view address);
  // One line for a flood, not one for each try.
  void log_flood(const Request& request, Door door);

  const Clock& clock_;
  std::array<metrics::Counter, 2> tries_;  // by door
  std::mutex mutex_;
  std::vector<Time> whole_at_;  // by place: when its allowance is whole again
  Time log_again_at_;
};

}  // namespace aura::net
