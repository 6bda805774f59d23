// The operator endpoint (CONTRACT section 6): health, metrics, the actor tree, dead letters,
// workspaces, log level. For the one who runs the engine, on an address of its own. Owned by the
// application, outlives its server; immutable after add_routes, any io thread may call.
#pragma once

#include <functional>
#include <string>

#include "net/router.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

class OperatorApi {
 public:
  OperatorApi(Operations& operations, Commands& commands, std::string token)
      : operations_(operations), commands_(commands), token_(std::move(token)) {}

  void add_routes(Router& router);

 private:
  using Guarded = std::function<void(const Request&, const Responder&)>;
  // Behind the bearer token.
  void add(Router& router, Method method, std::string_view pattern, Guarded handler);
  void add_open_routes(Router& router);
  void add_actor_routes(Router& router);
  void add_control_route(Router& router);
  void add_audit_route(Router& router);
  void add_dead_letter_routes(Router& router);
  void add_log_level_routes(Router& router);
  bool allowed(const Request& request) const;

  Operations& operations_;
  Commands& commands_;
  std::string token_;
};

}  // namespace aura::net
