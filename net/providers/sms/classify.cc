// Classifies Twilio's answers to sends, to lookups of cut-off sends, and to account checks.
#include <algorithm>
#include <ctime>

#include "net/providers/lenient_json.h"
#include "net/providers/reply_headers.h"
#include "net/providers/sms/outgoing.h"
#include "net/providers/sms/sms_adapter.h"
#include "net/providers/sms/twilio_calls.h"
#include "net/providers/sms/twilio_errors.h"
#include "runtime/ids.h"

namespace aura::net::sms {
namespace {

using Kind = SendOutcome::Kind;

constexpr Millis kMillisPerSecond = 1000;
constexpr Millis kDay = 24 * 3600 * kMillisPerSecond;
constexpr Millis kLookupMargin = 120 * kMillisPerSecond;  // between Twilio's clock and ours

// "Mon, 21 Sep 2026 14:13:20 +0000" (or GMT), as HTTP and Twilio's resources write times.
std::optional<Millis> rfc_2822(std::string_view text) {
  std::tm parts{};
  const std::string copy(text);
  const char* end = strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S", &parts);
  if (end == nullptr) return std::nullopt;
  const std::string_view zone(end);
  if (zone != " +0000" && zone != " GMT") return std::nullopt;
  return Millis{timegm(&parts)} * kMillisPerSecond;
}

std::optional<Millis> to_midnight(const ProviderReply& reply) {
  const auto now = rfc_2822(header_of(reply, "Date"));
  if (!now) return std::nullopt;
  return kDay - *now % kDay;
}

SendOutcome no_answer(const ProviderReply& reply) {
  SendOutcome out;
  out.kind = reply.maybe_sent ? Kind::ambiguous : Kind::retry;
  out.error_code = reply.maybe_sent ? "no_answer" : "not_reached";
  out.error_detail = reply.maybe_sent
                         ? "Twilio did not answer, so the message may or may not have been taken."
                         : "Twilio could not be reached; the message is tried again.";
  return out;
}

SendOutcome refused(const ProviderReply& reply, std::int64_t code) {
  const Verdict verdict = verdict_of(code, reply.status);
  SendOutcome out;
  out.kind = verdict.kind;
  out.error_code = verdict.code;
  out.error_detail = verdict.detail;
  out.file_refused = verdict.of_file;
  out.for_owner = verdict.notice == Verdict::Notice::owner && out.kind != Kind::reconnect;
  out.provider_code = code == 0 ? "http " + std::to_string(reply.status) : std::to_string(code);
  const auto told = retry_after(reply);
  // An answer with Retry-After means that the message was not accepted.
  if (out.kind == Kind::ambiguous && told) out.kind = Kind::retry;
  if (out.kind == Kind::retry || out.kind == Kind::pause) {
    out.retry_after_ms = told;
    if (!told && verdict.wait != 0) out.retry_after_ms = verdict.wait;
    if (until_next_day(code)) {
      if (const auto midnight = to_midnight(reply)) out.retry_after_ms = midnight;
    }
  }
  return out;
}

bool is_success(const ProviderReply& reply) { return reply.status >= 200 && reply.status < 300; }

// The creation time of our message, from its id.
Millis made_at(const OutboundMessage& message) {
  const auto id = parse_id(IdType::message, message.message_id);
  return id ? id_time(*id) : 0;
}

struct Listed {
  std::string sid, body;
};

// Outbound messages in Twilio's list since the given time, newest first.
std::vector<Listed> listed_since(const JsonView& list, Millis since) {
  std::vector<Listed> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const JsonView it = list.at(i);
    const auto made = rfc_2822(it.text("date_created"));
    const bool ours = it.text("direction").starts_with("outbound");
    if (ours && made && *made >= since) out.push_back({it.text("sid"), it.text("body")});
  }
  return out;
}

}  // namespace

SendOutcome SmsAdapter::classify(const ProviderReply& reply) const {
  if (reply.status == 0) return no_answer(reply);
  const LenientJson json(reply.body);
  const JsonView root = json.root();
  if (!is_success(reply)) return refused(reply, root.integer("code").value_or(0));
  const std::string status = root.text("status");
  if (status == "failed" || status == "undelivered" || status == "canceled") {
    return refused(reply, root.integer("error_code").value_or(0));
  }
  SendOutcome out;
  out.kind = Kind::sent;
  out.external_id = root.text("sid");
  return out;
}

// Searches from the day the message was created, since the time of its first call is lost after a
// restart.
std::optional<ProviderCall> SmsAdapter::compose_lookup(const OutboundMessage& message,
                                                       const api::Credentials& credentials) const {
  const std::time_t day = (made_at(message) - kLookupMargin) / kMillisPerSecond;
  std::tm parts{};
  gmtime_r(&day, &parts);
  char date[16];
  std::strftime(date, sizeof date, "%Y-%m-%d", &parts);
  Form query;
  query.add("To", message.recipient);
  const std::string sender = sender_of(credentials);
  if (!sender.starts_with("MG")) query.add("From", sender);
  query.add("DateSent>", date);
  query.add("PageSize", "100");
  return get_call(
      account_url(options_.api_url, credentials) + "/Messages.json?" + std::move(query).text(),
      credentials);
}

// The message was sent if all of its parts are found. Each listed message matches one part only, so
// two equal parts need two messages.
SendOutcome SmsAdapter::classify_lookup(const OutboundMessage& message, const ProviderReply& reply,
                                        const IsTaken& is_taken) const {
  SendOutcome out;
  out.kind = Kind::retry;
  if (!is_success(reply)) {
    out.retry_after_ms = retry_after(reply);
    return out;
  }
  const LenientJson json(reply.body);
  auto found = listed_since(json.root().get("messages"), made_at(message) - kLookupMargin);
  out.kind = Kind::ambiguous;
  const Outgoing outgoing = outgoing_of(message);
  std::vector<std::string> texts = outgoing.texts;
  if (texts.empty()) texts.emplace_back();
  std::string sid;
  for (const std::string& text : texts) {
    const auto it = std::find_if(found.begin(), found.end(), [&](const Listed& listed) {
      return listed.body == text && !is_taken(listed.sid);
    });
    if (it == found.end()) return out;
    sid = it->sid;
    found.erase(it);
  }
  out.kind = Kind::sent;
  out.external_id = sid;
  return out;
}

std::optional<ProviderCall> SmsAdapter::compose_probe(const api::Credentials& credentials) const {
  const std::string account = account_url(options_.api_url, credentials);
  const std::string sender = sender_of(credentials);
  if (!sender.starts_with('+')) return get_call(account + ".json", credentials);
  Form query;
  query.add("PhoneNumber", sender);
  return get_call(account + "/IncomingPhoneNumbers.json?" + std::move(query).text(), credentials);
}

TokenState SmsAdapter::read_token(const ProviderReply& reply, Millis) const {
  TokenState out;
  const LenientJson json(reply.body);
  const JsonView root = json.root();
  if (!is_success(reply)) {
    const std::int64_t code = root.integer("code").value_or(0);
    const Verdict verdict = verdict_of(code, reply.status);
    // A 404 without a Twilio code may come from a proxy.
    const bool said = reply.status != 0 && (reply.status != 404 || code != 0);
    if (said && verdict.kind == Kind::reconnect) {
      out.kind = TokenState::Kind::dead;
      out.detail = verdict.detail;
    }
    return out;
  }
  out.kind = TokenState::Kind::alive;
  const JsonView numbers = root.get("incoming_phone_numbers");
  const std::string status = root.text("status");
  if (numbers.is_array() && numbers.size() == 0) {
    out.kind = TokenState::Kind::dead;
    out.detail = "This phone number does not belong to the Twilio account.";
  } else if (numbers.is_array() && numbers.at(0).get("capabilities").has("sms") &&
             !numbers.at(0).get("capabilities").flag("sms")) {
    out.kind = TokenState::Kind::dead;
    out.detail = "This phone number cannot send text messages.";
  } else if (status == "suspended" || status == "closed") {
    out.kind = TokenState::Kind::dead;
    out.detail = "Twilio has " + status + " this account; please look into Twilio's console.";
  }
  return out;
}

}  // namespace aura::net::sms
