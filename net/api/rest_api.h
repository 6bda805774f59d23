// The REST API below /api/v1/workspaces/{ws}. Owned by the application; the ports outlive it, and
// it outlives the server. Immutable after add_routes, so any io thread may call. Handlers read and
// check the request, call a port and answer from its reply; they never block.
#pragma once

#include "net/server/router.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

class ChannelSetup;
class WrongKeys;

struct ApiPorts {
  Commands& commands;
  Queries& queries;
  Access& access;
  LiveFeed& feed;
  ChannelSetup* setup = nullptr;    // null: creates channels without contacting their providers
  WrongKeys* wrong_keys = nullptr;  // null: as many as one likes may be tried
};

class RestApi {
 public:
  explicit RestApi(ApiPorts ports) : ports_(ports) {}
  void add_routes(Router& router) const;

 private:
  ApiPorts ports_;
};

}  // namespace aura::net
