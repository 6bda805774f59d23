// Checks a message to be sent against limits that hold for every channel. What one channel cannot
// carry, its adapter refuses (or degrades) before the message is queued.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "config/limits.h"
#include "net/api/validate.h"
#include "net/api/validate_text.h"
#include "net/api/wrong_input.h"
#include "runtime/ids.h"
#include "runtime/media_ref.h"

namespace aura::net {
namespace {

constexpr std::size_t kPayloadChars = 1000;
constexpr std::size_t kWordBytes = 512;

std::string at(const std::string& pointer, int index) {
  return pointer + "/" + std::to_string(index);
}

Result<void> check_count(int count, int most, const std::string& pointer) {
  if (count <= most) return {};
  return wrong(pointer, "must have at most " + std::to_string(most) + " entries");
}

// An id or a name that the channel gave.
Result<void> check_channel_name(const std::string& text, const std::string& pointer) {
  return check_word(text, kWordBytes, pointer);
}

template <class Items, class Check>
Result<void> each(const Items& items, const std::string& pointer, Check check) {
  Result<void> result;
  for (int i = 0; i < items.size() && result; ++i) result = check(items[i], at(pointer, i));
  return result;
}

Result<void> check_location(const api::Attachment& place, const std::string& pointer) {
  const auto outside = [](bool given, double value, double most) {
    return !given || !(value >= -most && value <= most);
  };
  if (outside(place.has_latitude(), place.latitude(), 90))
    return wrong(pointer + "/latitude", "must be from -90 to 90");
  if (outside(place.has_longitude(), place.longitude(), 180))
    return wrong(pointer + "/longitude", "must be from -180 to 180");
  return check_length(place.address(), limits::kNameChars, pointer + "/address");
}

Result<void> check_attachment(const api::Attachment& attachment, const std::string& pointer) {
  constexpr std::array<std::string_view, 8> kTypes{"image",   "audio",    "video",      "file",
                                                   "sticker", "location", "like_heart", "post"};
  if (std::find(kTypes.begin(), kTypes.end(), attachment.type()) == kTypes.end()) {
    return wrong(pointer + "/type",
                 "must be one of \"image\", \"audio\", \"video\", \"file\", \"sticker\", "
                 "\"location\", \"like_heart\", \"post\"");
  }
  if (attachment.type() == "like_heart") return {};
  if (attachment.type() == "post")  // of the account's own, by the channel's id
    return check_channel_name(attachment.channel_media_id(), pointer + "/channel_media_id");
  const bool place = attachment.type() == "location";
  if (attachment.has_media_id()) {
    if (attachment.has_url()) return wrong(pointer, "must have a url or a media_id, not both");
    if (!parse_media(attachment.media_id()))
      return wrong(pointer + "/media_id", "must be the id of an uploaded file");
  } else if (!place && !is_web_address(attachment.url())) {
    return wrong(pointer + "/url", "must be an http or https address");
  }
  return all(
      [&]() -> Result<void> {
        if (!place) return {};
        return check_location(attachment, pointer);
      },
      [&] {
        return check_length(attachment.title(), limits::kDescriptionChars, pointer + "/title");
      },
      [&] {
        return check_length(attachment.filename(), limits::kNameChars, pointer + "/filename");
      });
}

Result<void> check_quick_reply(const api::QuickReply& reply, const std::string& pointer) {
  constexpr std::size_t kTitle = 20;
  if (reply.type() == "phone" || reply.type() == "email") return {};  // Messenger gives the title
  if (reply.has_type() && reply.type() != "text")
    return wrong(pointer + "/type", "must be one of \"text\", \"phone\", \"email\"");
  return all([&] { return check_name(reply.title(), kTitle, pointer + "/title"); },
             [&] { return check_length(reply.payload(), kPayloadChars, pointer + "/payload"); });
}

Result<void> check_flow(const api::Button& button, const std::string& pointer) {
  constexpr std::size_t kDataBytes = 32 * limits::kKiB;
  if (button.data().json().size() > kDataBytes)
    return wrong(pointer + "/data", "must have at most " + std::to_string(kDataBytes) + " bytes");
  return all(
      [&] { return check_channel_name(button.flow_id(), pointer + "/flow_id"); },
      [&] { return check_length(button.payload(), kPayloadChars, pointer + "/payload"); },
      [&] { return check_length(button.screen(), limits::kNameChars, pointer + "/screen"); });
}

Result<void> check_button(const api::Button& button, const std::string& pointer) {
  constexpr std::size_t kTitle = 60;
  // WhatsApp gives these their titles.
  if (button.type() == "location" || button.type() == "catalog" ||
      button.type() == "call_permission")
    return {};
  if (auto title = check_name(button.title(), kTitle, pointer + "/title"); !title) return title;
  if (button.type() == "flow") return check_flow(button, pointer);
  if (button.type() == "reply")
    return check_length(button.payload(), kPayloadChars, pointer + "/payload");
  if (button.type() == "url") {
    if (is_web_address(button.url())) return {};
    return wrong(pointer + "/url", "must be an http or https address");
  }
  if (button.type() == "phone") {
    if (is_phone(button.phone())) return {};
    return wrong(pointer + "/phone", "must be a phone number such as \"+351 900 000 000\"");
  }
  return wrong(pointer + "/type",
               "must be one of \"reply\", \"url\", \"phone\", \"location\", "
               "\"catalog\", \"flow\", \"call_permission\"");
}

Result<void> check_list(const api::ListMenu& list) {
  constexpr int kSections = 10;
  constexpr int kRows = 100;
  constexpr std::size_t kTitle = 100;
  if (list.sections().empty()) return wrong("/list/sections", "must have at least one entry");
  if (auto count = check_count(list.sections_size(), kSections, "/list/sections"); !count)
    return count;
  std::set<std::string> ids;
  const auto row = [&](const api::ListRow& one, const std::string& pointer) -> Result<void> {
    if (auto id = check_name(one.id(), limits::kNameChars, pointer + "/id"); !id) return id;
    if (!ids.insert(one.id()).second)
      return wrong(pointer + "/id", "must be unlike the ids of the other rows");
    return all([&] { return check_name(one.title(), kTitle, pointer + "/title"); },
               [&] {
                 return check_length(one.description(), limits::kNameChars,
                                     pointer + "/description");
               });
  };
  const auto section = [&](const api::ListSection& one, const std::string& pointer) {
    return all(
        [&]() -> Result<void> {
          if (!one.rows().empty()) return {};
          return wrong(pointer + "/rows", "must have at least one entry");
        },
        [&] { return check_count(one.rows_size(), kRows, pointer + "/rows"); },
        [&] { return check_length(one.title(), kTitle, pointer + "/title"); },
        [&] { return each(one.rows(), pointer + "/rows", row); });
  };
  return all([&] { return check_name(list.button(), kTitle, "/list/button"); },
             [&] { return each(list.sections(), "/list/sections", section); });
}

Result<void> check_products(const api::ProductCards& products) {
  constexpr int kMost = 30;
  if (products.product_ids().empty())
    return wrong("/products/product_ids", "must have at least one entry");
  // Without a WhatsApp catalog_id, product ids are ids of our own catalog.
  const auto item = [](const std::string& id, const std::string& pointer) -> Result<void> {
    if (parse_id(IdType::item, id)) return {};
    return wrong(pointer,
                 "must be the id of a catalog item (item_…); products of WhatsApp's own "
                 "catalog need its catalog_id");
  };
  if (!products.cards().empty()) return wrong("/products/cards", "are made by the engine");
  return all(
      [&] { return check_count(products.product_ids_size(), kMost, "/products/product_ids"); },
      [&] {
        if (products.catalog_id().empty())
          return each(products.product_ids(), "/products/product_ids", item);
        return each(products.product_ids(), "/products/product_ids", check_channel_name);
      },
      [&]() -> Result<void> {
        if (products.catalog_id().empty()) return {};
        return check_channel_name(products.catalog_id(), "/products/catalog_id");
      });
}

Result<void> check_day(const std::string& day, const std::string& pointer) {
  constexpr std::string_view kForm = "0000-00-00";
  bool fits = day.empty() || day.size() == kForm.size();
  for (std::size_t i = 0; fits && i < day.size(); ++i)
    fits = kForm[i] == '0' ? day[i] >= '0' && day[i] <= '9' : day[i] == kForm[i];
  if (fits) return {};
  return wrong(pointer, "must be a day such as \"2000-12-31\"");
}

Result<void> check_card(const api::ContactCard& card, const std::string& pointer) {
  constexpr int kMost = 10;
  const auto phone = [](const std::string& text, const std::string& place) -> Result<void> {
    if (is_phone(text)) return {};
    return wrong(place, "must be a phone number such as \"+351 900 000 000\"");
  };
  const auto line = [](const std::string& text, const std::string& place) {
    return check_name(text, limits::kNameChars, place);
  };
  const auto address = [](const std::string& text, const std::string& place) -> Result<void> {
    if (is_web_address(text)) return {};
    return wrong(place, "must be an http or https address");
  };
  return all([&] { return check_name(card.name(), limits::kNameChars, pointer + "/name"); },
             [&] { return check_count(card.phones_size(), kMost, pointer + "/phones"); },
             [&] { return each(card.phones(), pointer + "/phones", phone); },
             [&] { return check_count(card.emails_size(), kMost, pointer + "/emails"); },
             [&] { return each(card.emails(), pointer + "/emails", line); },
             [&] {
               return check_length(card.organization(), limits::kNameChars,
                                   pointer + "/organization");
             },
             [&] { return check_count(card.urls_size(), kMost, pointer + "/urls"); },
             [&] { return each(card.urls(), pointer + "/urls", address); },
             [&] { return check_count(card.addresses_size(), kMost, pointer + "/addresses"); },
             [&] { return each(card.addresses(), pointer + "/addresses", line); },
             [&] { return check_day(card.birthday(), pointer + "/birthday"); });
}

Result<void> check_template(const api::MessageInput& input) {
  constexpr std::size_t kComponentBytes = 32 * limits::kKiB;
  const api::TemplateUse& use = input.template_();
  if (input.has_text() || !input.attachments().empty() || !input.buttons().empty() ||
      !input.quick_replies().empty() || input.has_list() || input.has_products() ||
      !input.contacts().empty() || input.has_header() || input.has_footer())
    return wrong("/template", "is a whole message: send nothing else with it");
  if (use.components().json().size() > kComponentBytes) {
    return wrong("/template/components",
                 "must have at most " + std::to_string(kComponentBytes) + " bytes");
  }
  return all([&] { return check_channel_name(use.name(), "/template/name"); },
             [&] { return check_channel_name(use.language(), "/template/language"); });
}

// The lines above and below what can be chosen.
Result<void> check_lines(const api::MessageInput& input) {
  constexpr std::size_t kLine = 60;
  const bool choices = !input.buttons().empty() || !input.quick_replies().empty() ||
                       input.has_list() || input.has_products();
  if (!choices && (input.has_header() || input.has_footer()))
    return wrong(input.has_header() ? "/header" : "/footer",
                 "goes only with buttons, quick replies, a list or products");
  return all([&] { return check_length(input.header(), kLine, "/header"); },
             [&] { return check_length(input.footer(), kLine, "/footer"); });
}

// Checks which members require a text, and which exclude each other.
Result<void> check_whole(const api::MessageInput& input) {
  const bool blank = is_blank(input.text());
  if (blank && input.attachments().empty() && !input.has_products() && !input.has_template_() &&
      input.contacts().empty()) {
    return fail(Errc::invalid, "/text or /attachments is needed: a message cannot be empty.",
                "/text");
  }
  if (input.human_agent() && input.priority() != api::PRIORITY_INTERACTIVE)
    return wrong("/human_agent", "is for an answer by a person, not for a reminder or a broadcast");
  if (blank && (!input.buttons().empty() || input.has_list()))
    return wrong("/text", "is needed above buttons or a list");
  if (input.has_list() && (!input.buttons().empty() || !input.attachments().empty()))
    return wrong("/list",
                 "cannot go with buttons or attachments: send them as messages of their own");
  if (input.has_products() &&
      (input.has_list() || !input.attachments().empty() || !input.buttons().empty()))
    return wrong("/products", "cannot go with a list, buttons or attachments: send them apart");
  return {};
}

}  // namespace

Result<void> validate(const api::MessageInput& input) {
  constexpr int kQuickReplies = 13;
  constexpr int kButtons = 10;
  constexpr int kContacts = 10;
  if (auto whole = check_whole(input); !whole) return whole;
  if (input.has_reply_to() && !parse_id(IdType::message, input.reply_to()))
    return wrong("/reply_to", "must be the id of a message of this conversation");
  if (input.has_template_())
    if (auto use = check_template(input); !use) return use;
  if (input.has_list())
    if (auto list = check_list(input.list()); !list) return list;
  if (input.has_products())
    if (auto products = check_products(input.products()); !products) return products;
  return all(
      [&] { return check_lines(input); },
      [&] {
        return check_count(input.attachments_size(), limits::kMessageAttachments, "/attachments");
      },
      [&] { return each(input.attachments(), "/attachments", check_attachment); },
      [&] { return check_length(input.text(), limits::kMessageTextChars, "/text"); },
      [&] { return check_count(input.quick_replies_size(), kQuickReplies, "/quick_replies"); },
      [&] { return each(input.quick_replies(), "/quick_replies", check_quick_reply); },
      [&] { return check_count(input.contacts_size(), kContacts, "/contacts"); },
      [&] { return each(input.contacts(), "/contacts", check_card); },
      [&] { return check_count(input.buttons_size(), kButtons, "/buttons"); },
      [&] { return each(input.buttons(), "/buttons", check_button); });
}

Result<void> validate(const api::ReactionInput& input) {
  constexpr std::size_t kEmojiBytes = 64;  // the longest sequences have 35
  if (is_blank(input.emoji())) return wrong("/emoji", "is missing: DELETE takes a reaction back");
  if (input.emoji().size() <= kEmojiBytes) return {};  // the conversation looks closer
  return wrong("/emoji", "must be one emoji");
}

}  // namespace aura::net
