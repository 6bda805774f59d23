#include "net/providers/meta/send_parts.h"

#include <utility>

#include "net/providers/choice.h"

namespace aura::net::meta {
namespace {

std::string text_part(std::string_view text) { return R"("text":)" + quoted_json(text); }

void add_text(std::string_view text, const Product& product, std::vector<std::string>& parts) {
  for (const std::string_view piece : split_text(text, product.text_limit, product.text_unit)) {
    parts.push_back(text_part(piece));
  }
}

// The text limit of a template is lower than that of a message: earlier pieces are sent as messages
// before the template.
void add_buttons(const OutboundMessage& message, const Product& product,
                 std::vector<std::string>& parts) {
  const auto pieces = split_text(message.text, product.text_limit, product.text_unit);
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) parts.push_back(text_part(pieces[i]));
  if (pieces.empty()) return;
  const auto tail = split_text(pieces.back(), kButtonText);
  for (std::size_t i = 0; i + 1 < tail.size(); ++i) parts.push_back(text_part(tail[i]));
  parts.push_back(button_template(tail.back(), message.buttons));
}

void append_paragraph(std::string& text, const std::string& paragraph) {
  if (!text.empty() && !paragraph.empty()) text += "\n\n";
  text += paragraph;
}

void add_words(const OutboundMessage& message, const Product& product,
               std::vector<std::string>& parts) {
  const bool buttons = !message.buttons.empty();
  const bool as_buttons =
      buttons && !message.text.empty() && fits_button_template(message.buttons, product);
  const bool as_cards = message.list && fits_cards(*message.list);
  std::string text = message.text;
  if (buttons && !as_buttons) append_paragraph(text, numbered(message.buttons));
  if (message.list && !as_cards && !as_buttons) append_paragraph(text, numbered(*message.list));
  if (as_buttons) {
    add_buttons(message, product, parts);
    if (message.list && !as_cards) add_text(numbered(*message.list), product, parts);
  } else {
    add_text(text, product, parts);
  }
  if (as_cards) parts.push_back(cards_template(*message.list));
}

// Attachments that the channel cannot send become text: a location a map link, others their URL.
std::string as_text(const api::Attachment& attachment) {
  std::string out = attachment.title();
  if (attachment.has_address()) out += (out.empty() ? "" : "\n") + attachment.address();
  std::string link = attachment.url();
  if (attachment.has_latitude() && attachment.has_longitude()) {
    link = "https://www.google.com/maps?q=" + std::to_string(attachment.latitude()) + "," +
           std::to_string(attachment.longitude());
  }
  if (!out.empty() && !link.empty()) out += "\n";
  return out + link;
}

std::string file_json(const api::Attachment& attachment, const Product& product) {
  std::string out = R"({"type":)" + quoted_json(attachment.type()) + R"(,"payload":{"url":)" +
                    quoted_json(attachment.url());
  if (!product.image_albums) out += R"(,"is_reusable":false)";
  return out + "}}";
}

std::string own_form(const api::Attachment& attachment, const Product& product) {
  if (!product.hearts_and_shares) return {};
  if (attachment.type() == "like_heart") return R"("attachment":{"type":"like_heart"})";
  if (attachment.type() == "post" && attachment.has_product_id()) {
    return R"("attachment":{"type":"MEDIA_SHARE","payload":{"id":)" +
           quoted_json(attachment.product_id()) + "}}";
  }
  return {};
}

class Files {
 public:
  Files(const Product& product, std::vector<std::string>& parts, bool as_links)
      : product_(product), parts_(parts), as_links_(as_links) {}

  void add(const api::Attachment& attachment) {
    if (std::string own = own_form(attachment, product_); !own.empty()) {
      flush();
      parts_.push_back(std::move(own));
    } else if (as_links_ || !goes_as_file(attachment, product_)) {
      flush();
      add_text(as_text(attachment), product_, parts_);
    } else if (product_.image_albums && attachment.type() == "image") {
      if (album_.size() == kAlbum) flush();
      album_.push_back(file_json(attachment, product_));
      append_paragraph(captions_, attachment.title());
    } else {
      flush();
      parts_.push_back(R"("attachment":)" + file_json(attachment, product_));
      // Neither channel has captions. A file's title is usually its name, which its link shows.
      if (attachment.type() != "file") add_text(attachment.title(), product_, parts_);
    }
  }

  void flush() {
    if (album_.size() == 1) parts_.push_back(R"("attachment":)" + album_.front());
    if (album_.size() > 1) {
      std::string all;
      for (const std::string& image : album_) all += (all.empty() ? "" : ",") + image;
      parts_.push_back(R"("attachments":[)" + all + "]");
    }
    add_text(captions_, product_, parts_);
    album_.clear();
    captions_.clear();
  }

 private:
  const Product& product_;
  std::vector<std::string>& parts_;
  bool as_links_;
  std::vector<std::string> album_;
  std::string captions_;
};

}  // namespace

std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message,
                                              const Product& product) {
  std::vector<api::QuickReply> out;
  const bool as_buttons = !message.text.empty() && fits_button_template(message.buttons, product);
  if (!message.buttons.empty() && !as_buttons) {
    for (const auto& button : message.buttons)
      out.push_back(choice_of(button.title(), button.payload()));
  } else if (message.list && !fits_cards(*message.list)) {
    for (const auto& section : message.list->sections())
      for (const auto& row : section.rows()) out.push_back(choice_of(row.title(), row.id()));
  }
  return out;
}

std::vector<std::string> parts_of(const OutboundMessage& message, const Product& product) {
  std::vector<std::string> parts;
  add_words(message, product, parts);
  if (message.products) {
    for (int i = 0; i < message.products->cards_size(); i += static_cast<int>(kCards))
      parts.push_back(cards_template(*message.products, i));
  }
  Files files(product, parts, message.files_as_links);
  for (const api::Attachment& attachment : message.attachments) files.add(attachment);
  files.flush();
  return parts;
}

}  // namespace aura::net::meta
