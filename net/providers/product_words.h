// Product cards where a channel has no form for them. Pure; any thread.
#pragma once

#include <string>

#include "storage/schema/api.pb.h"

namespace aura::net {

// A line each: "Espresso – $2.40".
std::string in_words(const api::ProductCards& products);

}  // namespace aura::net
