// The demo business of `aura serve --demo`: a workspace with catalog, knowledge and a web chat. It
// is stored once; its ids are derived, so seeding again changes nothing.
#pragma once

#include "actors/services.h"
#include "runtime/result.h"

namespace aura::app {

Id demo_workspace_id();
Id demo_channel_id();

// Call before the actors start. Blocks until the rows are durable.
Result<void> seed_demo(Services& services);

}  // namespace aura::app
