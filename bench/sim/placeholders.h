// Body templates: $NAME stands for a value. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace aura::bench {

// Values by name, as inserted: JSON strings with their quotes, numbers without.
using Values = std::map<std::string, std::string, std::less<>>;

// Replaces each $NAME (upper case, digits, underscore). An unknown name is a programming error:
// throws std::out_of_range.
std::string fill_in(std::string_view pattern, const Values& values);

}  // namespace aura::bench
