#include "net/providers/meta/graph_adapter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "net/http.h"
#include "net/providers/graph_usage.h"
#include "net/providers/meta/echo_content.h"
#include "net/providers/meta/normalise.h"
#include "net/providers/meta/send_check.h"
#include "net/providers/meta/send_parts.h"

namespace aura::net::meta {
namespace {

constexpr Millis kDay = 24 * 60 * 60 * 1000;
constexpr Millis kWindow = kDay;
constexpr Millis kHumanWindow = 7 * kDay;

std::string to_person(const std::string& id) {
  return R"({"recipient":{"id":)" + quoted_json(id) + "}";
}

std::string recipient_of(const OutboundMessage& message) {
  if (message.comment_id.empty()) return to_person(message.recipient);
  return R"({"recipient":{"comment_id":)" + quoted_json(message.comment_id) + "}";
}

// After the window only a person may write, which requires the tag; a private reply needs no
// window.
std::string type_of(const OutboundMessage& message, const Product& product) {
  if (message.window_closed && message.written_by_person && message.comment_id.empty()) {
    return R"(,"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT")";
  }
  return product.names_messaging_type ? R"(,"messaging_type":"RESPONSE")" : "";
}

std::string send_body(const OutboundMessage& message, const Product& product,
                      const std::string& part, bool first, bool last) {
  std::string out = recipient_of(message) + type_of(message, product) + R"(,"message":{)" + part +
                    R"(,"metadata":)" + quoted_json(message.message_id);
  if (last && !message.quick_replies.empty()) {
    out += R"(,"quick_replies":)" + quick_replies_json(message.quick_replies);
  }
  out += "}";
  if (first && !message.reply_to_external.empty() && message.comment_id.empty()) {
    out += R"(,"reply_to":{"mid":)" + quoted_json(message.reply_to_external) + "}";
  }
  return out + "}";
}

// Instagram's name for the emoji, or "" if there is none.
std::string_view reaction_name(std::string_view emoji) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kNames{{
      {"❤", "love"},
      {"❤️", "love"},
      {"😍", "love"},
      {"😮", "wow"},
      {"😯", "wow"},
      {"😢", "sad"},
      {"😭", "sad"},
      {"😠", "angry"},
      {"😡", "angry"},
      {"👍", "like"},
      {"😂", "laugh"},
      {"😆", "laugh"},
      {"😄", "laugh"},
  }};
  for (const auto& [known, name] : kNames) {
    if (known == emoji) return name;
  }
  return {};
}

}  // namespace

GraphAdapter::GraphAdapter(const Product& product, Options options)
    : product_(product), options_(std::move(options)) {
  options_.graph_url = without_slash(std::move(options_.graph_url));
  options_.instagram_url = without_slash(std::move(options_.instagram_url));
  if (!options_.app_secret.empty()) proof_.emplace(options_.app_secret);
}

Normalised GraphAdapter::normalise(std::string_view payload) const {
  return normalise_item(payload, options_.app_id, product_);
}

ProviderCall GraphAdapter::call(const Access& access, const char* method,
                                const std::string& path) const {
  ProviderCall out;
  out.method = method;
  const bool facebook = access.login == Access::Login::facebook;
  out.url = (facebook ? options_.graph_url : options_.instagram_url) + "/" + options_.api_version +
            "/" + path;
  if (facebook && proof_) {
    out.url += path.find('?') == std::string::npos ? "?" : "&";
    out.url += "appsecret_proof=" + proof_->sign_hex(access.token);
  }
  out.headers = {{"Authorization", "Bearer " + access.token}};
  return out;
}

ProviderCall GraphAdapter::send(const Access& access, std::string body) const {
  ProviderCall out = call(access, "POST", percent_encode(access.node) + "/messages");
  out.headers.emplace_back("Content-Type", "application/json");
  out.body = std::move(body);
  return out;
}

std::vector<ProviderCall> GraphAdapter::compose(const OutboundMessage& message,
                                                const api::Credentials& credentials) const {
  const Access with = access(credentials);
  const std::vector<std::string> parts = parts_of(message, product_);
  std::vector<ProviderCall> calls;
  calls.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    calls.push_back(
        send(with, send_body(message, product_, parts[i], i == 0, i + 1 == parts.size())));
  }
  return calls;
}

bool GraphAdapter::shows_part(const ChannelEvent& echo, const OutboundMessage& message,
                              std::size_t part) const {
  if (product_.names_echoes) return false;
  const std::vector<std::string> parts = parts_of(message, product_);
  return part < parts.size() && shows(echo, parts[part]);
}

std::optional<ProviderCall> GraphAdapter::compose_typing(
    const std::string& recipient, const api::Credentials& credentials) const {
  return send(access(credentials), to_person(recipient) + R"(,"sender_action":"typing_on"})");
}

std::optional<ProviderCall> GraphAdapter::compose_read(const std::string& recipient,
                                                       const std::string& /*external_id*/,
                                                       const api::Credentials& credentials) const {
  return send(access(credentials), to_person(recipient) + R"(,"sender_action":"mark_seen"})");
}

std::optional<ProviderCall> GraphAdapter::compose_reaction(
    const std::string& recipient, const std::string& external_id, const std::string& emoji,
    const api::Credentials& credentials) const {
  if (!product_.reactions) return std::nullopt;
  std::string body = to_person(recipient);
  if (emoji.empty()) {
    body +=
        R"(,"sender_action":"unreact","payload":{"message_id":)" + quoted_json(external_id) + "}}";
    return send(access(credentials), std::move(body));
  }
  const std::string_view name = reaction_name(emoji);
  if (name.empty()) return std::nullopt;
  body += R"(,"sender_action":"react","payload":{"message_id":)" + quoted_json(external_id) +
          R"(,"reaction":)" + quoted_json(name) + "}}";
  return send(access(credentials), std::move(body));
}

std::vector<api::QuickReply> GraphAdapter::numbered_choices(const OutboundMessage& message) const {
  return meta::numbered_choices(message, product_);
}

std::string_view GraphAdapter::reactions() const { return product_.reactions ? "❤ 😮 😢 😡 👍 😆" : ""; }

Result<void> GraphAdapter::check(const OutboundMessage& message) const {
  return check_send(message, product_);
}

// Instagram's own login uses a separate app.
std::string_view GraphAdapter::app(const api::Credentials& credentials) const {
  return access(credentials).login == Access::Login::facebook ? kFacebookApp : "instagram";
}

SendLimits GraphAdapter::limits() const {
  constexpr Millis kTrouble = 15 * 60 * 1000;
  // 10 a second, and (with the burst) 750 in any hour.
  constexpr Millis kMediaInterval = 100;
  constexpr Millis kPrivateReplyInterval = 5'000;
  return {.media_interval = kMediaInterval,
          .private_reply_interval = kPrivateReplyInterval,
          .private_reply_burst = 30,
          .trouble = kTrouble};
}

// On Messenger images are as fast as texts.
SendKind GraphAdapter::kind_of(const OutboundMessage& message) const {
  if (!message.comment_id.empty()) return SendKind::private_reply;
  const bool media = std::any_of(
      message.attachments.begin(), message.attachments.end(), [&](const auto& attachment) {
        const std::string& type = attachment.type();
        return type == "audio" || type == "video" ||
               (product_.all_media_slow && goes_as_file(attachment, product_));
      });
  return media ? SendKind::media : SendKind::plain;
}

std::optional<Millis> GraphAdapter::window_length() const { return kWindow; }
std::optional<Millis> GraphAdapter::human_window_length() const { return kHumanWindow; }

}  // namespace aura::net::meta
