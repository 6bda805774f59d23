// Splits an outgoing message into the messages of the Send API that carry it, in order. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/providers/meta/product.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::meta {

inline constexpr std::size_t kQuickReplies = 13;
inline constexpr std::size_t kQuickReplyTitle = 20;
inline constexpr std::size_t kPayload = 1000;
inline constexpr std::size_t kButtons = 3;
inline constexpr std::size_t kButtonTitle = 20;
inline constexpr std::size_t kButtonText = 640;
inline constexpr std::size_t kCards = 10;
inline constexpr std::size_t kCardText = 80;  // title and subtitle
inline constexpr std::size_t kAlbum = 10;
inline constexpr std::size_t kMessageParts = 40;  // our own limit: more would not be read

// A JSON string, quoted and escaped.
std::string quoted_json(std::string_view text);
// `text` in at most `limit` units, with an ellipsis if it was cut.
std::string shortened(std::string_view text, std::size_t limit);

// Each part: the members of one call's `message` (a text, an attachment or several images). Text is
// split at the channel's limit; content the channel does not support becomes text.
std::vector<std::string> parts_of(const OutboundMessage& message, const Product& product);

// The choices that are written into the text, in the order of their numbers.
std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message,
                                              const Product& product);

// Whether buttons or a list fit their template; others are written below the text, numbered.
bool fits_button_template(const std::vector<api::Button>& buttons, const Product& product);
bool fits_cards(const api::ListMenu& list);
std::string button_template(std::string_view text, const std::vector<api::Button>& buttons);
std::string cards_template(const api::ListMenu& list);
// As many cards as fit into one message, starting at `first`.
std::string cards_template(const api::ProductCards& products, int first);
std::string numbered(const std::vector<api::Button>& buttons);
std::string numbered(const api::ListMenu& list);

std::string quick_replies_json(const std::vector<api::QuickReply>& replies);

// Whether the channel accepts this file by URL; otherwise it is sent as a link.
bool goes_as_file(const api::Attachment& attachment, const Product& product);
// The channel's size limit for this file.
std::int64_t most_bytes(const api::Attachment& attachment);

}  // namespace aura::net::meta
