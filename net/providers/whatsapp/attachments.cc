// Files, locations and contact cards. A file is sent by the id of an upload to WhatsApp or by a
// link that WhatsApp fetches.
#include <array>
#include <cstdint>

#include "net/http.h"
#include "net/providers/whatsapp/outgoing.h"

namespace aura::net::whatsapp {
namespace {

constexpr std::int64_t kMega = 1024 * 1024;

struct Form {
  std::string_view type;  // of api.Attachment
  std::string_view name;  // WhatsApp's
  std::int64_t most_bytes;
  std::array<std::string_view, 5> mime_types;
  std::string_view other_endings;  // URL extensions of unsupported types, surrounded by spaces
};

constexpr std::array<Form, 4> kForms{{
    {"image",
     "image",
     5 * kMega,
     {"image/jpeg", "image/png"},
     " webp gif bmp heic heif avif svg tif tiff "},
    {"video",
     "video",
     16 * kMega,
     {"video/mp4", "video/3gpp", "video/3gp"},
     " mov avi webm mkv ogv wmv "},
    {"audio",
     "audio",
     16 * kMega,
     {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"},
     " wav flac wma "},
    {"sticker", "sticker", 500 * 1024, {"image/webp"}, " jpg jpeg png gif "},
}};

// "png" for …/a.PNG?x=1, or empty.
std::string ending_of(std::string_view url) {
  const std::string_view path = url.substr(0, url.find_first_of("?#"));
  const std::size_t dot = path.find_last_of("./");
  if (dot == std::string_view::npos || path[dot] == '/') return {};
  return lower_case(path.substr(dot + 1));
}

std::int64_t most_bytes(const Form& form, const api::Attachment& attachment) {
  constexpr std::int64_t kStillSticker = 100 * 1024;
  return form.type == "sticker" && !attachment.animated() ? kStillSticker : form.most_bytes;
}

bool takes(const Form& form, const api::Attachment& attachment) {
  if (attachment.size_bytes() > most_bytes(form, attachment)) return false;
  const std::string_view mime = attachment.mime_type();
  if (mime.empty()) {  // unknown type: decided by the URL's extension, else by WhatsApp
    const std::string ending = ending_of(attachment.url());
    return ending.empty() || form.other_endings.find(" " + ending + " ") == std::string_view::npos;
  }
  const std::string_view plain = mime.substr(0, mime.find(';'));
  for (const std::string_view known : form.mime_types) {
    if (!known.empty() && known == plain) return true;
  }
  return false;
}

}  // namespace

std::string_view form_of(const api::Attachment& attachment) {
  if (attachment.type() == "location") {
    return attachment.has_latitude() && attachment.has_longitude() ? "location" : "";
  }
  if (attachment.url().empty() && attachment.channel_media_id().empty()) return {};
  for (const Form& form : kForms) {
    if (form.type != attachment.type()) continue;
    return takes(form, attachment) ? form.name : "document";
  }
  const bool file = attachment.type() == "file" || attachment.type() == "document";
  return file ? "document" : "";
}

bool takes_caption(const api::Attachment& attachment) {
  const std::string_view form = form_of(attachment);
  return form == "image" || form == "video" || form == "document";
}

Part attachment_part(const api::Attachment& attachment, std::string_view caption) {
  const std::string_view form = form_of(attachment);
  return {std::string(form), json_object([&](JsonWriter& writer) {
            if (form == "location") {
              writer.Key("latitude");
              writer.Double(attachment.latitude());
              writer.Key("longitude");
              writer.Double(attachment.longitude());
              if (!attachment.title().empty()) put(writer, "name", attachment.title());
              if (!attachment.address().empty()) put(writer, "address", attachment.address());
              return;
            }
            if (attachment.channel_media_id().empty()) {
              put(writer, "link", attachment.url());
            } else {
              put(writer, "id", attachment.channel_media_id());
            }
            if (takes_caption(attachment) && !caption.empty()) put(writer, "caption", caption);
            if (form == "document" && !attachment.filename().empty()) {
              put(writer, "filename", attachment.filename());
            }
          })};
}

Part contacts_part(const std::vector<api::ContactCard>& cards) {
  std::string json = json_object([&](JsonWriter& writer) {
    put_array(writer, "contacts", cards, [&](const api::ContactCard& card) {
      writer.StartObject();
      put_object(writer, "name", [&] {
        put(writer, "formatted_name", card.name());
        put(writer, "first_name", card.name());
      });
      put_array(writer, "phones", card.phones(), [&](const std::string& phone) {
        writer.StartObject();
        put(writer, "phone", phone);
        writer.EndObject();
      });
      put_array(writer, "emails", card.emails(), [&](const std::string& email) {
        writer.StartObject();
        put(writer, "email", email);
        writer.EndObject();
      });
      if (card.has_organization()) {
        put_object(writer, "org", [&] { put(writer, "company", card.organization()); });
      }
      const auto put_list = [&](const char* list, const char* member, const auto& values) {
        if (values.empty()) return;
        put_array(writer, list, values, [&](const std::string& value) {
          writer.StartObject();
          put(writer, member, value);
          writer.EndObject();
        });
      };
      put_list("urls", "url", card.urls());
      put_list("addresses", "street", card.addresses());
      if (card.has_birthday()) put(writer, "birthday", card.birthday());
      writer.EndObject();
    });
  });
  // The value of "contacts" must be the array itself.
  constexpr std::string_view kBefore = "{\"contacts\":";
  return {"contacts", json.substr(kBefore.size(), json.size() - kBefore.size() - 1)};
}

// Attachments that WhatsApp does not support are sent as title and link.
std::string as_text(const api::Attachment& attachment) {
  std::string out = attachment.title();
  if (!attachment.address().empty()) out += (out.empty() ? "" : "\n") + attachment.address();
  if (!attachment.url().empty()) out += (out.empty() ? "" : "\n") + attachment.url();
  return out;
}

}  // namespace aura::net::whatsapp
