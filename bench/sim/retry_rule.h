// Whether and when a provider repeats a webhook that was not answered 2xx. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "bench/sim/knobs.h"

namespace aura::bench {

// `tries`: how often the webhook was posted; `status`: of the last answer, 0 for none. The wait
// starts at webhook_retry_ms and doubles up to a minute. Meta tries about 2,000 times. Twilio tries
// as often as the URL's fragment says (#rc=3&rp=all), by default once more and only if there was no
// connection. Nothing: the provider gives up.
std::optional<std::chrono::milliseconds> wait_before_retry(const Knobs& knobs, Channel channel,
                                                           std::string_view url, int tries,
                                                           int status);

}  // namespace aura::bench
