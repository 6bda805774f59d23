// The web files that the engine serves, built from web/ and embedded in the program: widget.js and
// the parts it loads (widget-more.js, widget-es.js, …), demo.css, demo.html (the template for
// demo_page.h), operator.html, favicon.svg and the demo's pictures (demo/cake.svg, …). The bytes
// live as long as the program; any thread may call.
#pragma once

#include <string_view>
#include <vector>

namespace aura::web {

// Empty if no file with this name is embedded.
std::string_view asset(std::string_view name);
std::string_view asset_gzip(std::string_view name);  // the file compressed with gzip
std::vector<std::string_view> asset_names();

}  // namespace aura::web
