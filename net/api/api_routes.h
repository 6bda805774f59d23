// Helpers shared by the route files: adding a route that requires the workspace's API key, and
// turning a port's reply into a response. Used while routes are added; afterwards only the closures
// live on.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "net/api/json_mapper.h"
#include "net/api/request_reading.h"
#include "net/api/rest_api.h"
#include "net/api/validate.h"
#include "net/server/problem.h"

namespace aura::net {

// One authorised request.
struct ApiCall {
  Id workspace;
  Request request;
  Responder responder;

  void refuse(Response answer) const { responder.reply(std::move(answer)); }
};

class ApiRoutes {
 public:
  ApiRoutes(Router& router, ApiPorts ports) : router_(router), ports_(ports) {}

  // `path` is what follows "/api/v1/workspaces/{ws}".
  void add(Method method, std::string_view path, std::function<void(const ApiCall&)> handler,
           RouteOptions options = {});

  const ApiPorts& ports() const { return ports_; }

 private:
  Router& router_;
  ApiPorts ports_;
};

void add_workspace_routes(ApiRoutes& routes);
void add_channel_routes(ApiRoutes& routes);
void add_login_routes(ApiRoutes& routes);
void add_template_routes(ApiRoutes& routes);
void add_contact_routes(ApiRoutes& routes);
void add_conversation_routes(ApiRoutes& routes);
void add_catalog_routes(ApiRoutes& routes);
void add_knowledge_routes(ApiRoutes& routes);
void add_event_routes(ApiRoutes& routes);
void add_audit_routes(ApiRoutes& routes);

// --- Answers from replies ----------------------------------------------------------------------

template <class T>
Reply<T> answer_with(const Responder& responder, int status = 200) {
  return [responder, status](Result<T> result) {
    responder.reply(result ? Response::json(status, to_json(*result)) : problem(result.error()));
  };
}

// 201 with a Location header: the new resource's id below the collection that the client posted to.
template <class T>
Reply<T> answer_created(const ApiCall& call) {
  return [responder = call.responder,
          collection = std::string(call.request.path())](Result<T> result) {
    if (!result) return responder.reply(problem(result.error()));
    Response response = Response::json(201, to_json(*result));
    const bool slash = collection.ends_with('/');
    response.headers.add("Location", collection + (slash ? "" : "/") + result->id());
    responder.reply(std::move(response));
  };
}

inline Reply<std::monostate> answer_deleted(const Responder& responder) {
  return [responder](Result<std::monostate> result) {
    Response gone;
    gone.status = 204;
    responder.reply(result ? std::move(gone) : problem(result.error()));
  };
}

std::string list_end(const std::optional<std::string>& next);

template <class T>
std::string list_json(const List<T>& list) {
  std::string out = "{\"data\":[";
  for (const T& resource : list.data) {
    if (&resource != &list.data.front()) out += ',';
    append_json(out, resource);
  }
  return out + list_end(list.next);
}

template <class T>
Reply<List<T>> answer_list(const Responder& responder) {
  return [responder](const Result<List<T>>& result) {
    responder.reply(result ? Response::json(200, list_json(*result)) : problem(result.error()));
  };
}

// --- The usual shapes of a route ---------------------------------------------------------------

// GET /things?limit=&after=, and the list's own filters
template <class Run>
auto list_route(Run run, Parameters filters = {}) {
  return [run, filters = std::move(filters)](const ApiCall& call) {
    auto page = read_page(call.request, filters);
    if (!page) return call.refuse(std::move(page.error()));
    run(call, std::move(*page));
  };
}

// …/things/{id}
template <class Run>
auto id_route(std::string name, IdType type, Run run) {
  return [name = std::move(name), type, run](const ApiCall& call) {
    auto id = read_path_id(call.request, name, type);
    if (!id) return call.refuse(std::move(id.error()));
    run(call, *id);
  };
}

// Runs `check(Input&)` on the input; refuses the request if reading or the check failed.
template <class Input, class Check, class Run>
void with_checked(const ApiCall& call, OrAnswer<Input> input, Check check, Run run) {
  if (!input) return call.refuse(std::move(input.error()));
  if (const Result<void> checked = check(*input); !checked) {
    return call.refuse(problem(checked.error()));
  }
  run(std::move(*input));
}

template <class Input, class Check, class Run>
void with_input(const ApiCall& call, Check check, Run run) {
  with_checked(call, read_input<Input>(call.request), check, run);
}

// A POST that honours Idempotency-Key.
template <class Run>
void with_once(const ApiCall& call, Run run) {
  auto once = read_idempotency(call.request);
  if (!once) return call.refuse(std::move(once.error()));
  run(std::move(*once));
}

// A POST that creates a resource: body, check and Idempotency-Key.
template <class Input, class Check, class Run>
void with_new(const ApiCall& call, Check check, Run run) {
  with_input<Input>(call, check, [&](Input input) {
    with_once(call, [&](MaybeIdempotency once) { run(std::move(input), std::move(once)); });
  });
}

}  // namespace aura::net
