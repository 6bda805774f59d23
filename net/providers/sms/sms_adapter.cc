#include "net/providers/sms/sms_adapter.h"

#include <algorithm>
#include <utility>

#include "net/client/http_client.h"
#include "net/http.h"
#include "net/providers/phone_number.h"
#include "net/providers/sms/normalise.h"
#include "net/providers/sms/outgoing.h"
#include "net/providers/sms/twilio_calls.h"

namespace aura::net::sms {
namespace {

bool is_loopback(std::string_view address) {
  const auto url = parse_url(address);
  return url && (url->host == "localhost" || url->host == "::1" || url->host.starts_with("127."));
}

// Adds From, or the messaging service that chooses the number. For a contact of another Twilio
// channel ("rcs:…") the sender gets the same prefix.
void add_sender(Form& form, const std::string& sender, std::string_view recipient) {
  if (sender.starts_with("MG")) return form.add("MessagingServiceSid", sender);
  const auto colon = recipient.find(':');
  const std::string prefix(colon == std::string_view::npos ? std::string_view{}
                                                           : recipient.substr(0, colon + 1));
  form.add("From", prefix + sender);
}

}  // namespace

SmsAdapter::SmsAdapter(Options options) : options_(std::move(options)) {
  while (options_.api_url.ends_with('/')) options_.api_url.pop_back();
  while (options_.public_url.ends_with('/')) options_.public_url.pop_back();
  // Twilio refuses messages whose callback URL it cannot reach (21609), so a local setup uses none.
  callbacks_ = !options_.public_url.empty() &&
               (!is_loopback(options_.public_url) || is_loopback(options_.api_url));
}

Normalised SmsAdapter::normalise(std::string_view payload) const {
  return normalise_item(payload, options_.keywords);
}

Normalised SmsAdapter::normalise_for(const api::Channel& channel, std::string_view payload) const {
  if (channel.opt_out_words().empty()) return normalise(payload);
  Keywords words = options_.keywords;
  for (const std::string& word : channel.opt_out_words()) words.add(word, Keyword::Meaning::stop);
  return normalise_item(payload, words);
}

std::vector<ProviderCall> SmsAdapter::compose(const OutboundMessage& message,
                                              const api::Credentials& credentials) const {
  const Outgoing outgoing = outgoing_of(message);
  const std::string sender = sender_of(credentials);
  const bool content = message.template_use && is_content_sid(message.template_use->name());
  const std::size_t parts = content || !outgoing.media.empty()
                                ? std::max<std::size_t>(outgoing.texts.size(), 1)
                                : outgoing.texts.size();
  std::vector<ProviderCall> calls;
  for (std::size_t i = 0; i < parts; ++i) {
    const bool last = i + 1 == parts;
    Form form;
    form.add("To", message.recipient);
    add_sender(form, sender, message.recipient);
    if (i < outgoing.texts.size()) form.add("Body", outgoing.texts[i]);
    if (last && content) {
      form.add("ContentSid", message.template_use->name());
      if (message.template_use->has_components())
        form.add("ContentVariables", message.template_use->components().json());
    }
    if (last) {
      for (const auto& url : outgoing.media) form.add("MediaUrl", url);
    }
    if (callbacks_ && !message.channel_id.empty()) {
      // Only the last part's callback carries the message id: it proves the whole message.
      form.add("StatusCallback", options_.public_url + "/webhooks/twilio/" + message.channel_id +
                                     "/status" + (last ? "?m=" + message.message_id : ""));
    }
    calls.push_back(post_form(account_url(options_.api_url, credentials) + "/Messages.json",
                              credentials, std::move(form)));
  }
  return calls;
}

std::optional<ProviderCall> SmsAdapter::compose_typing(const std::string&,
                                                       const api::Credentials&) const {
  return std::nullopt;
}

Result<std::string> SmsAdapter::account_of(const api::Credentials& credentials) const {
  if (!credentials.account_sid().starts_with("AC")) {
    return fail(Errc::invalid,
                "An SMS channel needs account_sid, the id of the Twilio account (it begins with "
                "AC).",
                "/credentials/account_sid");
  }
  if (credentials.auth_token().empty()) {
    return fail(Errc::invalid,
                "An SMS channel needs auth_token, the Twilio account's primary auth token.",
                "/credentials/auth_token");
  }
  if (credentials.api_key_sid().empty() != credentials.api_key_secret().empty()) {
    return fail(Errc::invalid, "api_key_sid and api_key_secret belong together: give both.",
                "/credentials/api_key_sid");
  }
  const std::string sender = sender_of(credentials);
  const bool service = sender.starts_with("MG");
  constexpr std::size_t kShortCode = 8;
  if (!service && !(sender.starts_with('+') && to_e164(sender)) &&
      !(all_digits(sender) && sender.size() <= kShortCode)) {
    return fail(Errc::invalid,
                "phone_number must be a number with its country code (+15550001111), a short code, "
                "or the id of a messaging service (MG…).",
                "/credentials/phone_number");
  }
  return sender;
}

std::optional<Millis> SmsAdapter::window_length() const { return std::nullopt; }

Result<void> SmsAdapter::check(const OutboundMessage& message) const {
  if (is_sender_name(message.recipient)) {
    return fail(Errc::unsupported, "This sender is a name and not a phone number (" +
                                       message.recipient + "): nobody can answer it by SMS.");
  }
  if (message.products && message.products->cards().empty()) {
    return fail(Errc::unsupported,
                "SMS has no catalog of its own: name items of yours, without a catalog_id.",
                "/products");
  }
  if (message.template_use && !is_content_sid(message.template_use->name())) {
    return fail(Errc::unsupported,
                "An SMS template is one of Twilio's content templates: its name must be HX and 32 "
                "hex digits.",
                "/template/name");
  }
  if (!message.comment_id.empty()) {
    return fail(Errc::unsupported, "SMS has no comments to answer.", "/comment_id");
  }
  for (std::size_t i = 0; i < message.attachments.size(); ++i) {
    const auto& it = message.attachments[i];
    if (it.url().empty() && !(it.has_latitude() && it.has_longitude())) {
      return fail(Errc::unsupported, "An attachment needs an address to be sent by SMS.",
                  "/attachments/" + std::to_string(i) + "/url");
    }
  }
  const Outgoing outgoing = outgoing_of(message);
  if (outgoing.texts.empty() && outgoing.media.empty() && !message.template_use) {
    return fail(Errc::invalid, "The message is empty.", "/text");
  }
  if (outgoing.texts.size() > kMessageParts) {
    return fail(Errc::unsupported,
                "This text takes " + std::to_string(outgoing.segments) + " SMS segments; at most " +
                    std::to_string(kMessageParts * kPartSegments) + " can be sent. Shorten it.",
                "/text");
  }
  return {};
}

// Twilio has its own queue per sender and paces it; a higher rate would only fill that queue.
SendLimits SmsAdapter::limits() const {
  SendLimits out;
  out.per_second = 5;
  out.in_flight = 4;
  out.pair_interval = 1000;
  out.pair_burst = static_cast<int>(kMessageParts);
  return out;
}

MediaTarget SmsAdapter::media_target(const MediaSource& source,
                                     const api::Credentials& credentials) const {
  MediaTarget out;
  out.url = source.url;
  if (source.authorised) {
    out.headers = get_call(source.url, credentials).headers;
    out.header_hosts = {"twilio.com"};
  }
  return out;
}

std::vector<api::QuickReply> SmsAdapter::numbered_choices(const OutboundMessage& message) const {
  return sms::numbered_choices(message);
}

std::optional<std::uint32_t> SmsAdapter::segments(const OutboundMessage& message) const {
  return static_cast<std::uint32_t>(outgoing_of(message).segments);
}

}  // namespace aura::net::sms
