#include "net/webhooks/meta.h"

#include <utility>
#include <vector>

#include "config/limits.h"
#include "net/webhooks/envelope.h"
#include "net/webhooks/try_again.h"
#include "runtime/fault_points.h"
#include "runtime/log.h"

namespace aura::net {
namespace {

constexpr std::string_view kMetaSignature = "X-Hub-Signature-256";
constexpr std::size_t kChallengeBytes = 256;

metrics::Counter meta_bodies(const char* result) {
  return metrics::counter("aura_webhook_bodies_total", "Webhook bodies by what became of them",
                          {{"source", "meta"}, {"result", result}});
}

}  // namespace

MetaWebhook::MetaWebhook(const MetaWebhookOptions& options, Ingress& ingress)
    : verify_token_(options.verify_token),
      secret_(HmacSha256::of(options.app_secret)),
      previous_secret_(HmacSha256::of(options.previous_app_secret)),
      ingress_(ingress),
      accepted_(meta_bodies("accepted")),
      forged_(meta_bodies("bad_signature")),
      malformed_(meta_bodies("not_json")),
      refused_(meta_bodies("refused")) {}

void MetaWebhook::add_routes(Router& router) {
  router.add(Method::get, "/webhooks/meta", [this](Request&& request, const Responder& responder) {
    responder.reply(handshake(request));
  });
  router.add(
      Method::post, "/webhooks/meta",
      [this](Request&& request, const Responder& responder) {
        receive(std::move(request), responder);
      },
      RouteOptions{limits::kWebhookBodyBytes});
}

Response MetaWebhook::handshake(const Request& request) const {
  // Meta encodes it as a form: '+' is a space.
  const Params query = parse_form(request.raw_query());
  const std::string* mode = query.find("hub.mode");
  const std::string* challenge = query.find("hub.challenge");
  const std::string* token = query.find("hub.verify_token");
  if (!mode || !challenge || !token || *mode != "subscribe") {
    return problem(400, "invalid", "Invalid request",
                   "The handshake needs hub.mode=subscribe, hub.challenge and hub.verify_token.");
  }
  if (challenge->empty() || challenge->size() > kChallengeBytes) {
    return problem(400, "invalid", "Invalid request", "hub.challenge must have 1 to 256 bytes.");
  }
  if (verify_token_.empty() || !constant_time_equal(*token, verify_token_)) {
    log::warn("webhook_handshake_refused", {{"source", "meta"}});
    return problem(403, "forbidden", "Forbidden",
                   "hub.verify_token is not the one of channels.meta.verify_token.");
  }
  // The caller chooses the challenge's text, so the type must not let a browser render it as HTML.
  return Response::of(200, "text/plain", *challenge);
}

// Always evaluates both secrets, so that the time taken does not reveal which one signed.
bool MetaWebhook::genuine(const Request& request) const {
  if (request.headers.count(kMetaSignature) != 1) return false;
  const std::string_view signature = request.headers.get(kMetaSignature);
  const bool now = secret_ && secret_->verify_hex(request.body, signature);
  const bool before = previous_secret_ && previous_secret_->verify_hex(request.body, signature);
  return now || before;
}

void MetaWebhook::receive(Request&& request, const Responder& responder) {
  if (request.body.size() > limits::kWebhookBodyBytes) {
    return responder.reply(
        problem(413, "too-large", "Body too large", "A webhook body may have 8 MiB at most."));
  }
  const std::string_view encoding = request.headers.get("Content-Encoding");
  if (!encoding.empty() && !equals_ignoring_case(encoding, "identity")) {
    return responder.reply(problem(415, "unsupported-encoding", "Unsupported encoding",
                                   "The signature covers the plain body: send it unencoded."));
  }
  if (!genuine(request)) {
    forged_.add();
    log::warn("webhook_signature_wrong", {{"source", "meta"}, {"bytes", request.body.size()}});
    return responder.reply(problem(401, "bad-signature", "Bad signature",
                                   "X-Hub-Signature-256 is missing or does not fit the body."));
  }
  fault::point("S1_verified");
  auto items = slice_meta_body(request.body);
  if (!items) {
    malformed_.add();
    return responder.reply(problem(400, "not-json", "Not JSON", items.error().detail));
  }
  ingress_.accept(std::move(*items),
                  [responder, accepted = accepted_, refused = refused_](Errc result) mutable {
                    if (result == Errc::ok) {
                      accepted.add();
                      return responder.reply(Response::text(200, ""));
                    }
                    refused.add();
                    responder.reply(try_again(result));
                  });
}

}  // namespace aura::net
