#include "net/providers/sms/outgoing.h"

#include <algorithm>

#include "net/providers/choice.h"
#include "net/providers/product_words.h"
#include "net/providers/sms/segments.h"
#include "net/providers/split_text.h"

namespace aura::net::sms {
namespace {

constexpr std::size_t kBodyChars = 1600;  // Twilio's limit
constexpr std::size_t kMediaMost = 10;    // likewise
// Limits of MMS files: pictures are resized by Twilio (5 MB per message), other files are not.
constexpr std::int64_t kMediaBytes = 5 * 1024 * 1024;
constexpr std::int64_t kCarrierBytes = 1024 * 1024;

void add_line(std::string& text, std::string_view line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

class Choices {
 public:
  explicit Choices(std::string& text) : text_(text) {}
  void add(std::string_view title, std::string_view description = {}) {
    if (next_ == 1 && !text_.empty()) text_ += '\n';  // a blank line before the first
    std::string line = std::to_string(next_++) + ". " + std::string(title);
    if (!description.empty()) line += " - " + std::string(description);
    add_line(text_, line);
  }

 private:
  std::string& text_;
  int next_ = 1;
};

void add_choices(const OutboundMessage& message, std::string& text) {
  Choices choices(text);
  for (const auto& reply : message.quick_replies) choices.add(reply.title());
  for (const auto& button : message.buttons) {
    if (button.has_url()) {
      add_line(text, button.title() + ": " + button.url());
    } else if (button.has_phone()) {
      add_line(text, button.title() + ": " + button.phone());
    } else {
      choices.add(button.title());
    }
  }
  if (!message.list) return;
  for (const auto& section : message.list->sections()) {
    add_line(text, section.title());
    for (const auto& row : section.rows()) choices.add(row.title(), row.description());
  }
}

// MMS works in the United States and Canada only; elsewhere files are sent as links.
bool takes_mms(const OutboundMessage& message) { return message.recipient.starts_with("+1"); }

// An unknown size counts as 0: sending the file will show whether it fits.
std::int64_t bytes_of(const api::Attachment& attachment) {
  return std::max<std::int64_t>(attachment.size_bytes(), 0);
}

bool is_adapted(std::string_view mime) {
  return mime == "image/jpeg" || mime == "image/png" || mime == "image/gif";
}

// Only file types that phones can show.
bool fits_mms(const api::Attachment& attachment) {
  const std::string_view mime = attachment.mime_type();
  if (mime.empty() || is_adapted(mime)) return bytes_of(attachment) <= kMediaBytes;
  const bool shown = mime.starts_with("image/") || mime.starts_with("audio/") ||
                     mime.starts_with("video/") || mime.starts_with("text/") ||
                     mime == "application/pdf";
  return shown && bytes_of(attachment) <= kCarrierBytes;
}

void add_attachments(const OutboundMessage& message, std::string& text,
                     std::vector<std::string>& media) {
  std::int64_t bytes = 0;
  for (const auto& attachment : message.attachments) {
    if (attachment.has_latitude() && attachment.has_longitude()) {
      add_line(text, attachment.title());
      add_line(text, attachment.address());
      add_line(text, "https://www.google.com/maps?q=" + std::to_string(attachment.latitude()) +
                         "," + std::to_string(attachment.longitude()));
    } else if (takes_mms(message) && attachment.url().starts_with("https://") &&
               media.size() < kMediaMost && !message.files_as_links && fits_mms(attachment) &&
               bytes + bytes_of(attachment) <= kMediaBytes) {
      bytes += bytes_of(attachment);
      add_line(text, attachment.title());
      media.push_back(attachment.url());
    } else {
      add_line(text, attachment.title());
      add_line(text, attachment.url());
    }
  }
}

// Typographic characters are replaced only if that makes the whole text GSM-7, which is cheaper.
std::string cheapest(std::string text) {
  if (count_segments(text).encoding == Encoding::gsm7) return text;
  std::string plain = plain_typography(text);
  return count_segments(plain).encoding == Encoding::gsm7 ? plain : text;
}

std::vector<std::string> split(const std::string& text) {
  const bool gsm = count_segments(text).encoding == Encoding::gsm7;
  std::size_t limit = std::min(kBodyChars, kPartSegments * (gsm ? 153 : 67));
  for (;; limit -= std::min<std::size_t>(limit - 1, 16)) {
    const auto cut = split_text(text, limit);
    const bool fits = std::all_of(cut.begin(), cut.end(), [](std::string_view part) {
      return count_segments(part).parts <= kPartSegments;
    });
    if (fits || limit == 1) return {cut.begin(), cut.end()};
  }
}

}  // namespace

std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message) {
  std::vector<api::QuickReply> out;
  const auto add = [&out](const std::string& title, const std::string& payload) {
    out.push_back(choice_of(title, payload));
  };
  for (const auto& reply : message.quick_replies) add(reply.title(), reply.payload());
  for (const auto& button : message.buttons)
    if (!button.has_url() && !button.has_phone()) add(button.title(), button.payload());
  if (!message.list) return out;
  for (const auto& section : message.list->sections())
    for (const auto& row : section.rows()) add(row.title(), row.id());
  return out;
}

Outgoing outgoing_of(const OutboundMessage& message) {
  Outgoing out;
  std::string text = message.text;
  if (message.products) add_line(text, in_words(*message.products));
  add_choices(message, text);
  add_attachments(message, text, out.media);
  out.texts = split(cheapest(std::move(text)));
  for (const auto& part : out.texts) out.segments += count_segments(part).parts;
  return out;
}

bool is_content_sid(std::string_view name) {
  return name.size() == 34 && name.starts_with("HX") &&
         std::all_of(name.begin() + 2, name.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

}  // namespace aura::net::sms
