#include "tests/support/sim_channel.h"

#include <cstdlib>

namespace aura::test {
namespace {

constexpr char kField = '\x1f';
constexpr char kEvent = '\x1e';

std::optional<ChannelEvent> decode_event(std::string_view text) {
  const auto fields = split(text, kField);
  if (fields.size() != 11) return std::nullopt;
  ChannelEvent event;
  event.kind = static_cast<ChannelEvent::Kind>(std::atoi(fields[0].c_str()));
  event.external_id = fields[1];
  event.thread = fields[2];
  event.at = std::atoll(fields[3].c_str());
  event.text = fields[4];
  event.target_id = fields[5];
  event.edit_number = static_cast<std::uint32_t>(std::atoi(fields[6].c_str()));
  event.status = static_cast<api::MessageStatus>(event.edit_number);
  event.watermark = std::atoll(fields[6].c_str());
  event.emoji = fields[7];
  event.actor = event.thread;
  event.echo = fields[8] != "0";
  event.own_echo = fields[8] == "2";
  event.metadata = fields[9];
  event.reply_to = fields[10];
  return event;
}

}  // namespace

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == mark)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

std::string encode_event(const ChannelEvent& event) {
  Millis number = event.edit_number;
  if (event.kind == ChannelEvent::Kind::status) number = event.status;
  if (event.watermark != 0) number = event.watermark;
  std::string text;
  const auto field = [&](const std::string& value) { text += value + kField; };
  field(std::to_string(static_cast<int>(event.kind)));
  field(event.external_id);
  field(event.thread);
  field(std::to_string(event.at));
  field(event.text);
  field(event.target_id);
  field(std::to_string(number));
  field(event.emoji);
  field(event.own_echo ? "2" : event.echo ? "1" : "0");
  field(event.metadata);
  return text + event.reply_to;
}

std::string encode_events(const std::vector<ChannelEvent>& events) {
  std::string text;
  for (const auto& event : events) {
    if (!text.empty()) text += kEvent;
    text += encode_event(event);
  }
  return text;
}

Normalised SimChannel::normalise(std::string_view payload) const {
  Normalised out;
  for (const auto& part : split(payload, kEvent)) {
    auto event = decode_event(part);
    if (!event) {
      out.events.clear();
      out.not_understood = "malformed";
      return out;
    }
    out.events.push_back(std::move(*event));
  }
  return out;
}

std::vector<ProviderCall> SimChannel::compose(const OutboundMessage& message,
                                              const api::Credentials&) const {
  ProviderCall call;
  call.url = "sim:send";
  call.body = message.recipient + kField + message.message_id + kField + message.text;
  return {call};
}

SendOutcome SimChannel::classify(const ProviderReply& reply) const {
  using Kind = SendOutcome::Kind;
  if (reply.status == 200) return {.kind = Kind::sent, .external_id = reply.body};
  if (reply.status == 0)
    return {.kind = reply.maybe_sent ? Kind::ambiguous : Kind::retry, .error_code = "no_answer"};
  if (reply.status >= 500) return {.kind = Kind::retry, .error_code = "provider_error"};
  return {.kind = Kind::failed, .error_code = "refused"};
}

}  // namespace aura::test
