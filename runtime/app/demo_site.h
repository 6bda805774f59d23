// The web files that the engine serves: the widget with its parts, and the page of the demo
// business (if stored), rendered from its catalog at each request.
#pragma once

#include "net/server/router.h"
#include "storage/store.h"

namespace aura::app {

// `reader` and `pool`, which read the page's rows, must outlive the router.
void add_site(net::Router& router, const storage::Reader& reader, storage::ReadPool& pool);

}  // namespace aura::app
