#include "net/server/router.h"

#include <array>
#include <map>
#include <stdexcept>
#include <vector>

#include "net/server/problem.h"
#include "runtime/utf8.h"

namespace aura::net {

// One segment of the route tree. A literal child wins over the parameter child, which wins over the
// tail.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::array<std::unique_ptr<Route>, static_cast<std::size_t>(Method::other)> routes;
  std::vector<std::string> names;  // names of the parameters up to this node
  bool tail = false;               // this node takes the rest of the path

  bool ends() const {
    for (const auto& route : routes) {
      if (route) return true;
    }
    return false;
  }
};

namespace {

// Removes and returns the next segment of `path`, which begins with '/'.
std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto end = path.find('/');
  const std::string_view segment = path.substr(0, end);
  path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  return segment;
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

constexpr std::size_t kMaxParameters = 8;

struct Match {
  std::array<std::string_view, kMaxParameters> values;
  std::size_t count = 0;
};

template <class Node>
const Node* descend(const Node* node, std::string_view path, Match& match) {
  if (path.empty() || path == "/") {
    if (node->ends()) return node;
  }
  if (path.empty()) return nullptr;
  if (node->tail) return nullptr;
  std::string_view rest = path;
  const std::string_view segment = next_segment(rest);
  if (const auto it = node->literals.find(segment); it != node->literals.end()) {
    if (const Node* found = descend(it->second.get(), rest, match)) return found;
  }
  if (!node->parameter || segment.empty()) return nullptr;
  const Node* child = node->parameter.get();
  if (match.count == kMaxParameters) return nullptr;
  match.values[match.count++] = child->tail ? path.substr(1) : segment;
  if (child->tail) return child;
  if (const Node* found = descend(child, rest, match)) return found;
  --match.count;
  return nullptr;
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
  Route& route = place(method, pattern);
  route.handler = std::move(handler);
  route.options = std::move(options);
}

Router::Route& Router::place(Method method, std::string_view pattern) {
  if (pattern.empty() || pattern.front() != '/' || method == Method::other) {
    throw std::logic_error("route pattern must begin with '/': " + std::string(pattern));
  }
  Node* node = root_.get();
  std::vector<std::string> names;
  std::string_view rest = pattern;
  while (!rest.empty() && rest != "/") {
    const std::string_view segment = next_segment(rest);
    if (!is_parameter(segment)) {
      auto& child = node->literals[std::string(segment)];
      if (!child) child = std::make_unique<Node>();
      node = child.get();
      continue;
    }
    const bool tail = segment[segment.size() - 2] == '*';
    names.emplace_back(segment.substr(1, segment.size() - (tail ? 3 : 2)));
    if (!node->parameter) {
      node->parameter = std::make_unique<Node>();
      node->parameter->tail = tail;
    }
    node = node->parameter.get();
    if (node->tail != tail || (tail && !rest.empty()) || names.size() > kMaxParameters) {
      throw std::logic_error("route pattern does not fit the tree: " + std::string(pattern));
    }
  }
  auto& route = node->routes[static_cast<std::size_t>(method)];
  if (route || (node->ends() && node->names != names)) {
    throw std::logic_error("route added twice: " + std::string(pattern));
  }
  node->names = std::move(names);
  route = std::make_unique<Route>();
  route->pattern = pattern;
  return *route;
}

void Router::websocket(std::string_view pattern, WebSocketFactory factory) {
  Route& route = place(Method::get, pattern);
  route.handler = [](Request&&, const Responder& responder) {
    responder.reply(problem(426, "upgrade-required", "WebSocket only",
                            "This address speaks WebSocket; send an upgrade request.")
                        .with("Upgrade", "websocket")
                        .with("Connection", "Upgrade"));
  };
  route.websocket = std::move(factory);
}

// Refuses paths that are not UTF-8: handlers may store what a path names.
const Router::Route* Router::find(Request& request, Response& refusal) const {
  const bool encoded = request.target.find('%') != std::string::npos;
  if (!is_utf8(encoded ? percent_decode(request.target) : request.target)) {
    refusal = problem(400, "malformed", "Malformed request",
                      "The address must be UTF-8, percent-encoded.");
    return nullptr;
  }
  const std::string_view path = request.path();
  Match match;
  const Node* node = nullptr;
  if (!path.empty() && path.front() == '/') {
    node = descend(const_cast<const Node*>(root_.get()), path, match);
  }
  if (!node) {
    refusal = problem(Error{Errc::not_found, "There is nothing at this address.", {}});
    return nullptr;
  }
  const Method method = request.method == Method::head ? Method::get : request.method;
  if (method != Method::other) {
    if (const auto& route = node->routes[static_cast<std::size_t>(method)]) {
      for (std::size_t i = 0; i < match.count; ++i) {
        request.params.add(node->names[i], percent_decode(match.values[i]));
      }
      return route.get();
    }
  }
  std::string allow;
  for (std::size_t i = 0; i < node->routes.size(); ++i) {
    if (!node->routes[i]) continue;
    allow.append(allow.empty() ? "" : ", ").append(to_string(static_cast<Method>(i)));
    if (static_cast<Method>(i) == Method::get) allow += ", HEAD";
  }
  if (request.method == Method::options) {
    refusal = Response{204, {}, {}};
  } else {
    refusal = problem(405, "method-not-allowed", "Method not allowed",
                      "This address takes other methods: " + allow + ".");
  }
  refusal.headers.add("Allow", allow);
  return nullptr;
}

}  // namespace aura::net
