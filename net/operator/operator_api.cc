#include "net/operator/operator_api.h"

#include <charconv>
#include <utility>

#include "config/limits.h"
#include "net/api/api_routes.h"
#include "net/operator/actor_page.h"
#include "net/operator/actor_view.h"
#include "net/signature.h"
#include "runtime/log.h"
#include "runtime/metrics.h"

namespace aura::net {
namespace {

std::string health_json(const Health& health) {
  std::string out = std::string("{\"status\":\"") + (health.ready ? "ready" : "not_ready") +
                    "\",\"ready\":" + (health.ready ? "true" : "false") + ",\"reasons\":[";
  for (const std::string& reason : health.reasons) {
    if (!out.ends_with('[')) out += ',';
    append_json_string(out, reason);
  }
  return out + "]}";
}

std::string level_json() {
  return "{\"level\":\"" + std::string(log::level_name(log::level())) + "\"}";
}

bool wants_html(const Request& request) {
  const std::string_view accept = request.headers.get("Accept");
  return accept.find("text/html") != std::string_view::npos;
}

OrAnswer<int> read_number(const Params& query, const char* name, int least, int most,
                          int otherwise) {
  const std::string* text = query.find(name);
  if (text == nullptr) return otherwise;
  int number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end || number < least || number > most) {
    return tl::unexpected(bad_request(std::string(name) + " must be from " + std::to_string(least) +
                                      " to " + std::to_string(most) + "."));
  }
  return number;
}

// ?depth=&kind=&workspace=&sort=&limit=
OrAnswer<ActorQuery> read_actor_query(const Request& request) {
  constexpr int kDeepest = 32;
  constexpr int kMost = 10'000;
  ActorQuery out;
  const Params query = request.query();
  const auto depth = read_number(query, "depth", 0, kDeepest, out.depth);
  if (!depth) return tl::unexpected(depth.error());
  const auto limit = read_number(query, "limit", 1, kMost, static_cast<int>(out.limit));
  if (!limit) return tl::unexpected(limit.error());
  out.depth = *depth;
  out.limit = static_cast<std::size_t>(*limit);
  if (const std::string* kind = query.find("kind")) out.kind = *kind;
  if (const std::string* workspace = query.find("workspace")) out.workspace = *workspace;
  if (const std::string* sort = query.find("sort")) out.sort = *sort;
  if (!out.sort.empty() && out.sort != "mailbox" && out.sort != "busy" && out.sort != "restarts") {
    return tl::unexpected(bad_request("sort must be mailbox, busy or restarts."));
  }
  return out;
}

}  // namespace

// Hashes are compared, so that not even the token's length shows in the time taken.
bool OperatorApi::allowed(const Request& request) const {
  constexpr std::string_view kScheme = "bearer ";
  if (token_.empty() || request.headers.count("Authorization") != 1) return false;
  const std::string_view value = request.headers.get("Authorization");
  if (value.size() <= kScheme.size() ||
      !equals_ignoring_case(value.substr(0, kScheme.size()), kScheme)) {
    return false;
  }
  return constant_time_equal(as_view(sha256(value.substr(kScheme.size()))),
                             as_view(sha256(token_)));
}

void OperatorApi::add(Router& router, Method method, std::string_view pattern, Guarded handler) {
  router.add(method, pattern,
             [this, handler = std::move(handler)](Request&& request, const Responder& responder) {
               if (allowed(request)) return handler(request, responder);
               responder.reply(api_problem(401, "unauthorized", "Unauthorized",
                                           "Send the operator token: Authorization: Bearer "
                                           "TOKEN."));
             });
}

void OperatorApi::add_routes(Router& router) {
  add_open_routes(router);
  add_actor_routes(router);
  add_control_route(router);
  add_audit_route(router);
  add_dead_letter_routes(router);
  add_log_level_routes(router);
  add(router, Method::get, "/metrics", [](const Request&, const Responder& responder) {
    responder.reply(
        Response::of(200, "text/plain; version=0.0.4; charset=utf-8", metrics::prometheus_text()));
  });
  add(router, Method::post, "/workspaces",
      [this](const Request& request, const Responder& responder) {
        auto input = read_input<api::WorkspaceInput>(request);
        if (!input) return responder.reply(std::move(input.error()));
        if (const auto checked = validate(*input, Write::create); !checked) {
          return responder.reply(unprocessable(checked.error()));
        }
        commands_.create_workspace(std::move(*input),
                                   [responder](const Result<api::WorkspaceCreated>& made) {
                                     responder.reply(made ? Response::json(201, to_json(*made))
                                                          : api_problem(made.error()));
                                   });
      });
}

void OperatorApi::add_open_routes(Router& router) {
  router.add(Method::get, "/healthz", [](Request&&, const Responder& responder) {
    responder.reply(Response::json(200, "{\"status\":\"alive\"}"));
  });
  router.add(Method::get, "/readyz", [this](Request&&, const Responder& responder) {
    const Health health = operations_.health();
    responder.reply(Response::json(health.ready ? 200 : 503, health_json(health)));
  });
}

void OperatorApi::add_actor_routes(Router& router) {
  // The page itself shows nothing: it asks for the token and then for the JSON.
  router.add(Method::get, "/actors", [this](Request&& request, const Responder& responder) {
    if (wants_html(request)) return responder.reply(actor_page());
    if (!allowed(request)) {
      return responder.reply(api_problem(401, "unauthorized", "Unauthorized",
                                         "Send the operator token: Authorization: Bearer "
                                         "TOKEN."));
    }
    auto query = read_actor_query(request);
    if (!query) return responder.reply(std::move(query.error()));
    responder.reply(Response::json(200, actors_json(operations_.actors(*query))));
  });
  add(router, Method::get, "/actors/{path*}",
      [this](const Request& request, const Responder& responder) {
        auto query = read_actor_query(request);
        if (!query) return responder.reply(std::move(query.error()));
        query->path = "/" + std::string(request.param("path"));
        while (query->path.size() > 1 && query->path.ends_with('/')) query->path.pop_back();
        const std::vector<ActorView> actors = operations_.actors(*query);
        if (actors.empty()) {
          return responder.reply(
              api_problem(404, "not-found", "Not found", "There is no actor with this path."));
        }
        responder.reply(Response::json(200, actor_json(actors, query->path)));
      });
}

// POST /actors/{path}/restart and …/passivate.
void OperatorApi::add_control_route(Router& router) {
  add(router, Method::post, "/actors/{path*}",
      [this](const Request& request, const Responder& responder) {
        std::string path = "/" + std::string(request.param("path"));
        while (path.size() > 1 && path.ends_with('/')) path.pop_back();
        const std::size_t slash = path.rfind('/');
        const std::string action = path.substr(slash + 1);
        path.resize(slash);
        if (path.empty() || (action != "restart" && action != "passivate")) {
          return responder.reply(api_problem(404, "not-found", "Not found",
                                             "An actor can be told to restart or passivate."));
        }
        operations_.control(
            path, action == "restart", [responder](const Result<std::monostate>& done) {
              responder.reply(done ? Response::json(202, "{\"status\":\"accepted\"}")
                                   : api_problem(done.error()));
            });
      });
}

void OperatorApi::add_audit_route(Router& router) {
  add(router, Method::get, "/audit", [this](const Request& request, const Responder& responder) {
    auto page = read_page(request);
    if (!page) return responder.reply(std::move(page.error()));
    operations_.audit(std::move(*page), answer_list<api::AuditEntry>(responder));
  });
}

void OperatorApi::add_dead_letter_routes(Router& router) {
  add(router, Method::get, "/dead-letters",
      [this](const Request& request, const Responder& responder) {
        auto page = read_page(request);
        if (!page) return responder.reply(std::move(page.error()));
        operations_.dead_letters(std::move(*page), answer_list<api::DeadLetter>(responder));
      });
  add(router, Method::post, "/dead-letters/{id}/retry",
      [this](const Request& request, const Responder& responder) {
        operations_.retry_dead_letter(
            std::string(request.param("id")), [responder](const Result<std::monostate>& retried) {
              responder.reply(retried ? Response::json(202, "{\"status\":\"retrying\"}")
                                      : api_problem(retried.error()));
            });
      });
  add(router, Method::delete_, "/dead-letters/{id}",
      [this](const Request& request, const Responder& responder) {
        operations_.delete_dead_letter(std::string(request.param("id")), answer_deleted(responder));
      });
}

void OperatorApi::add_log_level_routes(Router& router) {
  add(router, Method::get, "/log-level", [](const Request&, const Responder& responder) {
    responder.reply(Response::json(200, level_json()));
  });
  add(router, Method::put, "/log-level", [](const Request& request, const Responder& responder) {
    const auto body = read_object_body(request);
    if (!body) return responder.reply(body.error());
    const auto name = JsonRef(*body).string("level");
    log::Level level = log::Level::info;
    if (!name || !log::parse_level(*name, level)) {
      return responder.reply(unprocessable(
          {Errc::invalid, "/level must be trace, debug, info, warn or error.", "/level"}));
    }
    log::set_level(level);
    responder.reply(Response::json(200, level_json()));
  });
}

}  // namespace aura::net
