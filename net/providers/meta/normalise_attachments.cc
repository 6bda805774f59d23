// Attachments of a message: type, description, and where to fetch their files.
#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "net/http.h"
#include "net/providers/meta/normalise.h"

namespace aura::net::meta {
namespace {

// Maps wire types to our attachment types.
std::string_view kind_of(std::string_view type) {
  if (type.starts_with("ig_")) type.remove_prefix(3);
  constexpr std::array<std::string_view, 18> kKnown{"image",
                                                    "audio",
                                                    "video",
                                                    "file",
                                                    "sticker",
                                                    "fallback",
                                                    "reel",
                                                    "post",
                                                    "story",
                                                    "story_mention",
                                                    "share",
                                                    "media",
                                                    "template",
                                                    "location",
                                                    "like_heart",
                                                    "ephemeral",
                                                    "appointment_booking",
                                                    "product"};
  return std::find(kKnown.begin(), kKnown.end(), type) != kKnown.end() ? type : "unknown";
}

// Whether the URL is a file that we copy, and not a web page.
bool is_file(const Item& item, std::string_view kind) {
  constexpr std::array<std::string_view, 7> kFiles{"image",   "audio", "video",        "file",
                                                   "sticker", "story", "story_mention"};
  constexpr std::array<std::string_view, 4> kShares{"reel", "post", "share", "media"};
  return std::find(kFiles.begin(), kFiles.end(), kind) != kFiles.end() ||
         (item.product->shares_are_files &&
          std::find(kShares.begin(), kShares.end(), kind) != kShares.end());
}

// Keeps `media` parallel to `attachments`.
void add(const Item& item, api::Attachment attachment, ChannelEvent& event) {
  MediaSource source;
  if (is_file(item, attachment.type()) && has_web_scheme(attachment.url())) {
    source.url = attachment.url();
  }
  event.attachments.push_back(std::move(attachment));
  event.media.push_back(std::move(source));
}

void set_title(api::Attachment& out, std::string title) {
  if (!title.empty()) out.set_title(std::move(title));
}

void set_url(api::Attachment& out, std::string url) {
  if (!url.empty()) out.set_url(std::move(url));
}

// Products of a shop, one attachment each.
void add_products(const Item& item, JsonView elements, ChannelEvent& event) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const JsonView element = elements.at(i);
    api::Attachment out;
    out.set_type("product");
    std::string title = element.text("title");
    if (const std::string more = element.text("subtitle"); !more.empty()) {
      title += (title.empty() ? "" : " · ") + more;
    }
    set_title(out, std::move(title));
    set_url(out, element.text("image_url"));
    if (std::string id = id_of(element.get("id")); !id.empty()) out.set_product_id(std::move(id));
    add(item, std::move(out), event);
  }
}

// A numeric time is formatted, anything else is kept as text.
std::string time_text(JsonView time) {
  const Millis at = provider_time(time.integer());
  if (at == 0) return time.text();
  const std::time_t seconds = at / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
  return {text.data(), size};
}

// A booking as one line of text; the complete data is kept as a form.
void read_booking(JsonView payload, api::Attachment& out, ChannelEvent& event) {
  std::string title = time_text(payload.get("start_time"));
  auto append = [&](const char* separator, const std::string& text) {
    if (!title.empty() && !text.empty()) title += separator;
    title += text;
  };
  append(" – ", time_text(payload.get("end_time")));
  append(", ", payload.text("timezone"));
  append(", ", payload.text("status"));
  set_title(out, std::move(title));
  event.form = payload.json();
}

std::string title_of(JsonView json, JsonView payload) {
  std::string title = payload.text("title");
  if (title.empty()) title = json.text("title");
  if (title.empty()) title = payload.text("text");  // button template
  if (title.empty()) title = payload.get("elements").at(0).text("title");
  return title;
}

void read_attachment(const Item& item, JsonView json, ChannelEvent& event) {
  const JsonView payload = json.get("payload");
  const std::string type = json.text("type");
  std::string_view kind = kind_of(type);
  // Until August 2026 stickers were sent as images with this key.
  if (kind == "image" && payload.has("sticker_id")) kind = "sticker";
  const JsonView products = payload.get("product").get("elements");
  if (products.size() > 0) return add_products(item, products, event);
  api::Attachment out;
  out.set_type(std::string(kind));
  std::string url = payload.text("url");
  set_url(out, url.empty() ? json.text("url") : std::move(url));
  set_title(out, title_of(json, payload));
  for (const char* key : {"ig_post_media_id", "reel_video_id", "sticker_id", "id"}) {
    if (out.has_channel_media_id()) break;
    if (std::string id = id_of(payload.get(key)); !id.empty()) out.set_channel_media_id(id);
  }
  const JsonView place = payload.get("coordinates");
  if (const auto latitude = place.real("lat")) out.set_latitude(*latitude);
  if (const auto longitude = place.real("long")) out.set_longitude(*longitude);
  if (kind == "appointment_booking" && payload.is_object()) read_booking(payload, out, event);
  add(item, std::move(out), event);
}

}  // namespace

void read_attachments(const Item& item, JsonView message, ChannelEvent& event) {
  const JsonView attachments = message.get("attachments");
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    if (attachments.at(i).is_object()) read_attachment(item, attachments.at(i), event);
  }
  const JsonView story = message.get("reply_to").get("story");
  if (!story.is_object()) return;
  api::Attachment quoted;
  quoted.set_type("story");
  set_url(quoted, story.text("url"));
  if (std::string id = id_of(story.get("id")); !id.empty()) quoted.set_channel_media_id(id);
  add(item, std::move(quoted), event);
}

std::optional<api::Referral> referral_of(JsonView referral) {
  if (!referral.is_object()) return std::nullopt;
  api::Referral out;
  std::string source = lower_case(referral.text("source"));
  if (source == "ads") source = "ad";
  if (source.ends_with("link")) source = "link";  // SHORTLINK, IGME-SOURCE-LINK
  const JsonView ad = referral.get("ads_context_data");
  const std::string ad_id = id_of(referral.get("ad_id"));
  if (source.empty()) source = ad_id.empty() ? "link" : "ad";
  out.set_source(std::move(source));
  if (std::string ref = referral.text("ref"); !ref.empty()) out.set_ref(std::move(ref));
  if (!ad_id.empty()) out.set_ad_id(ad_id);
  if (std::string title = ad.text("ad_title"); !title.empty()) out.set_title(std::move(title));
  if (std::string photo = ad.text("photo_url"); !photo.empty()) out.set_image_url(std::move(photo));
  if (std::string video = ad.text("video_url"); !video.empty()) out.set_video_url(std::move(video));
  if (std::string post = id_of(ad.get("post_id")); !post.empty()) out.set_post_id(std::move(post));
  if (std::string url = referral.text("referer_uri"); !url.empty()) out.set_url(std::move(url));
  return out;
}

void read_referral(JsonView referral, ChannelEvent& event) {
  event.referral = referral_of(referral);
  const std::string product = id_of(referral.get("product").get("id"));
  if (product.empty()) return;
  api::Attachment asked_about;
  asked_about.set_type("product");
  asked_about.set_product_id(product);
  event.attachments.push_back(std::move(asked_about));
  event.media.emplace_back();
}

}  // namespace aura::net::meta
