// Public comments on a page's posts and an Instagram account's media. A comment is a message by its
// author; it is answered by a private reply to its id.
#include <algorithm>
#include <utility>

#include "net/providers/meta/normalise.h"

namespace aura::net::meta {
namespace {

using EventKind = ChannelEvent::Kind;

struct RawComment {
  JsonView value;
  std::string id;
  std::string author;
  std::string text;
};

RawComment read(JsonView value) {
  RawComment out;
  out.value = value;
  out.id = id_of(value.get("comment_id"));
  if (out.id.empty()) out.id = id_of(value.get("id"));
  out.author = id_of(value.get("from").get("id"));
  out.text = value.text("message");
  if (out.text.empty()) out.text = value.text("text");
  return out;
}

api::Comment place_of(const RawComment& comment) {
  api::Comment out;
  out.set_id(comment.id);
  std::string post = id_of(comment.value.get("post_id"));
  if (post.empty()) post = id_of(comment.value.get("media").get("id"));
  const std::string parent = id_of(comment.value.get("parent_id"));
  if (!post.empty()) out.set_post_id(post);
  if (!parent.empty() && parent != post) out.set_parent_id(parent);
  return out;
}

// The author's name and username, if given.
void read_author(JsonView from, ChannelEvent& event) {
  const std::string username = id_of(from.get("username"));
  event.contact_name = from.text("name");
  event.name_is_handle = event.contact_name.empty() && !username.empty();
  if (event.name_is_handle) event.contact_name = username;
  if (!username.empty()) event.identities.push_back({"username", username});
}

void add_picture(JsonView value, const char* key, const char* type, ChannelEvent& event) {
  const std::string url = value.text(key);
  if (url.empty()) return;
  api::Attachment attachment;
  attachment.set_type(type);
  attachment.set_url(url);
  event.attachments.push_back(std::move(attachment));
  MediaSource source;
  if (url.starts_with("http")) source.url = url;
  event.media.push_back(std::move(source));
}

// A comment on an advertisement contains the ad's id.
void read_ad(JsonView media, ChannelEvent& event) {
  const std::string ad = id_of(media.get("ad_id"));
  if (ad.empty()) return;
  api::Referral referral;
  referral.set_source("ad");
  referral.set_ad_id(ad);
  if (const std::string title = media.text("ad_title"); !title.empty()) referral.set_title(title);
  event.referral = std::move(referral);
}

Normalised added(const Item& item, const RawComment& comment) {
  ChannelEvent event = item.make_of(comment.author, EventKind::message, comment.id);
  const Millis created = provider_time(comment.value.integer("created_time"));
  if (created != 0) event.at = created;
  event.text = comment.text;
  event.comment = place_of(comment);
  read_author(comment.value.get("from"), event);
  add_picture(comment.value, "photo", "image", event);
  add_picture(comment.value, "video", "video", event);
  read_ad(comment.value.get("media"), event);
  if (event.text.empty() && event.attachments.empty()) {
    event.kind = EventKind::unsupported;
    event.unsupported = "comment";
  }
  return one(std::move(event));
}

// Comment edits have no number, so the time of the event in seconds serves as one.
Normalised edited(const Item& item, const RawComment& comment) {
  Millis at = item.told_at;
  if (at == 0) at = provider_time(comment.value.integer("created_time"));
  ChannelEvent event = item.make_of(
      comment.author, EventKind::edit,
      "edit:" + comment.id + ":" + std::to_string(at / 1000) + ":" + digest(comment.text));
  event.at = at;
  event.target_id = comment.id;
  event.text = comment.text;
  event.edit_number = static_cast<std::uint32_t>(std::max<Millis>(at / 1000, 1));
  return one(std::move(event));
}

Normalised removed(const Item& item, const RawComment& comment) {
  ChannelEvent event = item.make_of(comment.author, EventKind::unsend, "delete:" + comment.id);
  event.target_id = comment.id;
  return one(std::move(event));
}

}  // namespace

Normalised normalise_comment(const Item& item, std::string_view field) {
  if (!item.event.is_object()) return not_understood("a comment that is not an object");
  // A page's feed also contains posts, likes and shares.
  if (field == "feed" && item.event.text("item") != "comment") return ignored("page_feed");
  const RawComment comment = read(item.event);
  if (comment.id.empty()) return not_understood("a comment without its id");
  if (!comment.author.empty() && comment.author == item.account) return ignored("own_comment");
  const std::string verb = item.event.text("verb");
  if (verb == "hide" || verb == "unhide") return ignored("comment_hidden");
  if (comment.author.empty()) return not_understood("a comment without its author's id");
  if (verb.empty() || verb == "add") return added(item, comment);
  if (verb == "edited" || verb == "edit") return edited(item, comment);
  if (verb == "remove" || verb == "delete") return removed(item, comment);
  return not_understood("a comment with an unknown verb");
}

}  // namespace aura::net::meta
