// Addresses that nobody may make the engine fetch, in every disguise we know of.
#pragma once

#include <string>
#include <vector>

namespace aura::net::test {

// Refused by their text alone.
std::vector<std::string> blocked_urls();

// Addresses that a harmless name may resolve to.
std::vector<std::string> blocked_addresses();

}  // namespace aura::net::test
