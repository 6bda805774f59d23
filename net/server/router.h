// Router: finds the handler for a method and a path. Routes are added before the server starts and
// never change afterwards, so any io thread may look up without a lock. Owned by the application;
// outlives every server that uses it.
//
// Pattern: "/api/v1/workspaces/{ws}/items/{id}"; a last segment "{path*}" matches the rest,
// including slashes. Literal segments win over parameters. One trailing slash in a request is
// ignored.
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
  // Called before the body is read: returns the response that refuses the request, or nullopt.
  std::function<std::optional<Response>(const Request& request)> refuses = {};
};

class Router {
 public:
  Router();
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // A GET route also answers HEAD. Throws std::logic_error for a malformed pattern, or if the
  // method and pattern were already added.
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
  void websocket(std::string_view pattern, WebSocketFactory factory);

  struct Route {
    std::string pattern;
    Handler handler;
    RouteOptions options;
    WebSocketFactory websocket;  // set for a WebSocket route; `handler` then answers plain GETs
  };
  // Finds the route of a request and fills request.params. nullptr: `refusal` is the response (404,
  // 405 with Allow, or 204 to OPTIONS).
  const Route* find(Request& request, Response& refusal) const;

 private:
  struct Node;
  Route& place(Method method, std::string_view pattern);  // the route's place in the tree
  std::unique_ptr<Node> root_;
};

}  // namespace aura::net
