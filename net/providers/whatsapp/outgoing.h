// What one message becomes on the wire: the bodies of the calls that send it, in order. What
// WhatsApp has no form for is turned into something it has, so that the customer sees it: many
// choices become a list, too many a numbered text, a picture it does not take a document. Pure
// functions; any thread.
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

// How a message's choices are shown; `text` is then its whole text, choices in words included.
struct Interactive {
  std::string text;
  std::string type;    // "button", "list", …; empty: none, the text is all there is
  std::string action;  // JSON
  std::string header;  // words above, or empty …
  std::string footer;  // … and below
  std::size_t body_units = kTextUnits;
};

Interactive interactive_of(const OutboundMessage& message);  // interactive.cc
bool asks_for_location(const OutboundMessage& message);
// Those of its choices that are words in that text, as they are numbered.
std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message);
Part interactive_part(const Interactive& interactive, std::string_view body);

// The form in which WhatsApp takes the attachment: image, video, audio, document, sticker,
// location, or "" for none (it goes as text).
std::string_view form_of(const api::Attachment& attachment);  // attachments.cc
Part attachment_part(const api::Attachment& attachment, std::string_view caption);
Part contacts_part(const std::vector<api::ContactCard>& cards);
bool takes_caption(const api::Attachment& attachment);
std::string as_text(const api::Attachment& attachment);

std::vector<Part> parts_of(const OutboundMessage& message);  // outgoing.cc
std::string send_body(const OutboundMessage& message, const Part& part, bool first);
// "to" or "recipient" (and "recipient_type"), by what kind of id it is.
void put_recipient(JsonWriter& writer, const std::string& recipient,
                   const std::string& number = {});

Result<void> check_message(const OutboundMessage& message);  // check.cc

}  // namespace aura::net::whatsapp
