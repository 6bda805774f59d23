#include "net/providers/sms/normalise.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "net/providers/lenient_json.h"
#include "net/providers/phone_number.h"
#include "net/providers/sms/twilio_errors.h"
#include "runtime/ports/owner_notice.h"

namespace aura::net::sms {
namespace {

constexpr std::int64_t kMostMedia = 10;

// The posted parameters by name.
class Params {
 public:
  explicit Params(JsonView params) : params_(params) {}
  std::string get(std::string_view name) const {
    const JsonView value = params_.get(name);
    return value.is_array() ? value.at(0).text() : value.text();
  }
  std::string first_of(std::initializer_list<std::string_view> names) const {
    for (const auto name : names) {
      if (std::string value = get(name); !value.empty()) return value;
    }
    return {};
  }

 private:
  JsonView params_;
};

std::string_view prefix_of(std::string_view address) {
  const auto colon = address.find(':');
  return colon == std::string_view::npos ? std::string_view{} : address.substr(0, colon + 1);
}

ContactIdentity identity_of(const std::string& thread) {
  const std::string value = thread.substr(prefix_of(thread).size());
  const bool phone = value.starts_with('+') || all_digits(value);
  return {phone ? "phone" : "username", value};
}

std::string attachment_type(std::string_view mime) {
  for (const std::string_view type : {"image", "audio", "video"}) {
    if (mime.starts_with(type) && mime.substr(type.size()).starts_with('/')) {
      return std::string(type);
    }
  }
  return "file";
}

void add_media(const Params& params, ChannelEvent& event) {
  const std::string told = params.get("NumMedia");
  std::int64_t count = kMostMedia;  // if not given: as many as there are
  std::from_chars(told.data(), told.data() + told.size(), count);
  for (std::int64_t i = 0; i < std::min(count, kMostMedia); ++i) {
    const std::string url = params.get("MediaUrl" + std::to_string(i));
    if (url.empty()) continue;
    api::Attachment attachment;
    const std::string mime = params.get("MediaContentType" + std::to_string(i));
    attachment.set_type(attachment_type(mime));
    attachment.set_url(url);
    if (!mime.empty()) attachment.set_mime_type(mime);
    event.attachments.push_back(std::move(attachment));
    MediaSource source;
    source.url = url;
    source.authorised = true;
    event.media.push_back(std::move(source));
  }
}

void add_location(const Params& params, ChannelEvent& event) {
  const auto number = [&](const char* name) -> std::optional<double> {
    const std::string text = params.get(name);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
  };
  const auto latitude = number("Latitude");
  const auto longitude = number("Longitude");
  if (!latitude || !longitude) return;
  api::Attachment place;
  place.set_type("location");
  place.set_latitude(*latitude);
  place.set_longitude(*longitude);
  if (const std::string label = params.get("Label"); !label.empty()) place.set_title(label);
  if (const std::string address = params.get("Address"); !address.empty())
    place.set_address(address);
  event.attachments.push_back(std::move(place));
  event.media.emplace_back();
}

// If Twilio handles opt-outs itself, it reports the meaning of the keyword; otherwise our lists
// decide.
Keyword keyword_of(const Params& params, const std::string& text, const Keywords& keywords) {
  Keyword word = keywords.match(text);
  const std::string told = params.get("OptOutType");
  if (told.empty()) return word;
  Keyword out;
  out.word = word.word.empty() ? told : word.word;
  if (told == "STOP") out.meaning = Keyword::Meaning::stop;
  if (told == "START") out.meaning = Keyword::Meaning::start;
  if (told == "HELP") out.meaning = Keyword::Meaning::help;
  return out.meaning == Keyword::Meaning::none ? word : out;
}

ChannelEvent consent_event(const ChannelEvent& about, bool granted, std::string word) {
  ChannelEvent event;
  event.kind = ChannelEvent::Kind::consent;
  event.external_id = about.external_id + ":consent";
  event.thread = about.thread;
  event.at = about.at;
  event.target_id = about.external_id;
  event.identities = about.identities;
  event.consent = ConsentChange{ConsentChange::Scope::all, granted, std::move(word)};
  return event;
}

Normalised message(const Params& params, const std::string& sid, Millis at,
                   const Keywords& keywords) {
  Normalised out;
  const std::string from = params.get("From");
  if (from.empty()) {
    out.not_understood = "a message without From";
    return out;
  }
  ChannelEvent event;
  event.kind = ChannelEvent::Kind::message;
  event.external_id = sid;
  event.thread = thread_of(from);
  event.at = at;
  event.text = params.first_of({"Body", "ButtonText"});
  event.payload = params.get("ButtonPayload");
  event.reply_to = params.get("OriginalRepliedMessageSid");
  event.contact_name = params.get("ProfileName");
  event.identities.push_back(identity_of(event.thread));
  const std::string segments = params.get("NumSegments");
  std::from_chars(segments.data(), segments.data() + segments.size(), event.segments);
  add_media(params, event);
  add_location(params, event);
  const Keyword word = keyword_of(params, params.get("Body"), keywords);
  // Twilio answers these keywords itself, and a sender that is a name takes no answers.
  const bool answered = word.meaning != Keyword::Meaning::none && !word.conversational;
  event.standby = answered || is_sender_name(event.thread);
  out.events.push_back(event);
  // The consent event follows the message: while the message is handled, the contact still counts
  // as opted out, so a "yes" gets no answer.
  if (word.meaning == Keyword::Meaning::stop || word.meaning == Keyword::Meaning::start) {
    out.events.push_back(consent_event(event, word.meaning == Keyword::Meaning::start, word.word));
  }
  return out;
}

std::optional<api::MessageStatus> reached(std::string_view status) {
  if (status == "sent" || status == "partially_delivered") return api::MESSAGE_STATUS_SENT;
  if (status == "delivered") return api::MESSAGE_STATUS_DELIVERED;
  if (status == "read") return api::MESSAGE_STATUS_READ;
  if (status == "undelivered" || status == "failed" || status == "canceled") {
    return api::MESSAGE_STATUS_FAILED;
  }
  return std::nullopt;
}

bool still_waits(std::string_view status) {
  return status == "accepted" || status == "scheduled" || status == "queued" || status == "sending";
}

void explain(const Params& params, std::string_view status, ChannelEvent& event, Normalised& out) {
  const std::string text = params.get("ErrorCode");
  std::int64_t code = 0;
  std::from_chars(text.data(), text.data() + text.size(), code);
  event.provider_code = text;
  if (code == 0) {
    event.error_code = status == "canceled" ? "canceled" : "carrier_error";
    event.error_detail = status == "canceled"
                             ? "The message was canceled before it was sent."
                             : "The carrier could not deliver this message and does not say why.";
    return;
  }
  const Verdict verdict = verdict_of(code, 0);
  event.error_code = verdict.code;
  event.error_detail = verdict.detail;
  if (code == kQueueOverflow)  // here it is not tried until it has gone
    event.error_detail = "Twilio's queue for this number was full, so the message was not sent.";
  event.resend_after = verdict.resend;
  event.file_refused = verdict.of_file;
  if (verdict.notice == Verdict::Notice::opted_out) {
    out.events.push_back(consent_event(event, false, text));
  }
  if (verdict.notice != Verdict::Notice::owner) return;
  // What ends or pauses sending does so as the answer of a call.
  ChannelEvent notice = owner_notice(verdict.code, text, verdict.detail, event.at,
                                     verdict.kind == SendOutcome::Kind::reconnect);
  if (until_next_day(code)) notice.account->paused_until = next_day(event.at);
  notice.thread = event.thread;
  out.events.push_back(std::move(notice));
}

// The callback URL contains our message id, which proves that Twilio has the message even if its
// answer to our call was lost.
ChannelEvent own_echo(const ChannelEvent& status, const std::string& message_id) {
  ChannelEvent event;
  event.kind = ChannelEvent::Kind::message;
  event.echo = true;
  event.own_echo = true;
  event.external_id = status.target_id;
  event.thread = status.thread;
  event.at = status.at;
  event.metadata = message_id;
  return event;
}

Normalised status(const Params& params, const std::string& sid, const std::string& status,
                  const std::string& message_id, Millis at) {
  Normalised out;
  const auto to = reached(status);
  if (!to && !still_waits(status)) {
    out.not_understood = "an unknown MessageStatus";
    return out;
  }
  const std::string recipient = params.get("To");
  if (recipient.empty()) {
    out.not_understood = "a status without To";
    return out;
  }
  ChannelEvent event;
  event.kind = ChannelEvent::Kind::status;
  event.external_id = sid + ":" + status;
  event.target_id = sid;
  event.thread = thread_of(recipient);
  event.at = at;
  if (!message_id.empty()) out.events.push_back(own_echo(event, message_id));
  if (!to) {  // only proves that Twilio has it
    if (out.events.empty()) out.ignored = "not_sent_yet";
    return out;
  }
  event.status = *to;
  const std::size_t place = out.events.size();
  if (*to == api::MESSAGE_STATUS_FAILED) explain(params, status, event, out);
  out.events.insert(out.events.begin() + static_cast<std::ptrdiff_t>(place), std::move(event));
  return out;
}

}  // namespace

bool is_sender_name(std::string_view address) {
  constexpr auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return prefix_of(address).empty() && std::any_of(address.begin(), address.end(), is_letter);
}

std::string thread_of(std::string_view address) {
  const std::string_view prefix = prefix_of(address);
  const std::string_view number = address.substr(prefix.size());
  std::string out(prefix);
  if (number.starts_with('+')) {
    if (auto identity = phone_identity(number)) return out + *identity;
  }
  return out + std::string(number);
}

Normalised normalise_item(std::string_view payload, const Keywords& keywords) {
  Normalised out;
  const LenientJson json(payload);
  const JsonView root = json.root();
  const JsonView posted = root.get("params");
  if (!posted.is_object()) {
    out.not_understood = "no parameters";
    return out;
  }
  const Params params(posted);
  const std::string sid = params.first_of({"MessageSid", "SmsSid", "SmsMessageSid"});
  if (sid.empty()) {
    out.not_understood = "no MessageSid";
    return out;
  }
  const Millis at = root.integer("at").value_or(0);
  const std::string state = params.first_of({"MessageStatus", "SmsStatus"});
  if (state.empty() || state == "received" || state == "receiving") {
    return message(params, sid, at, keywords);
  }
  return status(params, sid, state, root.get("query").text("m"), at);
}

}  // namespace aura::net::sms
