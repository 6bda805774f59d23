// The web files that the engine serves, built from web/ and embedded in the program: widget.js,
// demo.css, demo.html (the template that demo_page.h fills) and favicon.svg. The bytes live as
// long as the program; any thread may call.
#pragma once

#include <string_view>

namespace aura::web {

// Empty for a name that is not embedded.
std::string_view asset(std::string_view name);

}  // namespace aura::web
