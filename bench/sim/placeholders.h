// Bodies as templates: $NAME stands for a value. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace aura::bench {

// Values by name, as they go in: JSON strings with their quotes, numbers without.
using Values = std::map<std::string, std::string, std::less<>>;

// Each $NAME (upper case, digits, underscore) replaced; an unknown name is a programming error and
// throws std::out_of_range.
std::string fill_in(std::string_view pattern, const Values& values);

}  // namespace aura::bench
