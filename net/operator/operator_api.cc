#include "net/operator/operator_api.h"

#include <utility>

#include "net/api/resource_routes.h"
#include "net/operator/actor_query.h"
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

}  // namespace

// Compares hashes, so that the time taken does not even reveal the token's length.
bool OperatorApi::allowed(const Request& request) const {
  const std::string token = bearer_token(request);
  return !token.empty() && !token_.empty() &&
         constant_time_equal(as_view(sha256(token)), as_view(sha256(token_)));
}

Response OperatorApi::unauthorized(const Request& request) const {
  return wrong_keys_.answer(
      request,
      problem(
          Error{Errc::unauthorized, "Send the operator token: Authorization: Bearer TOKEN.", {}}),
      WrongKeys::Door::operator_endpoint);
}

void OperatorApi::add(Router& router, Method method, std::string_view pattern, Guarded handler) {
  router.add(method, pattern,
             [this, handler = std::move(handler)](Request&& request, const Responder& responder) {
               if (allowed(request)) return handler(request, responder);
               responder.reply(unauthorized(request));
             });
}

void OperatorApi::add_routes(Router& router) {
  add_open_routes(router);
  add_actor_routes(router);
  add_engine_routes(router);
  add_audit_routes(router);
  add_dead_letter_routes(router);
  add_api_key_routes(router);
  add_log_level_routes(router);
  auto ready = metrics::gauge("aura_ready", "1: /readyz answers 200; 0: it names reasons");
  add(router, Method::get, "/metrics",
      [this, ready](const Request&, const Responder& responder) mutable {
        ready.set(health().ready ? 1 : 0);
        responder.reply(Response::of(200, "text/plain; version=0.0.4; charset=utf-8",
                                     metrics::prometheus_text()));
      });
  add(router, Method::post, "/workspaces",
      [this](const Request& request, const Responder& responder) {
        with_new<api::WorkspaceInput>(
            ApiCall{{}, request, responder}, checked_for<api::WorkspaceInput>(Write::create),
            [&](api::WorkspaceInput input, MaybeIdempotency once) {
              commands_.create_workspace(std::move(input), std::move(once),
                                         answer_with<api::WorkspaceCreated>(responder, 201));
            });
      });
}

void OperatorApi::add_api_key_routes(Router& router) {
  constexpr std::string_view kKeys = "/workspaces/{ws}/api-keys";
  const auto named = [](IdType type, std::string_view param, const Request& request) {
    return parse_id(type, request.param(param));
  };
  add(router, Method::get, kKeys,
      [this, named](const Request& request, const Responder& responder) {
        const auto workspace = named(IdType::workspace, "ws", request);
        if (!workspace) return responder.reply(not_found_answer());
        auto page = read_page(request);
        if (!page) return responder.reply(std::move(page.error()));
        operations_.api_keys(*workspace, std::move(*page), answer_list<api::ApiKey>(responder));
      });
  add(router, Method::post, kKeys,
      [this, named](const Request& request, const Responder& responder) {
        const auto workspace = named(IdType::workspace, "ws", request);
        if (!workspace) return responder.reply(not_found_answer());
        with_new<api::ApiKeyInput>(
            ApiCall{*workspace, request, responder}, checked_for<api::ApiKeyInput>(Write::create),
            [&](api::ApiKeyInput input, MaybeIdempotency once) {
              operations_.create_api_key(*workspace, std::move(input), std::move(once),
                                         answer_with<api::ApiKey>(responder, 201));
            });
      });
  add(router, Method::delete_, std::string(kKeys) + "/{id}",
      [this, named](const Request& request, const Responder& responder) {
        const auto workspace = named(IdType::workspace, "ws", request);
        const auto key = named(IdType::api_key, "id", request);
        if (!workspace || !key) return responder.reply(not_found_answer());
        operations_.revoke_api_key(*workspace, *key, answer_deleted(responder));
      });
}

Health OperatorApi::health() const {
  Health health = operations_.health();
  if (!full_()) return health;
  health.ready = false;
  health.reasons.push_back("no room for more connections");
  return health;
}

void OperatorApi::add_open_routes(Router& router) {
  router.add(Method::get, "/healthz", [](Request&&, const Responder& responder) {
    responder.reply(Response::json(200, "{\"status\":\"alive\"}"));
  });
  router.add(Method::get, "/readyz", [this](Request&&, const Responder& responder) {
    const Health now = health();
    responder.reply(Response::json(now.ready ? 200 : 503, health_json(now)));
  });
}

void OperatorApi::add_audit_routes(Router& router) {
  add(router, Method::get, "/audit", [this](const Request& request, const Responder& responder) {
    auto page = read_page(request, {"workspace"});
    if (!page) return responder.reply(std::move(page.error()));
    auto workspace = read_workspace(request);
    if (!workspace) return responder.reply(std::move(workspace.error()));
    operations_.audit(*workspace, std::move(*page), answer_list<api::AuditEntry>(responder));
  });
  add(router, Method::get, "/audit/heads", [this](const Request&, const Responder& responder) {
    operations_.audit_heads(answer_list<api::AuditHead>(responder));
  });
}

// POST /checkpoint: `aura backup` calls this on a running engine.
void OperatorApi::add_checkpoint_route(Router& router, Checkpoints& checkpoints) {
  add(router, Method::post, "/checkpoint",
      [&checkpoints](const Request&, const Responder& responder) {
        checkpoints.checkpoint([responder](const Result<std::string>& folder) {
          if (!folder) return responder.reply(problem(folder.error()));
          std::string body = "{\"folder\":";
          append_json_string(body, *folder);
          responder.reply(Response::json(201, body + "}"));
        });
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
                                      : problem(retried.error()));
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
  add(router, Method::put, "/log-level",
      [this](const Request& request, const Responder& responder) {
        const auto body = read_object_body(request);
        if (!body) return responder.reply(body.error());
        const auto name = JsonRef(*body).string("level");
        log::Level level = log::Level::info;
        if (!name || !log::parse_level(*name, level)) {
          return responder.reply(problem(
              {Errc::invalid, "/level must be trace, debug, info, warn or error.", "/level"}));
        }
        operations_.note("log_level.change", *name,
                         [responder, level](const Result<std::monostate>& done) {
                           if (!done) return responder.reply(problem(done.error()));
                           log::set_level(level);
                           responder.reply(Response::json(200, level_json()));
                         });
      });
}

}  // namespace aura::net
