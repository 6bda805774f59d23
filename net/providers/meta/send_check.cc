#include "net/providers/meta/send_check.h"

#include <algorithm>
#include <string>

#include "net/http.h"
#include "net/providers/meta/send_parts.h"

namespace aura::net::meta {
namespace {

bool longer(std::string_view text, std::size_t limit) {
  return first_units(text, limit).size() != text.size();
}

bool is_phone(std::string_view text) {
  constexpr std::size_t kFewest = 5;
  constexpr std::size_t kMost = 16;
  return text.size() >= kFewest && text.size() <= kMost && text.front() == '+' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

tl::unexpected<Error> wrong(std::string detail, std::string field) {
  return fail(Errc::invalid, std::move(detail), std::move(field));
}

tl::unexpected<Error> lacking(const Product& product, const std::string& what, std::string field) {
  return fail(Errc::unsupported, std::string(product.channel) + " " + what, std::move(field));
}

std::string at(const char* list, int index, const char* member) {
  return std::string("/") + list + "/" + std::to_string(index) + member;
}

Result<void> check_quick_replies(const OutboundMessage& message, const Product& product) {
  if (message.quick_replies.size() > kQuickReplies) {
    return wrong(std::string(product.channel) + " shows at most 13 quick replies: send fewer.",
                 "/quick_replies");
  }
  for (int i = 0; i < static_cast<int>(message.quick_replies.size()); ++i) {
    const api::QuickReply& reply = message.quick_replies[static_cast<std::size_t>(i)];
    if (reply.type() == "phone" || reply.type() == "email") continue;
    if (reply.title().empty()) {
      return wrong("A quick reply needs a title.", at("quick_replies", i, "/title"));
    }
    if (longer(reply.payload(), kPayload)) {
      return wrong("A quick reply's payload may have 1000 characters at most.",
                   at("quick_replies", i, "/payload"));
    }
  }
  return {};
}

Result<void> check_button(const api::Button& button, int index) {
  if (button.title().empty() || longer(button.title(), kButtonTitle)) {
    return wrong("A button's title must have 1 to 20 characters.", at("buttons", index, "/title"));
  }
  if (button.type() == "url") {
    if (!has_web_scheme(button.url())) {
      return wrong("This button needs an http or https address.", at("buttons", index, "/url"));
    }
  } else if (button.type() == "phone") {
    if (!is_phone(button.phone())) {
      return wrong("This button needs a phone number like +15550001111.",
                   at("buttons", index, "/phone"));
    }
  } else if (button.type() != "reply") {
    return wrong("A button's type must be \"reply\", \"url\" or \"phone\".",
                 at("buttons", index, "/type"));
  } else if (longer(button.payload(), kPayload)) {
    return wrong("A button's payload may have 1000 characters at most.",
                 at("buttons", index, "/payload"));
  }
  return {};
}

Result<void> check_buttons(const OutboundMessage& message) {
  if (message.buttons.empty()) return {};
  if (message.text.empty()) return wrong("Buttons need a text above them.", "/text");
  for (int i = 0; i < static_cast<int>(message.buttons.size()); ++i) {
    if (auto ok = check_button(message.buttons[static_cast<std::size_t>(i)], i); !ok) return ok;
  }
  return {};
}

Result<void> check_list(const api::ListMenu& list) {
  int rows = 0;
  for (int s = 0; s < list.sections_size(); ++s) {
    for (int r = 0; r < list.sections(s).rows_size(); ++r, ++rows) {
      const api::ListRow& row = list.sections(s).rows(r);
      const std::string pointer =
          "/list/sections/" + std::to_string(s) + "/rows/" + std::to_string(r);
      if (row.title().empty()) return wrong("A row needs a title.", pointer + "/title");
      if (row.id().empty() || longer(row.id(), kPayload)) {
        return wrong("A row's id must have 1 to 1000 characters.", pointer + "/id");
      }
    }
  }
  if (rows == 0) return wrong("A list needs at least one row.", "/list/sections");
  return {};
}

Result<void> check_attachments(const OutboundMessage& message, const Product& product) {
  for (int i = 0; i < static_cast<int>(message.attachments.size()); ++i) {
    const api::Attachment& attachment = message.attachments[static_cast<std::size_t>(i)];
    if (attachment.has_url() && !has_web_scheme(attachment.url())) {
      return wrong("An attachment's url must be an http or https address.",
                   at("attachments", i, "/url"));
    }
    if (!goes_as_file(attachment, product)) continue;
    if (attachment.size_bytes() > most_bytes(attachment)) {
      const char* most =
          attachment.type() == "image" ? "An image may have 8 MB" : "A file may have 25 MB";
      return wrong(std::string(most) + " at most on " + std::string(product.channel) +
                       ": send a smaller one, or a link as text.",
                   at("attachments", i, ""));
    }
  }
  return {};
}

// A comment allows one message only, so the content must fit into one.
Result<void> check_private_reply(const OutboundMessage& message,
                                 const std::vector<std::string>& parts) {
  if (message.comment_id.empty() || parts.size() == 1) return {};
  return wrong(
      "A private reply to a comment is a single message: shorten the text, or send the rest after "
      "the person has answered.",
      message.attachments.empty() ? "/text" : "/attachments");
}

}  // namespace

Result<void> check_send(const OutboundMessage& message, const Product& product) {
  if (message.template_use) {
    return lacking(product, "has no message templates; only WhatsApp has. Send a text instead.",
                   "/template");
  }
  if (message.products && message.products->cards().empty()) {
    return lacking(product,
                   "cannot show products of its own catalog by their ids. Name items of your "
                   "catalog here, without a catalog_id.",
                   "/products");
  }
  // A private reply has its own limit of seven days, which Meta checks.
  if (message.window_closed && !message.written_by_person && message.comment_id.empty()) {
    return fail(Errc::window_closed,
                "The customer's last message is older than 24 hours: only a person may still "
                "answer, up to seven days.");
  }
  if (auto ok = check_quick_replies(message, product); !ok) return ok;
  if (auto ok = check_buttons(message); !ok) return ok;
  if (message.list) {
    if (auto ok = check_list(*message.list); !ok) return ok;
  }
  if (auto ok = check_attachments(message, product); !ok) return ok;
  const std::vector<std::string> parts = parts_of(message, product);
  if (parts.empty())
    return wrong("There is nothing to send: give a text or an attachment.", "/text");
  if (parts.size() > kMessageParts) {
    return wrong("This text takes " + std::to_string(parts.size()) + " messages on " +
                     std::string(product.channel) + "; at most " + std::to_string(kMessageParts) +
                     " can be sent. Shorten it.",
                 "/text");
  }
  return check_private_reply(message, parts);
}

}  // namespace aura::net::meta
