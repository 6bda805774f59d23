#include "bench/sim/twilio_api.h"

#include <algorithm>
#include <ctime>

#include "bench/sim/graph_error.h"
#include "bench/sim/json_read.h"
#include "bench/sim/sms_segments.h"
#include "bench/support/digest.h"

namespace aura::bench {
namespace {

constexpr std::string_view kVersion = "/2010-04-01/";
constexpr std::size_t kDefaultPage = 50;

bool is_account_sid(std::string_view sid) {
  return sid.size() == 34 && sid.starts_with("AC") &&
         sid.find_first_not_of("0123456789abcdefABCDEF", 2) == sid.npos;
}

std::string rfc2822(std::int64_t ms) {
  const std::time_t seconds = ms / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[64];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &parts);
  return text;
}

std::string day_of(std::int64_t ms) {
  const std::time_t seconds = ms / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

std::string resource_json(const AcceptedSend& entry, const char* status) {
  const auto segments = entry.text.empty() ? 1 : sms_size(entry.text).parts;
  rapidjson::Document form;
  const bool read = parse_json(form, entry.message);
  const auto* media = read ? member(form, "MediaUrl") : nullptr;
  const auto service = read ? text_at(form, "MessagingServiceSid") : std::string{};
  const auto uri =
      std::string(kVersion) + "Accounts/" + entry.page_id + "/Messages/" + entry.message_id;
  return R"({"sid":")" + entry.message_id + R"(","account_sid":")" + entry.page_id +
         R"(","messaging_service_sid":)" + (service.empty() ? "null" : quoted_json(service)) +
         R"(,"from":)" + (entry.sender.empty() ? "null" : quoted_json(entry.sender)) + R"(,"to":)" +
         quoted_json(entry.recipient) + R"(,"body":)" + quoted_json(entry.text) + R"(,"status":")" +
         status + R"(","num_segments":")" + std::to_string(service.empty() ? segments : 0) +
         R"(","num_media":")" + std::to_string(media == nullptr ? 0 : media->Size()) +
         R"(","error_code":null,"error_message":null,"price":null,"price_unit":"USD",)"
         R"("direction":"outbound-api","date_created":")" +
         rfc2822(entry.time_ms) + R"(","date_updated":")" + rfc2822(entry.time_ms) +
         R"(","date_sent":)" +
         (std::string_view(status) == "queued" ? "null" : "\"" + rfc2822(entry.time_ms) + "\"") +
         R"(,"api_version":"2010-04-01","uri":")" + uri +
         R"(.json","subresource_uris":{"media":")" + uri + R"(/Media.json"}})";
}

TwilioError twilio_refusal(const Refusal& refusal, const Knobs& knobs) {
  switch (refusal.why) {
    case Refusal::Why::none:
    case Refusal::Why::window:  // SMS has no messaging window
      return {};
    case Refusal::Why::throttled:
    case Refusal::Why::account_rate:
    case Refusal::Why::pair_rate:
      return {429, 20429, "Too Many Requests"};
    case Refusal::Why::failing:
      return {knobs.error_status, knobs.error_code == 0 ? 20500 : knobs.error_code,
              knobs.error_message};
    case Refusal::Why::recipient:
      return {400, error_named(refusal.code).code, "as the knob recipient_errors says"};
  }
  return {};
}

// DateSent=, DateSent>= (which arrives as the name "DateSent>") and DateSent<=.
bool in_days(const HttpMessage& request, const std::string& day) {
  const auto target = request.target();
  if (const auto on = query_value(target, "DateSent"); on && on->substr(0, 10) != day) return false;
  if (const auto from = query_value(target, "DateSent>"); from && day < from->substr(0, 10)) {
    return false;
  }
  const auto to = query_value(target, "DateSent<");
  return !to || day <= to->substr(0, 10);
}

TwilioError not_found(std::string_view what) {
  return {404, 20404, "The requested resource " + std::string(what) + " was not found"};
}

}  // namespace

bool TwilioApi::is_own(std::string_view target) {
  return target.substr(0, target.find('?')).find(kVersion) != target.npos;
}

void TwilioApi::opted_out(const std::string& contact, bool out) {
  if (out) {
    opted_out_.insert(contact);
  } else {
    opted_out_.erase(contact);
  }
}

HttpAnswer TwilioApi::handle(const HttpMessage& request) {
  auto& faults = intake_.faults();
  if (faults.happens(faults.of(Channel::sms).reset_rate)) {
    HttpAnswer broken;
    broken.fate = HttpAnswer::Fate::reset;
    return broken;
  }
  auto path = request.target().substr(0, request.target().find('?'));
  path.remove_prefix(path.find(kVersion) + kVersion.size());
  Call call{request, {}, {}};
  if (path.starts_with("Accounts/")) {
    path.remove_prefix(9);
    const auto slash = path.find('/');
    call.account = path.substr(0, slash);
    if (slash != path.npos) call.resource = path.substr(slash + 1);
    if (call.account.ends_with(".json")) call.account.resize(call.account.size() - 5);
  }
  auto out = answer(call);
  out.delay = faults.latency(Channel::sms);
  return out;
}

// Accepts Basic AccountSid:AuthToken, or an API key SK…:secret.
TwilioError TwilioApi::check_caller(const Call& call) {
  const TwilioError refused{401, 20003, "Authenticate"};
  const auto& knobs = intake_.faults().of(Channel::sms);
  const auto header = call.request.header("Authorization").value_or("");
  if (!header.starts_with("Basic ") || knobs.expired_token) return refused;
  const auto pair = from_base64(header.substr(6));
  const auto colon = pair.find(':');
  if (colon == pair.npos || colon + 1 == pair.size()) return refused;
  const auto user = pair.substr(0, colon);
  if (!is_account_sid(call.account)) return not_found(call.account);
  if (user != call.account && !user.starts_with("SK")) return refused;
  const auto known = knobs.tokens.find(user);
  if (known != knobs.tokens.end() && known->second != pair.substr(colon + 1)) return refused;
  if (user == call.account) seen_tokens_[user] = pair.substr(colon + 1);
  return {};
}

std::string TwilioApi::token_of(const std::string& account) const {
  const auto& tokens = intake_.faults().of(Channel::sms).tokens;
  if (const auto given = tokens.find(account); given != tokens.end()) return given->second;
  const auto seen = seen_tokens_.find(account);
  return seen == seen_tokens_.end() ? std::string{} : seen->second;
}

HttpAnswer TwilioApi::answer(const Call& call) {
  if (const auto error = check_caller(call); error.code != 0) return refuse(error);
  const bool reads = call.request.method() == "GET";
  if (call.resource.empty() && reads) {
    return json_answer(R"({"sid":")" + call.account +
                       R"(","friendly_name":"Shop","status":"active","type":"Full"})");
  }
  if (call.resource == "Messages.json") return reads ? list(call) : send(call);
  if (call.resource.starts_with("IncomingPhoneNumbers")) return numbers(call);
  if (call.resource.starts_with("Messages/")) {
    auto rest = call.resource.substr(9);
    if (const auto at = rest.find("/Media/"); at != rest.npos) {
      return media(call, rest.substr(at + 7));
    }
    if (rest.ends_with(".json")) rest.remove_suffix(5);
    return message(call, rest);
  }
  return refuse(not_found(call.resource));
}

HttpAnswer TwilioApi::send(const Call& call) {
  AcceptedSend entry;
  entry.page_id = call.account;
  const auto form = parse_form(call.request.decoded_body());
  if (const auto error = parse_twilio(form, entry); error.code != 0) return refuse(error);
  if (opted_out_.contains(entry.recipient)) {
    return refuse(TwilioError{400, 21610, "Attempt to send to unsubscribed recipient"});
  }
  const auto& knobs = intake_.faults().of(Channel::sms);
  const auto refusal = intake_.refuses(entry, true);
  if (const auto error = twilio_refusal(refusal, knobs); error.code != 0) {
    auto out = refuse(error);
    out.extra_headers = intake_.retry_after(refusal, Channel::sms);
    return out;
  }
  const auto& kept = intake_.record(std::move(entry));
  auto out = json_answer(resource_json(kept, kept.sender.empty() ? "accepted" : "queued"), 201);
  if (!kept.answered) out.fate = HttpAnswer::Fate::close_silently;
  return out;
}

HttpAnswer TwilioApi::list(const Call& call) const {
  const auto target = call.request.target();
  const auto to = query_value(target, "To");
  const auto from = query_value(target, "From");
  const auto size = query_value(target, "PageSize");
  const auto most =
      size ? std::min<std::size_t>(1000, std::strtoul(size->c_str(), nullptr, 10)) : kDefaultPage;
  std::string body = R"({"messages":[)";
  std::size_t count = 0;
  const auto& entries = ledger_.entries();
  for (auto at = entries.rbegin(); at != entries.rend() && count < most; ++at) {
    const bool wanted = at->channel == Channel::sms && at->page_id == call.account &&
                        (!to || at->recipient == *to) && (!from || at->sender == *from) &&
                        in_days(call.request, day_of(at->time_ms));
    if (!wanted) continue;
    if (count++ > 0) body += ',';
    body += resource_json(*at, "sent");
  }
  return json_answer(body + R"(],"page":0,"page_size":)" + std::to_string(most) +
                     R"(,"next_page_uri":null})");
}

HttpAnswer TwilioApi::message(const Call& call, std::string_view sid) const {
  for (const auto& entry : ledger_.entries()) {
    if (entry.message_id != sid || entry.page_id != call.account) continue;
    return json_answer(resource_json(entry, "sent"));
  }
  return refuse(not_found(sid));
}

// A customer's media: the API redirects to another host, as Twilio's storage is on another host.
HttpAnswer TwilioApi::media(const Call& call, std::string_view id) {
  if (id.ends_with(".json")) id.remove_suffix(5);
  const auto& knobs = intake_.faults().of(Channel::sms);
  if (media_.find(std::string(id)) == nullptr || knobs.media_expired) {
    return refuse(not_found(id));
  }
  HttpAnswer out;
  if (call.request.method() == "DELETE") {
    media_.erase(std::string(id));
    out.status = 204;
    return out;
  }
  auto host = std::string(call.request.header("Host").value_or("127.0.0.1"));
  if (host.starts_with("127.0.0.1")) host.replace(0, 9, "localhost");
  out.status = 307;
  out.extra_headers = "Location: http://" + host + "/_media/sms/" + std::string(id) + "\r\n";
  return out;
}

// The account owns every number that is looked up. A number's sid is made of its digits; changes to
// the number are stored under the sid.
HttpAnswer TwilioApi::numbers(const Call& call) {
  const auto sid_of = [](const std::string& phone) {
    const std::string digits = phone.substr(phone.starts_with('+') ? 1 : 0);
    return "PN" + std::string(32 - std::min<std::size_t>(32, digits.size()), '0') + digits;
  };
  const auto resource = [&](const std::string& phone) {
    return R"({"sid":")" + sid_of(phone) + R"(","account_sid":")" + call.account +
           R"(","phone_number":)" + quoted_json(phone) + R"(,"sms_url":)" +
           quoted_json(webhooks_[sid_of(phone)]) +
           R"(,"capabilities":{"sms":true,"mms":true,"voice":true},"sms_method":"POST"})";
  };
  if (const auto slash = call.resource.find('/'); slash != call.resource.npos) {
    auto sid = call.resource.substr(slash + 1);
    if (sid.ends_with(".json")) sid.remove_suffix(5);
    const auto first = sid.size() > 2 ? sid.find_first_not_of('0', 2) : sid.npos;
    if (!sid.starts_with("PN") || first == sid.npos) return refuse(not_found(sid));
    if (call.request.method() == "POST") {
      const auto url = form_value(parse_form(call.request.decoded_body()), "SmsUrl");
      if (!url.empty()) webhooks_[std::string(sid)] = url;
    }
    return json_answer(resource("+" + std::string(sid.substr(first))));
  }
  const auto number = query_value(call.request.target(), "PhoneNumber");
  std::string body = R"({"incoming_phone_numbers":[)";
  if (!number) {
    body += resource("+15550001111");
  } else if (is_e164(*number)) {
    body += resource(*number);
  }
  return json_answer(body + R"(],"page":0,"next_page_uri":null})");
}

}  // namespace aura::bench
