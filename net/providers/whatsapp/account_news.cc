// Events about the business account: templates, quality, limits, restrictions, display name. Each
// becomes one notice in words that a shop owner understands.
#include <array>
#include <utility>

#include "net/http.h"
#include "net/providers/meta/normalise.h"
#include "net/providers/whatsapp/normalise.h"

namespace aura::net::whatsapp {
namespace {

using meta::digest;

std::string first_of(JsonView json, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (std::string text = json.text(key); !text.empty()) return text;
  }
  return {};
}

std::string joined(std::string a, const std::string& b) {
  if (b.empty()) return a;
  return a.empty() ? b : a + " " + b;
}

std::string template_of(JsonView value) {
  const std::string name = value.text("message_template_name");
  const std::string language = value.text("message_template_language");
  return language.empty() ? name : name + " (" + language + ")";
}

struct Words {
  std::string_view value;
  std::string_view text;
};

std::string words_for(const std::string& value, const Words* begin, const Words* end,
                      std::string_view otherwise) {
  for (const Words* at = begin; at != end; ++at) {
    if (at->value == value) return std::string(at->text);
  }
  return std::string(otherwise);
}

constexpr std::array<Words, 13> kTemplateEvents{{
    {"APPROVED", "The template is approved and can be sent."},
    {"REINSTATED", "The template can be sent again."},
    {"REJECTED", "WhatsApp has rejected the template."},
    {"PENDING", "WhatsApp is looking at the template."},
    {"IN_APPEAL", "WhatsApp is looking at your appeal for the template."},
    {"PAUSED", "WhatsApp has paused the template because people did not like it."},
    {"FLAGGED", "The template's quality is low: it is not sent until WhatsApp reinstates it."},
    {"DISABLED", "WhatsApp has switched the template off."},
    {"ARCHIVED", "The template is archived."},
    {"DELETED", "The template is deleted."},
    {"PENDING_DELETION", "The template is being deleted."},
    {"LIMIT_EXCEEDED", "There are too many templates for this account."},
    {"LOCKED", "The template is locked."},
}};

constexpr std::array<Words, 9> kRejections{{
    {"ABUSIVE_CONTENT", "Reason: abusive content."},
    {"INCORRECT_CATEGORY", "Reason: the category does not fit the text."},
    {"INVALID_FORMAT", "Reason: the format is not valid."},
    {"PROMOTIONAL", "Reason: it is promotional."},
    {"SCAM", "Reason: it looks like fraud."},
    {"TAG_CONTENT_MISMATCH", "Reason: language or category do not fit the text."},
    {"NONE", ""},
    {"", ""},
    {"null", ""},
}};

// The template status after an event, spelled as in the template list.
std::string status_after(const std::string& event) {
  if (event == "REINSTATED") return "approved";
  const bool known = !words_for(event, kTemplateEvents.begin(), kTemplateEvents.end(), "").empty();
  return known ? lower_case(event) : std::string();
}

std::optional<api::Template> told_of(JsonView value, std::string status,
                                     std::string_view category) {
  api::Template told;
  told.set_name(value.text("message_template_name"));
  told.set_language(value.text("message_template_language"));
  told.set_status(std::move(status));
  told.set_category(lower_case(value.text(category)));
  if (told.name().empty() || told.language().empty()) return std::nullopt;
  return told;
}

AccountNotice template_status(JsonView value) {
  AccountNotice notice{"template_status", template_of(value), value.text("event"), {}, false};
  notice.of_template = told_of(value, status_after(notice.value), "message_template_category");
  notice.detail = words_for(notice.value, kTemplateEvents.begin(), kTemplateEvents.end(),
                            "The template's status has changed.");
  const std::string reason = value.text("reason");
  notice.detail = joined(notice.detail, words_for(reason, kRejections.begin(), kRejections.end(),
                                                  "Reason: " + reason + "."));
  const JsonView rejection = value.get("rejection_info");
  notice.detail = joined(notice.detail, rejection.text("reason"));
  notice.detail = joined(notice.detail, rejection.text("recommendation"));
  notice.detail = joined(notice.detail, value.get("other_info").text("description"));
  if (auto date = value.get("disable_info").text("disable_date"); !date.empty()) {
    notice.detail = joined(notice.detail, "From: " + date + ".");
  }
  return notice;
}

AccountNotice template_quality(JsonView value) {
  AccountNotice notice{
      "template_quality", template_of(value), value.text("new_quality_score"), {}, false};
  if (notice.value == "YELLOW" || notice.value == "RED") {
    notice.detail = "People block or report this template; WhatsApp may pause it.";
  } else {
    notice.detail = "The template's quality has changed.";
  }
  const std::string before = value.text("previous_quality_score");
  if (!before.empty() && before != notice.value)
    notice.detail = joined(notice.detail, "Before: " + before + ".");
  return notice;
}

AccountNotice template_category(JsonView value) {
  return {"template_category",
          template_of(value),
          value.text("new_category"),
          "WhatsApp has changed the template's category, and with it the price of its messages.",
          false,
          false,
          told_of(value, {}, "new_category")};
}

AccountNotice number_quality(JsonView value) {
  AccountNotice notice{
      "quality", value.text("display_phone_number"), value.text("event"), {}, false};
  const std::string tier =
      first_of(value, {"max_daily_conversations_per_business", "current_limit"});
  constexpr std::array<Words, 5> kEvents{{
      {"ONBOARDING", "The number is ready to send."},
      {"THROUGHPUT_UPGRADE", "The number may send faster now."},
      {"UPGRADE", "The number may write to more people now."},
      {"DOWNGRADE", "The number may write to fewer people now."},
      {"FLAGGED", "The number's quality is low; WhatsApp may restrict it."},
  }};
  notice.detail = words_for(notice.value, kEvents.begin(), kEvents.end(),
                            "The number's quality or limit has changed.");
  if (!tier.empty()) notice.detail = joined(notice.detail, "Limit: " + tier + ".");
  return notice;
}

AccountNotice capability(JsonView value) {
  const std::string people =
      first_of(value, {"max_daily_conversations_per_business", "max_daily_conversation_per_phone"});
  return {"limits", "account", people, "What your WhatsApp account may do has changed.", false};
}

// The account's state; events that end our access disconnect the channel.
AccountNotice account_update(JsonView value) {
  AccountNotice notice{"restriction", value.text("phone_number"), value.text("event"), {}, false};
  const std::string ban = value.get("ban_info").text("waba_ban_state");
  if (notice.value == "PARTNER_REMOVED" || notice.value == "PARTNER_APP_UNINSTALLED" ||
      notice.value == "ACCOUNT_DELETED") {
    notice.what = "disconnected";
    notice.disconnected = true;
    notice.detail = "Our access to your WhatsApp account was removed; please connect it again.";
  } else if (notice.value == "DISABLED_UPDATE") {
    notice.disconnected = notice.restricted = ban.empty() || ban == "DISABLE";
    notice.restored = ban == "REINSTATE";
    notice.detail = notice.disconnected ? "WhatsApp has disabled your account; nothing can be sent."
                    : ban == "REINSTATE" ? "WhatsApp has enabled your account again."
                                         : "WhatsApp is going to disable your account.";
  } else if (notice.value == "ACCOUNT_RESTRICTION") {
    notice.detail = "WhatsApp has restricted your account.";
    const JsonView restrictions = value.get("restriction_info");
    for (std::size_t i = 0; i < restrictions.size(); ++i) {
      notice.detail = joined(notice.detail, restrictions.at(i).text("restriction_type"));
    }
  } else if (notice.value == "ACCOUNT_VIOLATION") {
    notice.detail = joined("Your account has broken a rule of WhatsApp:",
                           value.get("violation_info").text("violation_type"));
  } else {
    notice.what = "account";
    notice.detail = "Your WhatsApp account's state has changed.";
  }
  return notice;
}

AccountNotice alert(JsonView value) {
  const JsonView info = value.get("alert_info").exists() ? value.get("alert_info") : value;
  return {"alert", value.text("entity_id"), info.text("alert_type"),
          joined(info.text("alert_description"), info.text("alert_severity")), false};
}

AccountNotice name_update(JsonView value) {
  const std::string name = value.text("requested_verified_name");
  const std::string decision = value.text("decision");
  std::string detail = decision == "APPROVED"   ? "The display name \"" + name + "\" is approved."
                       : decision == "REJECTED" ? "The display name \"" + name + "\" is rejected."
                                                : "The state of the display name has changed.";
  const std::string reason = value.text("rejection_reason");
  if (reason != "NONE") detail = joined(std::move(detail), reason);
  return {"name", value.text("display_phone_number"), decision, std::move(detail), false};
}

AccountNotice security(JsonView value) {
  const std::string event = value.text("event");
  constexpr std::array<Words, 3> kEvents{{
      {"PIN_CHANGED",
       "The number's PIN was changed. If it was not you, please look at who has "
       "access to your account."},
      {"PIN_RESET_REQUEST", "Somebody asked to switch the number's PIN off."},
      {"PIN_RESET_SUCCESS", "The number's PIN was switched off."},
  }};
  return {"security", value.text("display_phone_number"), event,
          words_for(event, kEvents.begin(), kEvents.end(),
                    "A security setting of your number has changed."),
          false};
}

AccountNotice review(JsonView value) {
  return {"review", "account", value.text("decision"), "WhatsApp has reviewed your account.",
          false};
}

using NoticeReader = AccountNotice (*)(JsonView);
constexpr std::array<std::pair<std::string_view, NoticeReader>, 10> kFields{{
    {"message_template_status_update", template_status},
    {"message_template_quality_update", template_quality},
    {"template_category_update", template_category},
    {"phone_number_quality_update", number_quality},
    {"business_capability_update", capability},
    {"account_update", account_update},
    {"account_alerts", alert},
    {"phone_number_name_update", name_update},
    {"security", security},
    {"account_review_update", review},
}};

}  // namespace

bool read_account_news(const Change& change, Reading& out) {
  for (const auto& [field, read] : kFields) {
    if (field != change.field) continue;
    ChannelEvent event;
    event.kind = ChannelEvent::Kind::account;
    // Field, account, time and value: a literal repetition is the same event.
    event.external_id = change.field + ":" + change.business + ":" + std::to_string(change.at) +
                        ":" + digest(change.value.json());
    event.at = change.at;
    event.payload = change.field;
    event.account = read(change.value);
    out.events.push_back(std::move(event));
    return true;
  }
  return false;
}

}  // namespace aura::net::whatsapp
