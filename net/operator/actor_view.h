// The JSON of the actor tree. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "runtime/ports/engine_api.h"

namespace aura::net {

std::string actors_json(const std::vector<ActorView>& actors);  // {"data":[…],"next":null}
// The actor at `path`, and in `actors` the ones below it.
std::string actor_json(const std::vector<ActorView>& actors, const std::string& path);

}  // namespace aura::net
