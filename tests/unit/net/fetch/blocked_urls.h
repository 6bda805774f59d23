// Addresses that the engine must never fetch, in every disguise that we know.
#pragma once

#include <string>
#include <vector>

namespace aura::net::test {

// Refused by their text alone.
std::vector<std::string> blocked_urls();

// Non-public IP addresses that a harmless-looking name may resolve to.
std::vector<std::string> blocked_addresses();

}  // namespace aura::net::test
