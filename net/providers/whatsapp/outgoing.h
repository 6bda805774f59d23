// Splits an outgoing message into the bodies of the calls that send it, in order. Content that
// WhatsApp does not support is converted: many choices become a list, too many a numbered text, an
// unsupported picture format a document. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/json_out.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::whatsapp {

inline constexpr std::size_t kTextUnits = 4096;
inline constexpr std::size_t kCaptionUnits = 1024;
inline constexpr std::size_t kButtonBodyUnits = 1024;
inline constexpr std::size_t kHeaderUnits = 60;
inline constexpr std::size_t kReplyButtons = 3;
inline constexpr std::size_t kButtonTitleUnits = 20;
inline constexpr std::size_t kButtonIdUnits = 256;
inline constexpr std::size_t kListRows = 10;
inline constexpr std::size_t kListSections = 10;
inline constexpr std::size_t kRowIdUnits = 200;
inline constexpr std::size_t kRowTitleUnits = 24;
inline constexpr std::size_t kRowTextUnits = 72;
inline constexpr std::size_t kProducts = 30;

// The object under the message's type: {"type": type, type: json}.
struct Part {
  std::string type;
  std::string json;
};

// How a message's choices are shown; `text` is the whole text, including choices written as text.
struct Interactive {
  std::string text;
  std::string type;    // "button", "list", …; empty: text only
  std::string action;  // JSON
  std::string header;  // words above, or empty …
  std::string footer;  // … and below
  std::size_t body_units = kTextUnits;
};

Interactive interactive_of(const OutboundMessage& message);  // interactive.cc
// A button that asks for the place, opens the catalog or opens a form is a message of its own.
bool stands_alone(const api::Button& button);
const api::Button* lone_button(const OutboundMessage& message);  // null: there is none
// The choices that are written into the text, in the order of their numbers.
std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message);
Part interactive_part(const Interactive& interactive, std::string_view body);

// The WhatsApp type for the attachment: image, video, audio, document, sticker, location, or "" if
// it is sent as text.
std::string_view form_of(const api::Attachment& attachment);  // attachments.cc
Part attachment_part(const api::Attachment& attachment, std::string_view caption);
Part contacts_part(const std::vector<api::ContactCard>& cards);
bool takes_caption(const api::Attachment& attachment);
std::string as_text(const api::Attachment& attachment);

std::vector<Part> parts_of(const OutboundMessage& message);  // outgoing.cc
std::string send_body(const OutboundMessage& message, const Part& part, bool first);
// Writes "to" or "recipient" (and "recipient_type"), depending on the kind of id.
void put_recipient(JsonWriter& writer, const std::string& recipient,
                   const std::string& number = {});

Result<void> check_message(const OutboundMessage& message);  // check.cc

}  // namespace aura::net::whatsapp
