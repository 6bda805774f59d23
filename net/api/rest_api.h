// The REST API below /api/v1/workspaces/{ws}. Owned by the application, with the ports it is given
// outliving it, and it the server; immutable after add_routes, so any io thread may call. Handlers
// read and check the request, ask a port and answer from its reply; they never block.
#pragma once

#include "net/server/router.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

class ChannelSetup;

struct ApiPorts {
  Commands& commands;
  Queries& queries;
  const Access& access;
  LiveFeed& feed;
  ChannelSetup* setup = nullptr;  // none: channels are made without a word to their providers
};

class RestApi {
 public:
  explicit RestApi(ApiPorts ports) : ports_(ports) {}
  void add_routes(Router& router) const;

 private:
  ApiPorts ports_;
};

}  // namespace aura::net
