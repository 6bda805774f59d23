// What an outgoing message becomes as SMS: its texts, cut to size, and its pictures. What SMS has
// no form for stands in the text (buttons as a numbered list, a place as a map link). Pure.
#pragma once

#include <string>
#include <vector>

#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

constexpr std::size_t kPartSegments = 4;  // of one SMS that we send: carriers drop longer ones
constexpr std::size_t kMessageParts = 10;

struct Outgoing {
  std::vector<std::string> texts;  // in order
  std::vector<std::string> media;  // addresses, sent with the last text
  std::size_t segments = 0;        // of all texts
};
Outgoing outgoing_of(const OutboundMessage& message);
// The choices of that list, as they are numbered.
std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message);

// A Twilio content template: "HX" and 32 hex digits.
bool is_content_sid(std::string_view name);

}  // namespace aura::net::sms
