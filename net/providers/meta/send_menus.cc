// Buttons, lists and quick replies: as the channel's own templates, or numbered below the text.
#include <algorithm>
#include <string>

#include "net/json.h"
#include "net/providers/meta/send_parts.h"
#include "net/providers/split_text.h"

namespace aura::net::meta {
namespace {

template <class Item>
std::string json_array(const std::vector<Item>& items, std::string (*write)(const Item&)) {
  std::string out = "[";
  for (const Item& item : items) out += (out.size() > 1 ? "," : "") + write(item);
  return out + "]";
}

std::string button_json(const api::Button& button) {
  const std::string title = quoted_json(button.title());
  if (button.type() == "url") {
    return R"({"type":"web_url","title":)" + title + R"(,"url":)" + quoted_json(button.url()) + "}";
  }
  if (button.type() == "phone") {
    return R"({"type":"phone_number","title":)" + title + R"(,"payload":)" +
           quoted_json(button.phone()) + "}";
  }
  const std::string& payload = button.payload().empty() ? button.title() : button.payload();
  return R"({"type":"postback","title":)" + title + R"(,"payload":)" + quoted_json(payload) + "}";
}

// A row of a list, shown as a card of its own.
struct Card {
  api::ListRow row;
  std::string subtitle;  // its section's title and its description
};

// Pressing the card's button sends back the row's title and id.
std::string card_json(const Card& card) {
  const api::ListRow& row = card.row;
  std::string out = R"({"title":)" + quoted_json(row.title());
  if (!card.subtitle.empty()) {
    out += R"(,"subtitle":)" + quoted_json(shortened(card.subtitle, kCardText));
  }
  return out + R"(,"buttons":[{"type":"postback","title":)" +
         quoted_json(shortened(row.title(), kButtonTitle)) + R"(,"payload":)" +
         quoted_json(row.id()) + "}]}";
}

std::string product_json(const api::ProductCard& card) {
  std::string out = R"({"title":)" + quoted_json(shortened(card.title(), kCardText));
  if (!card.subtitle().empty())
    out += R"(,"subtitle":)" + quoted_json(shortened(card.subtitle(), kCardText));
  // A path of this engine ("/demo/cake.svg") means nothing to the provider.
  if (card.image_url().starts_with("http"))
    out += R"(,"image_url":)" + quoted_json(card.image_url());
  return out + "}";
}

std::string quick_reply_json(const api::QuickReply& reply) {
  if (reply.type() == "phone") return R"({"content_type":"user_phone_number"})";
  if (reply.type() == "email") return R"({"content_type":"user_email"})";
  const std::string& payload = reply.payload().empty() ? reply.title() : reply.payload();
  return R"({"content_type":"text","title":)" +
         quoted_json(shortened(reply.title(), kQuickReplyTitle)) + R"(,"payload":)" +
         quoted_json(first_units(payload, kPayload)) + "}";
}

std::vector<Card> cards_of(const api::ListMenu& list) {
  std::vector<Card> cards;
  for (const api::ListSection& section : list.sections()) {
    for (const api::ListRow& row : section.rows()) {
      const bool both = !section.title().empty() && !row.description().empty();
      cards.push_back({row, section.title() + (both ? " · " : "") + row.description()});
    }
  }
  return cards;
}

std::string template_json(std::string_view payload) {
  return R"("attachment":{"type":"template","payload":)" + std::string(payload) + "}";
}

}  // namespace

std::string quoted_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (fits_in(text, limit)) return std::string(text);
  return std::string(first_units(text, limit - 1)) + "…";
}

bool fits_button_template(const std::vector<api::Button>& buttons, const Product& product) {
  if (buttons.size() > kButtons) return false;
  return std::all_of(buttons.begin(), buttons.end(), [&](const api::Button& button) {
    return product.phone_buttons || button.type() != "phone";
  });
}

bool fits_cards(const api::ListMenu& list) {
  const std::vector<Card> cards = cards_of(list);
  return cards.size() <= kCards && std::all_of(cards.begin(), cards.end(), [](const Card& card) {
           return fits_in(card.row.title(), kCardText);
         });
}

std::string button_template(std::string_view text, const std::vector<api::Button>& buttons) {
  return template_json(R"({"template_type":"button","text":)" + quoted_json(text) +
                       R"(,"buttons":)" + json_array(buttons, button_json) + "}");
}

std::string cards_template(const api::ListMenu& list) {
  return template_json(R"({"template_type":"generic","elements":)" +
                       json_array(cards_of(list), card_json) + "}");
}

std::string cards_template(const api::ProductCards& products, int first) {
  const int end = std::min(products.cards_size(), first + static_cast<int>(kCards));
  const std::vector<api::ProductCard> cards(products.cards().begin() + first,
                                            products.cards().begin() + end);
  return template_json(R"({"template_type":"generic","elements":)" +
                       json_array(cards, product_json) + "}");
}

std::string numbered(const std::vector<api::Button>& buttons) {
  std::string out;
  int number = 0;
  for (const api::Button& button : buttons) {
    out += (out.empty() ? "" : "\n") + std::to_string(++number) + ". " + button.title();
    if (button.type() == "url") out += ": " + button.url();
    if (button.type() == "phone") out += ": " + button.phone();
  }
  return out;
}

std::string numbered(const api::ListMenu& list) {
  std::string out;
  int number = 0;
  for (const api::ListSection& section : list.sections()) {
    if (!section.title().empty()) out += (out.empty() ? "" : "\n\n") + section.title();
    for (const api::ListRow& row : section.rows()) {
      out += (out.empty() ? "" : "\n") + std::to_string(++number) + ". " + row.title();
      if (!row.description().empty()) out += " – " + row.description();
    }
  }
  return out;
}

std::string quick_replies_json(const std::vector<api::QuickReply>& replies) {
  const auto count = static_cast<std::ptrdiff_t>(std::min(replies.size(), kQuickReplies));
  return json_array(std::vector<api::QuickReply>(replies.begin(), replies.begin() + count),
                    quick_reply_json);
}

}  // namespace aura::net::meta
