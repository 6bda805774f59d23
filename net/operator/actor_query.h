// Reads the parameters of operator requests. Each function returns the value, or the response that
// refuses the request and names the parameter. Pure; any thread.
#pragma once

#include "net/api/request_reading.h"
#include "runtime/ports/operations.h"

namespace aura::net {

// ?path=&depth=&kind=&workspace=&state=&sort=&limit=&after=&q= and one of ?conversation=,
// ?channel=, ?contact=, ?message=
OrAnswer<ActorQuery> read_actor_query(const Request& request);
// ?workspace=ws_…
OrAnswer<std::optional<Id>> read_workspace(const Request& request);
// The route's {path*} as "/engine/…", however the client wrote the slashes.
std::string read_actor_path(const Request& request);
// ?unmask=true&reason=…
OrAnswer<Unmasking> read_unmasking(const Request& request);

bool wants_html(const Request& request);

}  // namespace aura::net
