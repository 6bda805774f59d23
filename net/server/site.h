// The few web files that the engine serves itself: the widget, the demo page and their parts. The
// application supplies the bytes; this code adds routes, validators (ETag, 304), gzip and cache
// times. Any io thread may call, so the lookup must be thread-safe; it may deliver a file from disk
// later, on another thread.
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
  std::string gzip;  // the compressed bytes, or empty
};

// Looks up an asset by path ("/widget.js") and calls `found` once, on any thread.
using AssetFound = std::function<void(std::optional<Asset>)>;
using AssetLookup = std::function<void(std::string_view path, const AssetFound& found)>;

struct SitePath {
  std::string path;
  int max_age_seconds = 0;     // 0: the browser must revalidate each time
  bool other_origins = false;  // pages of other origins may load it
};

// /widget.js and the parts it loads; /demo and the files that it links to.
std::vector<SitePath> default_site();

void add_site_routes(Router& router, const std::vector<SitePath>& paths, const AssetLookup& lookup);

}  // namespace aura::net
