// The few web files that the engine serves itself: the widget, the demo page and what they load.
// Where the bytes come from is the application's business; here they get routes, validators
// (ETag, 304), gzip and cache times. Any io thread may call, so the lookup must be thread-safe;
// what has to be read from disk it hands over later, from another thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/server/router.h"

namespace aura::net {

struct Asset {
  std::string content_type;
  std::string body;
  std::string gzip;  // the same compressed, or empty
};

// By path: "/widget.js". `found` is called once, on any thread.
using AssetFound = std::function<void(std::optional<Asset>)>;
using AssetLookup = std::function<void(std::string_view path, const AssetFound& found)>;

struct SitePath {
  std::string path;
  int max_age_seconds = 0;     // 0: ask again each time
  bool other_origins = false;  // other sites' pages may load it
};

// /widget.js and the parts it fetches, /demo and what the demo page links to.
std::vector<SitePath> default_site();

void add_site_routes(Router& router, const std::vector<SitePath>& paths, const AssetLookup& lookup);

}  // namespace aura::net
