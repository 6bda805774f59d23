#include "net/api/api_routes.h"

#include "config/limits.h"
#include "net/api/wrong_keys.h"

namespace aura::net {
namespace {

constexpr std::string_view kBase = "/api/v1/workspaces/{ws}";

Response no_key(const Request& request, WrongKeys* wrong_keys) {
  Response answer =
      problem(Error{Errc::unauthorized, "Send a valid API key: Authorization: Bearer KEY.", {}});
  return wrong_keys == nullptr
             ? answer
             : wrong_keys->answer(request, std::move(answer), WrongKeys::Door::api);
}

Response reads_only() {
  return problem(403, "read-only-key", "The key may only read",
                 "This API key was made with the scope \"read\"; use one with the scope \"full\".");
}

}  // namespace

void ApiRoutes::add(Method method, std::string_view path,
                    std::function<void(const ApiCall&)> handler, RouteOptions options) {
  if (options.max_body == 0) options.max_body = limits::kApiBodyBytes;
  router_.add(
      method, std::string(kBase) + std::string(path),
      [&access = ports_.access, wrong_keys = ports_.wrong_keys, changes = method != Method::get,
       handler = std::move(handler)](Request&& request, const Responder& responder) {
        const auto opened = access.grant_of(bearer_token(request));
        if (!opened) return responder.reply(problem(opened.error()));
        if (!*opened) return responder.reply(no_key(request, wrong_keys));
        const auto named = parse_id(IdType::workspace, request.param("ws"));
        if (!named || *named != (*opened)->workspace) return responder.reply(not_found_answer());
        if ((*opened)->read_only && changes) return responder.reply(reads_only());
        handler(ApiCall{*named, std::move(request), responder});
      },
      options);
}

std::string list_end(const std::optional<std::string>& next) {
  std::string out = "],\"next\":";
  if (next) {
    append_json_string(out, *next);
  } else {
    out += "null";
  }
  return out + "}";
}

void RestApi::add_routes(Router& router) const {
  ApiRoutes routes(router, ports_);
  add_workspace_routes(routes);
  add_channel_routes(routes);
  add_login_routes(routes);
  add_template_routes(routes);
  add_contact_routes(routes);
  add_conversation_routes(routes);
  add_catalog_routes(routes);
  add_knowledge_routes(routes);
  add_event_routes(routes);
  add_audit_routes(routes);
}

}  // namespace aura::net
