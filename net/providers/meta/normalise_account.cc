// Events about the account itself: policy actions, app roles, template status and mentions.
#include <algorithm>
#include <array>
#include <utility>

#include "net/providers/meta/normalise.h"

namespace aura::net::meta {
namespace {

using EventKind = ChannelEvent::Kind;

ChannelEvent notice(const Item& item, std::string_view kind, JsonView news, AccountNotice what) {
  ChannelEvent event = item.make_of({}, EventKind::account,
                                    std::string(kind) + ":" + item.account + ":" +
                                        std::to_string(item.at) + ":" + digest(news.json()));
  event.account = std::move(what);
  return event;
}

std::string ours(const Item& item) {
  return std::string(item.product->company) + " " + std::string(item.product->account);
}

}  // namespace

Normalised normalise_policy(const Item& item) {
  const JsonView news = item.event.get("policy_enforcement");
  AccountNotice what;
  what.what = "restriction";
  what.value = news.text("action");
  what.disconnected = what.restricted = what.value == "block";
  what.restored = what.value == "unblock";
  const std::string company(item.product->company);
  const std::string account(item.product->account);
  if (what.disconnected) {
    what.detail = company + " has stopped your " + account + " from sending messages";
  } else if (what.value == "unblock") {
    what.detail = company + " lets your " + account + " send messages again";
  } else {
    what.detail = company + " warns your " + account + " about its messages";
  }
  const std::string reason = news.text("reason");
  what.detail += reason.empty() ? "." : ": " + reason;
  return one(notice(item, "policy_enforcement", news, std::move(what)));
}

Normalised normalise_app_roles(const Item& item) {
  const JsonView news = item.event.get("app_roles");
  AccountNotice what;
  what.what = "app_roles";
  what.subject = item.app_id;
  const JsonView roles = news.get(item.app_id);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    what.value += (i == 0 ? "" : ", ") + roles.at(i).text();
  }
  what.detail = what.value.empty()
                    ? "The apps that may answer on your " + ours(item) + " have changed."
                    : "This app's role on your " + ours(item) + " is now: " + what.value + ".";
  return one(notice(item, "app_roles", news, std::move(what)));
}

Normalised normalise_template_status(const Item& item) {
  AccountNotice what;
  what.what = "template_status";
  what.subject = item.event.text("message_template_name");
  if (what.subject.empty()) what.subject = item.event.text("template_name");
  what.value = item.event.text("event");
  if (what.value.empty()) what.value = item.event.text("status");
  if (what.value.empty()) return not_understood("a template's status that says nothing");
  what.detail = "The template " + what.subject + " is now " + what.value + ".";
  return one(notice(item, "template_status", item.event, std::move(what)));
}

// A mention contains no person and no text; both would have to be looked up.
Normalised normalise_mention(const Item& item) {
  AccountNotice what;
  what.what = "mention";
  for (const char* key : {"comment_id", "media_id", "post_id"}) {
    if (what.subject.empty()) what.subject = id_of(item.event.get(key));
  }
  if (what.subject.empty()) return not_understood("a mention that says nothing");
  what.value = item.event.has("comment_id") ? "comment" : "post";
  what.detail = "Someone mentioned your " + ours(item) + " in a " + what.value + ".";
  return one(notice(item, "mention", item.event, std::move(what)));
}

// Some message webhooks arrive as changes too; their value is an element of messaging[].
Normalised normalise_change(const Item& item, std::string_view field) {
  constexpr std::array<std::string_view, 3> kQuiet{"inbox_labels", "send_cart", "story_insights"};
  if (field == "feed" || field == "comments" || field == "live_comments") {
    return normalise_comment(item, field);
  }
  if (field == "mentions" || field == "mention") return normalise_mention(item);
  if (field == "messenger_template_status_update") return normalise_template_status(item);
  if (std::find(kQuiet.begin(), kQuiet.end(), field) != kQuiet.end()) {
    return ignored("change_" + std::string(field));
  }
  const bool messaging = field.starts_with("message") || field.starts_with("messaging");
  if (messaging && item.event.has("sender")) return normalise_messaging(item);
  return not_understood(field.empty() ? "a change without a field"
                                      : "a change of an unknown field");
}

}  // namespace aura::net::meta
