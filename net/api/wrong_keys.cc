#include "net/api/wrong_keys.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <string>
#include <utility>

#include "net/api/request_reading.h"
#include "net/server/problem.h"
#include "runtime/log.h"

namespace aura::net {
namespace {

constexpr std::chrono::milliseconds kEach{60'000 / WrongKeys::kAMinute};
constexpr std::array kDoors = {"api", "operator"};

metrics::Counter tries_at(const char* door) {
  return metrics::counter("aura_wrong_keys_total", "Wrong API keys and operator tokens by door",
                          {{"door", door}});
}

// Of an IPv6 address, its network: one host has all 2^64 addresses of it.
std::string network_of(std::string_view address) {
  namespace ip = boost::asio::ip;
  boost::system::error_code not_one;
  const ip::address parsed = ip::make_address(std::string(address), not_one);
  if (not_one || !parsed.is_v6() || parsed.to_v6().is_v4_mapped()) return std::string(address);
  const auto bytes = parsed.to_v6().to_bytes();
  return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace

WrongKeys::WrongKeys(const Clock& clock)
    : clock_(clock), tries_{tries_at(kDoors[0]), tries_at(kDoors[1])}, whole_at_(kPlaces) {}

std::optional<std::chrono::seconds> WrongKeys::wait_of(std::string_view address) {
  const std::size_t place = std::hash<std::string>{}(network_of(address)) % kPlaces;
  const Time now = clock_.monotonic();
  const std::lock_guard lock(mutex_);
  const Time from = std::max(whole_at_[place], now);
  const auto over = from - now - (kAMinute - 1) * kEach;
  if (over > over.zero()) return std::chrono::ceil<std::chrono::seconds>(over);
  whole_at_[place] = from + kEach;
  return std::nullopt;
}

void WrongKeys::log_flood(const Request& request, Door door) {
  {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.monotonic();
    if (now < log_again_at_) return;
    log_again_at_ = now + std::chrono::minutes(1);
  }
  log::warn("wrong_keys_flood", {{"door", kDoors[static_cast<std::size_t>(door)]},
                                 {"address", request.remote_address}});
}

Response WrongKeys::answer(const Request& request, Response unauthorized, Door door) {
  if (bearer_token(request).empty()) return unauthorized;
  tries_[static_cast<std::size_t>(door)].add();
  const auto wait = wait_of(request.remote_address);
  if (!wait) return unauthorized;
  log_flood(request, door);
  Response refusal = problem(429, "rate-limited", "Too many requests",
                             "Too many wrong keys came from this address.");
  refusal.headers.set("Retry-After", std::to_string(wait->count()));
  return refusal;
}

}  // namespace aura::net
