// How often and how soon a provider posts a webhook again that was not answered 2xx. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "bench/sim/knobs.h"

namespace aura::bench {

// `tries`: how often it was posted; `status`: of the last answer, 0 for none. Meta tries ever less
// often for 36 hours; Twilio as the fragment of the URL asks (#rc=3&rp=all), else once more and
// only when there was no connection. Nothing: it gives up.
std::optional<std::chrono::milliseconds> wait_before_retry(const Knobs& knobs, Channel channel,
                                                           std::string_view url, int tries,
                                                           int status);

}  // namespace aura::bench
