// The web files of the engine itself: the widget with its parts, and, where a demo business is
// stored, its page, rendered from the real catalog at each request.
#pragma once

#include "net/server/router.h"
#include "storage/store.h"

namespace aura::app {

// `reader` and `pool`, on which the page's rows are read, outlive the router's use.
void add_site(net::Router& router, const storage::Reader& reader, storage::ReadPool& pool);

}  // namespace aura::app
