// Web origins ("https://shop.example", "https://*.shop.example", a port if it is not the scheme's
// own) that a web chat channel may list, and the check of a page's Origin header against such a
// list. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace aura::net {

// Lower case, http or https, no path; "*." may stand before the host for every name below it.
bool is_origin_pattern(std::string_view text);

// An empty list allows every page; any other only those it names, so no header is not enough.
bool origin_allowed(const std::vector<std::string>& allowed, std::string_view origin);

}  // namespace aura::net
