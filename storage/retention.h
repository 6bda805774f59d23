// How long rows that expire are kept.
#pragma once

#include "runtime/clock.h"

namespace aura::storage {

inline constexpr Millis kFeedRetentionMs = Millis{7} * 24 * 3600 * 1000;

}  // namespace aura::storage
