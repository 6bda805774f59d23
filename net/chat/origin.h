// Web origins ("https://shop.example", "https://*.shop.example", with a port unless it is the
// scheme's default): checks those that a web chat channel lists, and checks a page's Origin header
// against such a list. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace aura::net {

// Lower case, http or https, no path. "*." before the host matches every subdomain.
bool is_origin_pattern(std::string_view text);

// An empty list allows every page. Any other list allows only its origins; a missing Origin header
// is refused.
bool origin_allowed(const std::vector<std::string>& allowed, std::string_view origin);

}  // namespace aura::net
