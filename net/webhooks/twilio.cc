#include "net/webhooks/twilio.h"

#include <utility>

#include "config/limits.h"
#include "net/json.h"
#include "net/signature.h"
#include "net/webhooks/try_again.h"
#include "net/webhooks/twilio_item.h"
#include "net/webhooks/twilio_signature.h"
#include "runtime/fault_points.h"
#include "runtime/log.h"
#include "runtime/random.h"

namespace aura::net {
namespace {

constexpr std::string_view kTwilioSignature = "X-Twilio-Signature";

metrics::Counter twilio_bodies(const char* result) {
  return metrics::counter("aura_webhook_bodies_total", "Webhook bodies by what became of them",
                          {{"source", "twilio"}, {"result", result}});
}

enum class BodyKind { form, json, other };

BodyKind body_kind(const Request& request) {
  std::string_view type = request.headers.get("Content-Type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  if (equals_ignoring_case(type, "application/x-www-form-urlencoded")) return BodyKind::form;
  if (equals_ignoring_case(type, "application/json")) return BodyKind::json;
  // A request without body and Content-Type has no parameters.
  return type.empty() && request.body.empty() ? BodyKind::form : BodyKind::other;
}

// A form always names its account; a JSON body may name none, then its signature is proof enough.
bool is_of_account(const std::string& account, const Params& posted,
                   const rapidjson::Document* json) {
  if (json == nullptr) {
    const std::string* value = posted.find("AccountSid");
    return value != nullptr && *value == account;
  }
  const auto value = JsonRef(*json).optional_string("AccountSid");
  return value && (!*value || **value == account);
}

Response empty_twiml() { return Response::of(200, "text/xml", "<Response></Response>"); }

}  // namespace

TwilioWebhook::TwilioWebhook(std::string public_url, const WebhookKeys& keys, Ingress& ingress,
                             const Clock& clock)
    : public_url_(std::move(public_url)),
      decoy_token_(32, '\0'),
      keys_(keys),
      ingress_(ingress),
      clock_(clock),
      accepted_(twilio_bodies("accepted")),
      forged_(twilio_bodies("bad_signature")),
      malformed_(twilio_bodies("malformed")),
      refused_(twilio_bodies("refused")) {
  fill_random(reinterpret_cast<unsigned char*>(decoy_token_.data()), decoy_token_.size());
}

void TwilioWebhook::add_routes(Router& router) {
  const auto add = [&](const char* pattern, const char* source) {
    router.add(
        Method::post, pattern,
        [this, source](Request&& request, const Responder& responder) {
          receive(std::move(request), responder, source);
        },
        RouteOptions{limits::kTwilioBodyBytes});
  };
  add("/webhooks/twilio/{channel_id}", "twilio.message");
  add("/webhooks/twilio/{channel_id}/status", "twilio.status");
}

// An unknown channel takes the same time and gets the same response as a wrong signature.
Result<std::shared_ptr<const WebhookKey>> TwilioWebhook::proven(const Request& request,
                                                                const Params& posted) const {
  const auto id = parse_id(IdType::channel, request.param("channel_id"));
  auto found = id ? keys_.find(*id) : nullptr;
  if (!found) return found;
  auto& key = *found;
  if (key && (key->type != api::CHANNEL_TYPE_SMS || key->secrets.empty())) key.reset();
  // A body that is not a form is covered by its digest in the signed URL.
  const auto digest = request.query_param("bodySHA256");
  const std::string params = digest ? std::string() : signed_params(posted);
  const bool whole = !digest || is_body_digest(*digest, request.body);
  const bool genuine = verify_twilio_signature(
      key ? key->secrets : std::vector<std::string>{decoy_token_},
      signed_addresses(public_url_, request.target), params, request.headers.get(kTwilioSignature));
  return genuine && whole ? key : nullptr;
}

void TwilioWebhook::refuse(const Request& request, const Responder& responder) {
  forged_.add();
  log::warn("webhook_signature_wrong", {{"source", "twilio"}, {"bytes", request.body.size()}});
  responder.reply(problem(403, "bad-signature", "Bad signature",
                          "X-Twilio-Signature is missing or does not fit this channel's account, "
                          "this address and these parameters."));
}

void TwilioWebhook::receive(Request&& request, const Responder& responder, const char* source) {
  if (request.body.size() > limits::kTwilioBodyBytes) {
    return responder.reply(problem(413, "too-large", "Body too large",
                                   "A webhook of Twilio may have 256 KiB at most."));
  }
  if (request.headers.count(kTwilioSignature) != 1) return refuse(request, responder);
  const std::string_view encoding = request.headers.get("Content-Encoding");
  const BodyKind kind = body_kind(request);
  if (kind == BodyKind::other ||
      (!encoding.empty() && !equals_ignoring_case(encoding, "identity"))) {
    return responder.reply(problem(415, "unsupported-encoding", "Unsupported body",
                                   "Send a form (application/x-www-form-urlencoded) or JSON, "
                                   "unencoded."));
  }
  const bool json = kind == BodyKind::json;
  const Params posted = json ? Params() : parse_form(request.body);
  // Only its digest covers a JSON body, so the digest is required.
  if (json && !request.query_param("bodySHA256")) return refuse(request, responder);
  const auto found = proven(request, posted);
  if (!found) {
    refused_.add();
    return responder.reply(try_again(found.error().code));
  }
  const auto& key = *found;
  if (!key) return refuse(request, responder);
  fault::point("S1_verified");
  Result<rapidjson::Document> document = rapidjson::Document();
  if (json) {
    document = parse_json(without_half_surrogates(request.body).value_or(request.body));
    if (!document || !document->IsObject()) {
      malformed_.add();
      return responder.reply(problem(400, "not-json", "Not JSON", "The body must be an object."));
    }
  }
  if (!is_of_account(key->provider_account, posted, json ? &*document : nullptr))
    return refuse(request, responder);
  InboundItem item;
  item.channel_type = api::CHANNEL_TYPE_SMS;
  item.account = key->account;
  item.source = source;
  item.payload = twilio_item(request, json ? request.body : params_json(posted), clock_.now_ms());
  std::vector<InboundItem> items;
  items.push_back(std::move(item));
  ingress_.accept(std::move(items),
                  [responder, accepted = accepted_, refused = refused_](Errc result) mutable {
                    if (result == Errc::ok) {
                      accepted.add();
                      return responder.reply(empty_twiml());
                    }
                    refused.add();
                    responder.reply(try_again(result));
                  });
}

}  // namespace aura::net
