#include "bench/sim/retry_rule.h"

#include <algorithm>
#include <cmath>

namespace aura::bench {
namespace {

// More than 30 hours at one try a minute. (Meta documents 36 hours.)
constexpr int kMetaTries = 2000;
constexpr double kLongestMs = 60'000;

// The value of a key in "https://host/path#rc=3&rp=all".
std::string_view in_fragment(std::string_view url, std::string_view key) {
  const auto mark = url.find('#');
  auto rest = mark == url.npos ? std::string_view{} : url.substr(mark + 1);
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find('&'));
    if (pair.starts_with(key) && pair.substr(key.size()).starts_with('=')) {
      return pair.substr(key.size() + 1);
    }
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
  }
  return {};
}

// rp=4xx,5xx,ct,rt,all
bool twilio_retries(std::string_view policies, int status) {
  if (policies.empty()) policies = "ct";
  if (policies.find("all") != policies.npos) return true;
  if (status == 0)
    return policies.find("ct") != policies.npos || policies.find("rt") != policies.npos;
  return policies.find(status >= 500 ? "5xx" : "4xx") != policies.npos;
}

}  // namespace

std::optional<std::chrono::milliseconds> wait_before_retry(const Knobs& knobs, Channel channel,
                                                           std::string_view url, int tries,
                                                           int status) {
  int most = kMetaTries;
  if (channel == Channel::sms) {
    const auto count = in_fragment(url, "rc");
    most = count.size() == 1 && count[0] >= '0' && count[0] <= '5' ? count[0] - '0' : 1;
    if (knobs.webhook_retries < 0 && !twilio_retries(in_fragment(url, "rp"), status)) {
      return std::nullopt;
    }
  }
  if (knobs.webhook_retries >= 0) most = knobs.webhook_retries;
  if (tries > most) return std::nullopt;
  const auto wait = knobs.webhook_retry_ms * std::pow(2, std::min(tries - 1, 16));
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(wait, kLongestMs)));
}

}  // namespace aura::bench
