// Statuses of sent messages, account errors, and marketing preferences.
#include <array>
#include <utility>

#include "net/providers/meta/normalise.h"
#include "net/providers/whatsapp/delivery_errors.h"
#include "net/providers/whatsapp/normalise.h"
#include "runtime/ports/owner_notice.h"

namespace aura::net::whatsapp {
namespace {

using EventKind = ChannelEvent::Kind;
using meta::digest;
using meta::id_of;
using meta::provider_time;

constexpr std::array<std::pair<std::string_view, api::MessageStatus>, 5> kStatuses{{
    {"sent", api::MESSAGE_STATUS_SENT},
    {"delivered", api::MESSAGE_STATUS_DELIVERED},
    {"read", api::MESSAGE_STATUS_READ},
    {"played", api::MESSAGE_STATUS_READ},  // a voice message that was heard
    {"failed", api::MESSAGE_STATUS_FAILED},
}};

constexpr std::int64_t kStoppedMarketing = 131050;
constexpr Millis kFileAgain = 2'000;  // before a rejected file is resent as a link

void place(const Change& change, JsonView json, ChannelEvent& event) {
  if (json.text("recipient_type") == "group") {
    event.thread = std::string(kGroup) + id_of(json.get("recipient_id"));
    return;
  }
  Person person;
  person.wa_id = digits_of(id_of(json.get("recipient_id")));
  person.user_id = id_of(json.get("recipient_user_id"));
  person.parent_user_id = id_of(json.get("recipient_parent_user_id"));
  // recipient_id may contain the BSUID of a message sent to one, instead of a number.
  if (const std::string id = id_of(json.get("recipient_id")); is_user_id(id)) person.user_id = id;
  person = complete(std::move(person), change.contacts);
  event.thread = thread_of(person);
  event.identities = identities_of(person);
  event.contact_name = person.name;
}

void put_failure(JsonView error, ChannelEvent& event) {
  const std::int64_t code = error.integer("code").value_or(0);
  const Verdict verdict = verdict_of(code, 0, 0);
  event.provider_code = error.text("code");
  event.error_code = verdict.code;
  event.error_detail = verdict.detail;
  event.file_refused = verdict.of_file;
  if (verdict.of_file) event.resend_after = kFileAgain;
  if (verdict.kind == SendOutcome::Kind::retry || verdict.kind == SendOutcome::Kind::pause) {
    // In a reply to a call this code means a retry; in a status WhatsApp has given up.
    event.error_detail = "WhatsApp could not deliver this message; please send it again later.";
  }
}

// Adds a notice for a failure that concerns the account. An error that would stop sending in the
// reply to a call does so here too.
void tell_owner(const Verdict& verdict, const ChannelEvent& failure, Reading& out) {
  const bool ends = verdict.kind == SendOutcome::Kind::reconnect;
  if (!ends && !verdict.of_owner) return;
  ChannelEvent notice =
      owner_notice(verdict.code, failure.provider_code, verdict.detail, failure.at, ends);
  notice.thread = failure.thread;
  out.events.push_back(std::move(notice));
}

// This failure also means that the person opted out of marketing.
ChannelEvent stopped_marketing(const ChannelEvent& failure) {
  ChannelEvent event;
  event.kind = EventKind::consent;
  event.external_id = "consent:" + failure.external_id;
  event.thread = failure.thread;
  event.target_id = failure.target_id;
  event.metadata = failure.metadata;
  event.identities = failure.identities;
  event.at = failure.at;
  event.consent = ConsentChange{ConsentChange::Scope::marketing, false, failure.provider_code};
  return event;
}

void read_status(const Change& change, JsonView json, Reading& out) {
  const std::string name = json.text("status");
  const std::string message = id_of(json.get("id"));
  if (name == "deleted") {  // obsolete status; deletions arrive as revoke events
    out.ignored = "status_deleted";
    return;
  }
  ChannelEvent event;
  event.kind = EventKind::status;
  bool known = false;
  for (const auto& [word, status] : kStatuses) {
    if (word == name) {
      event.status = status;
      known = true;
    }
  }
  place(change, json, event);
  if (!known || message.empty()) {
    out.not_understood = "a status without a message or a known word";
    return;
  }
  event.external_id = "status:" + message + ":" + name + ":" + event.thread + ":" +
                      id_of(json.get("recipient_participant_id"));
  event.target_id = message;
  event.at = provider_time(json.integer("timestamp"));
  event.metadata = json.text("biz_opaque_callback_data");
  const JsonView error = json.get("errors").at(0);
  const bool failed = event.status == api::MESSAGE_STATUS_FAILED;
  if (failed) put_failure(error, event);
  out.events.push_back(event);
  if (failed) tell_owner(verdict_of(error.integer("code").value_or(0), 0, 0), event, out);
  if (error.integer("code") == kStoppedMarketing) out.events.push_back(stopped_marketing(event));
}

// Preference for marketing messages: stop, resume or signup.
void read_preference(const Change& change, JsonView json, Reading& out) {
  Person person;
  person.wa_id = digits_of(id_of(json.get("wa_id")));
  person.user_id = id_of(json.get("user_id"));
  person = complete(std::move(person), change.contacts);
  const std::string word = json.text("value");
  const bool granted = word == "resume" || word == "signup";
  if (json.text("category") != "marketing_messages" || (!granted && word != "stop") ||
      !person.known()) {
    out.not_understood = "a preference of an unknown kind";
    return;
  }
  ChannelEvent event;
  event.kind = EventKind::consent;
  event.at = provider_time(json.integer("timestamp"));
  event.thread = thread_of(person);
  event.external_id = "preference:" + event.thread + ":" + word + ":" + std::to_string(event.at);
  event.identities = identities_of(person);
  event.contact_name = person.name;
  event.consent = ConsentChange{ConsentChange::Scope::marketing, granted, word};
  out.events.push_back(std::move(event));
}

}  // namespace

void read_statuses(const Change& change, Reading& out) {
  const JsonView statuses = change.value.get("statuses");
  for (std::size_t i = 0; i < statuses.size(); ++i) read_status(change, statuses.at(i), out);
}

void read_errors(const Change& change, Reading& out) {
  const JsonView errors = change.value.get("errors");
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const JsonView error = errors.at(i);
    const Verdict verdict = verdict_of(error.integer("code").value_or(0), 0, 0);
    ChannelEvent event;
    event.kind = EventKind::account;
    event.external_id =
        "error:" + change.number + ":" + std::to_string(change.at) + ":" + digest(error.json());
    event.at = change.at;
    event.provider_code = error.text("code");
    std::string detail = error.get("error_data").text("details");
    if (detail.empty()) detail = error.text("title");
    AccountNotice notice{"error", error.text("code"), error.text("title"), std::move(detail),
                         false};
    if (verdict.kind == SendOutcome::Kind::reconnect) {
      notice.detail = verdict.detail;
      notice.disconnected = true;
      notice.restricted = verdict.code == std::string_view(kRestricted);
    }
    event.account = std::move(notice);
    out.events.push_back(std::move(event));
  }
}

void read_preferences(const Change& change, Reading& out) {
  const JsonView list = change.value.get("user_preferences");
  for (std::size_t i = 0; i < list.size(); ++i) read_preference(change, list.at(i), out);
}

}  // namespace aura::net::whatsapp
