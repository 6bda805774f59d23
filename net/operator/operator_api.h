// The operator endpoint (README.md beside this file): health, metrics, the actor tree, message
// traces, dead letters, workspaces, log level. It listens on an address of its own, for the person
// who runs the engine. Owned by the application, outlives its server; immutable after add_routes,
// any io thread may call.
#pragma once

#include <functional>
#include <string>

#include "net/api/rest_api.h"
#include "net/api/wrong_keys.h"
#include "net/server/router.h"
#include "runtime/ports/operations.h"

namespace aura::net {

// GET /api/v1/workspaces/{ws}/messages/{id}/trace: the message trace for holders of the workspace's
// key.
void add_message_trace_route(Router& router, ApiPorts ports, Operations& operations);

class OperatorApi {
 public:
  // `page`: the built HTML of the operator's page; `full`: the public server has no room for more
  // connections.
  OperatorApi(Operations& operations, Commands& commands, WrongKeys& wrong_keys,
              std::function<bool()> full, std::string token, std::string page)
      : operations_(operations),
        commands_(commands),
        wrong_keys_(wrong_keys),
        full_(std::move(full)),
        token_(std::move(token)),
        page_(std::move(page)) {}

  void add_routes(Router& router);
  void add_checkpoint_route(Router& router, Checkpoints& checkpoints);

 private:
  using Guarded = std::function<void(const Request&, const Responder&)>;
  // Requires the bearer token.
  void add(Router& router, Method method, std::string_view pattern, Guarded handler);
  void add_open_routes(Router& router);
  void add_actor_routes(Router& router);
  void add_engine_routes(Router& router);
  void add_audit_routes(Router& router);
  void add_dead_letter_routes(Router& router);
  void add_api_key_routes(Router& router);
  void add_log_level_routes(Router& router);
  Health health() const;
  bool allowed(const Request& request) const;
  Response unauthorized(const Request& request) const;

  Operations& operations_;
  Commands& commands_;
  WrongKeys& wrong_keys_;
  const std::function<bool()> full_;
  const std::string token_;
  const std::string page_;
};

}  // namespace aura::net
