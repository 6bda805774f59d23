#include "net/providers/whatsapp/whatsapp_adapter.h"

#include <utility>

#include "net/http.h"
#include "net/providers/graph_usage.h"
#include "net/providers/lenient_json.h"
#include "net/providers/whatsapp/delivery_errors.h"
#include "net/providers/whatsapp/normalise.h"
#include "net/providers/whatsapp/outgoing.h"

namespace aura::net::whatsapp {
namespace {

constexpr Millis kWindow = 24 * 60 * 60 * 1000;

// Per contact one message per 6 seconds on average, bursts of 45; per number 80 per second, or 20
// if the owner's phone app uses it too ("coexistence").
constexpr SendLimits kLimits{.per_second = 80,
                             .beside_phone_app = 20,
                             .pair_interval = 6000,
                             .pair_burst = 45,
                             .echo_wait = 60'000,
                             .part_wait = 20'000};

std::string read_mark(const std::string& message, bool typing) {
  return json_object([&](JsonWriter& writer) {
    put(writer, "messaging_product", "whatsapp");
    put(writer, "status", "read");
    put(writer, "message_id", message);
    if (typing) put_object(writer, "typing_indicator", [&] { put(writer, "type", "text"); });
  });
}

}  // namespace

WhatsAppAdapter::WhatsAppAdapter(Options options) : options_(std::move(options)) {
  options_.graph_url = without_slash(std::move(options_.graph_url));
  if (!options_.app_secret.empty()) proof_.emplace(options_.app_secret);
}

Normalised WhatsAppAdapter::normalise(std::string_view payload) const {
  return normalise_item(payload);
}

ProviderCall WhatsAppAdapter::get(const api::Credentials& credentials, const std::string& path,
                                  const std::string& query) const {
  ProviderCall out;
  out.method = "GET";
  out.url = options_.graph_url + "/" + options_.api_version + "/" + path;
  const char* separator = "?";
  if (!query.empty()) {
    out.url += separator + query;
    separator = "&";
  }
  if (proof_) {
    out.url += separator + ("appsecret_proof=" + proof_->sign_hex(credentials.access_token()));
  }
  out.headers = {{"Authorization", "Bearer " + credentials.access_token()}};
  return out;
}

ProviderCall WhatsAppAdapter::post(const api::Credentials& credentials, std::string body) const {
  ProviderCall out =
      get(credentials, percent_encode(credentials.phone_number_id()) + "/messages", {});
  out.method = "POST";
  out.headers.emplace_back("Content-Type", "application/json");
  out.body = std::move(body);
  return out;
}

std::vector<ProviderCall> WhatsAppAdapter::compose(const OutboundMessage& message,
                                                   const api::Credentials& credentials) const {
  const std::vector<Part> parts = parts_of(message);
  std::vector<ProviderCall> calls;
  calls.reserve(parts.size());
  for (const Part& part : parts) {
    calls.push_back(post(credentials, send_body(message, part, calls.empty())));
  }
  return calls;
}

std::string_view WhatsAppAdapter::app(const api::Credentials&) const { return kFacebookApp; }

std::optional<ProviderCall> WhatsAppAdapter::compose_typing(const std::string& /*recipient*/,
                                                            const api::Credentials&) const {
  return std::nullopt;
}

std::optional<ProviderCall> WhatsAppAdapter::compose_typing_below(
    const std::string& /*recipient*/, const std::string& last_inbound,
    const api::Credentials& credentials) const {
  if (last_inbound.empty()) return std::nullopt;
  return post(credentials, read_mark(last_inbound, true));
}

std::optional<ProviderCall> WhatsAppAdapter::compose_read(
    const std::string& /*recipient*/, const std::string& external_id,
    const api::Credentials& credentials) const {
  if (external_id.empty()) return std::nullopt;
  return post(credentials, read_mark(external_id, false));
}

std::optional<ProviderCall> WhatsAppAdapter::compose_reaction(
    const std::string& recipient, const std::string& external_id, const std::string& emoji,
    const api::Credentials& credentials) const {
  OutboundMessage message;
  message.recipient = recipient;
  const Part part{"reaction", json_object([&](JsonWriter& writer) {
                    put(writer, "message_id", external_id);
                    put(writer, "emoji", emoji);
                  })};
  return post(credentials, send_body(message, part, true));
}

Result<std::string> WhatsAppAdapter::account_of(const api::Credentials& credentials) const {
  if (credentials.phone_number_id().empty()) {
    return fail(Errc::invalid,
                "A WhatsApp channel needs phone_number_id, the id (not the digits) of the number.",
                "/credentials/phone_number_id");
  }
  if (credentials.business_account_id().empty()) {
    return fail(Errc::invalid,
                "A WhatsApp channel needs business_account_id, the id of the WhatsApp Business "
                "Account that the number is in.",
                "/credentials/business_account_id");
  }
  if (credentials.access_token().empty()) {
    return fail(Errc::invalid,
                "A WhatsApp channel needs access_token, the token of a system user or business.",
                "/credentials/access_token");
  }
  return credentials.phone_number_id();
}

std::string WhatsAppAdapter::business_of(const api::Credentials& credentials) const {
  return credentials.business_account_id();
}

std::optional<Millis> WhatsAppAdapter::window_length() const { return kWindow; }

std::vector<api::QuickReply> WhatsAppAdapter::numbered_choices(
    const OutboundMessage& message) const {
  return whatsapp::numbered_choices(message);
}

Result<void> WhatsAppAdapter::check(const OutboundMessage& message) const {
  return check_message(message);
}

SendLimits WhatsAppAdapter::limits() const { return kLimits; }

std::optional<ProviderCall> WhatsAppAdapter::compose_probe(
    const api::Credentials& credentials) const {
  return get(credentials, percent_encode(credentials.phone_number_id()),
             "fields=display_phone_number,verified_name,quality_rating");
}

// A valid token returns the number's id; a dead one an error code for reconnect.
TokenState WhatsAppAdapter::read_token(const ProviderReply& reply, Millis /*now*/) const {
  TokenState out;
  const LenientJson json(reply.body);
  if (reply.status == 200 && json.root().has("id")) {
    out.kind = TokenState::Kind::alive;
    out.accounts.push_back(json.root().text("id"));
    return out;
  }
  if (reply.status == 0) return out;
  const SendOutcome outcome = classify(reply);
  if (outcome.kind == SendOutcome::Kind::reconnect) {
    out.kind = TokenState::Kind::dead;
    out.detail = outcome.error_detail;
  }
  return out;
}

}  // namespace aura::net::whatsapp
