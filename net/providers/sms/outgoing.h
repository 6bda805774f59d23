// Converts an outgoing message to SMS: texts split to size, and MMS files. Content that SMS does
// not support becomes text (buttons a numbered list, a location a map link). Pure.
#pragma once

#include <string>
#include <vector>

#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

constexpr std::size_t kPartSegments = 4;  // limit per SMS: carriers drop longer ones
constexpr std::size_t kMessageParts = 10;

struct Outgoing {
  std::vector<std::string> texts;  // in order
  std::vector<std::string> media;  // URLs, sent with the last text
  std::size_t segments = 0;        // of all texts
};
Outgoing outgoing_of(const OutboundMessage& message);
// The choices of the numbered list, in order.
std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message);

// A Twilio content template: "HX" and 32 hex digits.
bool is_content_sid(std::string_view name);

}  // namespace aura::net::sms
