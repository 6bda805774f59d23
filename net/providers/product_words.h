// Product cards as text, for channels that cannot show cards. Pure; any thread.
#pragma once

#include <string>

#include "storage/schema/api.pb.h"

namespace aura::net {

// One line per card: "Espresso – $2.40".
std::string in_words(const api::ProductCards& products);

}  // namespace aura::net
