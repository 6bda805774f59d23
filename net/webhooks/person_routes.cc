#include "net/webhooks/person_routes.h"

#include <utility>

#include "config/limits.h"
#include "net/api/rfc3339.h"
#include "net/server/problem.h"
#include "net/webhooks/signed_request.h"
#include "net/webhooks/try_again.h"
#include "runtime/log.h"

namespace aura::net {
namespace {

constexpr const char* kStatusPath = "/privacy/deletion";

metrics::Counter requests(const char* result) {
  return metrics::counter("aura_person_requests_total",
                          "Meta's requests for a person, by what became of them",
                          {{"result", result}});
}

std::string told(const char* state, const std::string& words) {
  return std::string(R"({"state":")") + state + R"(","detail":")" + words + "\"}";
}

std::string page(const std::string& words) {
  return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width\">"
         "<title>Deletion of your data</title><h1>Deletion of your data</h1><p>" +
         words + "</p></html>";
}

}  // namespace

PersonRoutes::PersonRoutes(const PersonRouteOptions& options, PersonRequests& asked)
    : status_page_(without_slash(options.public_url) + kStatusPath + "?code="),
      facebook_(HmacSha256::of(options.app_secret)),
      instagram_(HmacSha256::of(options.instagram_app_secret.empty()
                                    ? options.app_secret
                                    : options.instagram_app_secret)),
      requests_(asked),
      genuine_(requests("genuine")),
      refused_(requests("refused")) {}

void PersonRoutes::add_routes(Router& router) {
  add(router, "/meta/fb/data-deletion", facebook_, &PersonRoutes::erase);
  add(router, "/meta/ig/data-deletion", instagram_, &PersonRoutes::erase);
  add(router, "/meta/fb/deauthorize", facebook_, &PersonRoutes::disconnect);
  add(router, "/meta/ig/deauthorize", instagram_, &PersonRoutes::disconnect);
  router.add(Method::get, kStatusPath, [this](Request&& request, const Responder& responder) {
    responder.reply(status(request));
  });
}

// The answer is the same for every kind of invalid request.
void PersonRoutes::add(Router& router, const std::string& path,
                       const std::optional<HmacSha256>& secret, Answer answer) {
  router.add(
      Method::post, path,
      [this, &secret, answer](Request&& request, const Responder& responder) {
        const Params form = parse_form(request.body);
        const auto given = form.all("signed_request");
        auto asked =
            secret && given.size() == 1 ? read_signed_request(given[0], *secret) : std::nullopt;
        if (!asked) {
          refused_.add();
          log::warn("signed_request_refused", {{"bytes", request.body.size()}});
          return responder.reply(problem(400, "invalid", "Invalid request",
                                         "signed_request is missing or not signed by the app."));
        }
        genuine_.add();
        (this->*answer)(std::move(*asked), responder);
      },
      RouteOptions{limits::kSignedRequestBytes});
}

void PersonRoutes::erase(PersonRequest request, const Responder& responder) {
  requests_.erase(std::move(request), [this, responder](const Result<std::string>& code) {
    if (!code) return responder.reply(try_again(code.error().code));
    responder.reply(Response::json(
        200, R"({"url":")" + status_page_ + *code + R"(","confirmation_code":")" + *code + "\"}"));
  });
}

void PersonRoutes::disconnect(PersonRequest request, const Responder& responder) {
  requests_.disconnect(std::move(request), [responder](const Result<std::monostate>& done) {
    responder.reply(done ? Response::text(200, "") : try_again(done.error().code));
  });
}

Response PersonRoutes::status(const Request& request) const {
  const auto code = request.query_param("code");
  const auto read = code ? requests_.state_of(*code) : std::nullopt;
  if (!read) return problem(read.error());
  const auto& state = *read;
  const std::string words =
      state ? "Your request came at " + rfc3339(state->received_at) +
                  ". What we held of you was deleted at " + rfc3339(state->completed_at) +
                  ": your login, its access, and your conversations. Kept is only the note of this "
                  "request, which does not name you."
            : "We know of no such request. Please check the code.";
  const int found = state ? 200 : 404;
  const bool json = request.headers.get("Accept").find("application/json") != std::string::npos;
  Response response = json ? Response::json(found, told(state ? "completed" : "not_found", words))
                           : Response::of(found, "text/html; charset=utf-8", page(words));
  return response.with("Cache-Control", "no-store")
      .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

}  // namespace aura::net
