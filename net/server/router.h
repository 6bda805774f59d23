// Router: from method and path to a handler. Routes are added before the server starts and never
// change afterwards, so that any io thread may look up without a lock. Owned by the application;
// outlives every server that uses it.
//
// Pattern: "/api/v1/workspaces/{ws}/items/{id}"; a last segment "{path*}" takes the rest, slashes
// included. Literal segments win over parameters. One trailing slash of a request is ignored.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.h"
#include "net/server/responder.h"
#include "net/server/websocket.h"

namespace aura::net {

using Handler = std::function<void(Request&& request, Responder responder)>;

struct RouteOptions {
  std::size_t max_body = 0;  // bytes; 0: the server's default
  // Looked at before a body is taken in: the answer that refuses the request, or nothing.
  std::function<std::optional<Response>(const Request& request)> refuses = {};
};

class Router {
 public:
  Router();
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // A GET route answers HEAD too. Adding the same method and pattern twice, or a pattern that is
  // not one, is a programming error: std::logic_error.
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
  void websocket(std::string_view pattern, WebSocketFactory factory);

  struct Route {
    Handler handler;
    RouteOptions options;
    WebSocketFactory websocket;  // set for a WebSocket route; then handler answers plain GETs
  };
  // The route of a request; nullptr: `refusal` is the answer (404, 405 with Allow, 204 to OPTIONS).
  // Fills request.params.
  const Route* find(Request& request, Response& refusal) const;

  // find + handler: what the server does, for tests without a socket.
  void dispatch(Request&& request, Responder responder) const;

 private:
  struct Node;
  Route& place(Method method, std::string_view pattern);  // in the tree
  std::unique_ptr<Node> root_;
};

}  // namespace aura::net
