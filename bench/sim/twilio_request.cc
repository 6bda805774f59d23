#include "bench/sim/twilio_request.h"

#include <charconv>

#include "bench/sim/graph_error.h"
#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

constexpr std::size_t kMaxBody = 1600;  // characters
constexpr std::size_t kMaxMedia = 10;
constexpr int kMaxValidity = 36'000;  // seconds

bool is_sender(std::string_view from) {
  const bool short_code =
      from.size() >= 3 && from.size() <= 8 && from.find_first_not_of("0123456789") == from.npos;
  const bool alphanumeric = from.size() <= 11 && from.find_first_of(
                                                     "abcdefghijklmnopqrstuvwxyz"
                                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != from.npos;
  return is_e164(from) || short_code || alphanumeric;
}

TwilioError check_parties(const Form& form, AcceptedSend& out) {
  out.recipient = form_value(form, "To");
  out.sender = form_value(form, "From");
  const auto service = form_value(form, "MessagingServiceSid");
  if (out.recipient.empty()) return {400, 21604, "A 'To' phone number is required."};
  if (!is_e164(out.recipient)) {
    return {400, 21211, "Invalid 'To' Phone Number: " + out.recipient};
  }
  if (out.sender.empty() && service.empty()) {
    return {400, 21603, "A 'From' phone number or a MessagingServiceSid is required."};
  }
  if (!out.sender.empty() && !is_sender(out.sender)) {
    return {400, 21212, "Invalid 'From' Phone Number: " + out.sender};
  }
  if (form_value(form, "ScheduleType") == "fixed" && service.empty()) {
    return {400, 21603, "Scheduled messages need a MessagingServiceSid."};
  }
  return {};
}

TwilioError check_content(const Form& form, AcceptedSend& out) {
  out.text = form_value(form, "Body");
  std::size_t media = 0;
  for (const auto& [name, value] : form) {
    if (name != "MediaUrl") continue;
    ++media;
    if (!is_web_url(value)) return {400, 21620, "Invalid media URL(s)"};
  }
  if (out.text.empty() && media == 0 && form_value(form, "ContentSid").empty()) {
    return {400, 21602, "Message body is required."};
  }
  if (characters(out.text) > kMaxBody) {
    return {400, 21617, "The concatenated message body exceeds the 1600 character limit."};
  }
  if (media > kMaxMedia) return {400, 21623, "Number of media files exceeds allowed limit"};
  out.type = media > 0 ? "mms" : "sms";
  return {};
}

TwilioError check_options(const Form& form, AcceptedSend& out) {
  out.callback = form_value(form, "StatusCallback");
  if (!out.callback.empty() && !is_web_url(out.callback)) {
    return {400, 21609, "Invalid 'StatusCallback' URL: " + out.callback};
  }
  if (const auto validity = form_value(form, "ValidityPeriod"); !validity.empty()) {
    int seconds = 0;
    const auto end = validity.data() + validity.size();
    const auto read = std::from_chars(validity.data(), end, seconds);
    if (read.ptr != end || seconds < 1 || seconds > kMaxValidity) {
      return {400, 20001, "ValidityPeriod must be 1 to 36000 seconds."};
    }
  }
  return {};
}

std::string json_of(const Form& form) {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  w.StartObject();
  bool media = false;
  for (const auto& [name, value] : form) {
    if (name != "MediaUrl") {
      write_text(w, name.c_str(), value);
    } else if (!std::exchange(media, true)) {
      w.Key("MediaUrl");
      w.StartArray();
      for (const auto& [key, url] : form) {
        if (key == "MediaUrl") w.String(url);
      }
      w.EndArray();
    }
  }
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

bool is_e164(std::string_view number) {
  return number.size() >= 8 && number.size() <= 16 && number[0] == '+' && number[1] != '0' &&
         number.find_first_not_of("0123456789", 1) == number.npos;
}

HttpAnswer refuse(const TwilioError& error) {
  const auto code = std::to_string(error.code);
  return json_answer("{\"code\":" + code + ",\"message\":" + quoted_json(error.message) +
                         ",\"more_info\":\"https://www.twilio.com/docs/errors/" + code +
                         "\",\"status\":" + std::to_string(error.status) + "}",
                     error.status);
}

TwilioError parse_twilio(const Form& form, AcceptedSend& out) {
  out.channel = Channel::sms;
  out.kind = "message";
  auto error = check_parties(form, out);
  if (error.code == 0) error = check_content(form, out);
  if (error.code == 0) error = check_options(form, out);
  if (error.code == 0) out.message = json_of(form);
  return error;
}

}  // namespace aura::bench
