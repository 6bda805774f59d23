#include "actors/views.h"

#include <algorithm>

#include "actors/conversation/consent.h"
#include "actors/conversation/identities.h"
#include "actors/conversation/message_status.h"
#include "actors/conversation/steps.h"
#include "actors/conversation/windows.h"
#include "runtime/utf8.h"

namespace aura::views {

using conversation::StoredMessage;

namespace {

void set_reactions(const record::MessageBody& body, api::Message& out) {
  for (const auto& reaction : body.reactions()) {
    if (reaction.emoji().empty()) continue;  // removed
    auto& shown = *out.add_reactions();
    shown.set_author(reaction.author());
    shown.set_emoji(reaction.emoji());
    shown.set_created_at(reaction.at_ms());
  }
}

// A stored span counts bytes, the API's counts characters.
void set_claims(const record::MessageBody& body, api::Message& out) {
  const std::string_view text = body.text();
  for (const api::Claim& claim : body.claims()) {
    api::Claim& shown = *out.add_claims();
    shown = claim;
    if (claim.begin() > claim.end() || claim.end() > text.size()) continue;
    const std::string_view words = text.substr(claim.begin(), claim.end() - claim.begin());
    const std::size_t begin = count_chars(text.substr(0, claim.begin()));
    shown.set_begin(static_cast<std::uint32_t>(begin));
    shown.set_end(static_cast<std::uint32_t>(begin + count_chars(words)));
    shown.set_text(std::string(words));
  }
}

void set_content(const record::MessageBody& body, api::Message& out) {
  *out.mutable_attachments() = body.attachments();
  *out.mutable_quick_replies() = body.quick_replies();
  set_claims(body, out);
  *out.mutable_contacts() = body.contacts();
  *out.mutable_order_lines() = body.order_lines();
  *out.mutable_buttons() = body.buttons();
  if (body.has_payload()) out.set_payload(body.payload());
  if (body.has_referral()) *out.mutable_referral() = body.referral();
  if (body.has_comment()) *out.mutable_comment() = body.comment();
  if (body.has_sender()) *out.mutable_sender() = body.sender();
  if (!body.choice_description().empty()) out.set_choice_description(body.choice_description());
  if (body.has_form()) *out.mutable_form() = body.form();
  if (body.has_unsupported()) out.set_unsupported(body.unsupported());
  if (body.has_unsupported_reason()) out.set_unsupported_reason(body.unsupported_reason());
  if (body.forwarded()) out.set_forwarded(true);
  if (body.has_list()) *out.mutable_list() = body.list();
  if (body.has_products()) *out.mutable_products() = body.products();
  if (body.has_template_()) *out.mutable_template_() = body.template_();
  if (body.has_header()) out.set_header(body.header());
  if (body.has_footer()) out.set_footer(body.footer());
}

void set_reply_to(const StoredMessage& stored, const conversation::Lookup& lookup,
                  api::Message& out) {
  if (!stored.row.reply_to().empty()) {
    out.set_reply_to(format_id(IdType::message, Id::from_view(stored.row.reply_to())));
  } else if (stored.body.has_reply_to_external()) {
    const auto quoted = lookup.external(stored.body.reply_to_external());
    if (quoted && !quoted->message.empty())
      out.set_reply_to(format_id(IdType::message, quoted->message));
  }
}

// When all parts of it had come so far, as the provider's receipts tell.
void set_times(const record::Message& row, api::Message& out) {
  if (row.parts().empty() || row.send().status() == api::MESSAGE_STATUS_QUEUED) return;
  const auto parts = conversation::parts_of(row);
  const auto last = [&parts](auto time_of) {
    Millis at = 0;
    for (const auto& part : parts) {
      if (time_of(part) == 0) return Millis{0};
      at = std::max<Millis>(at, time_of(part));
    }
    return at;
  };
  if (const auto at = last([](const auto& part) { return part.sent_ms(); })) out.set_sent_at(at);
  if (const auto at = last([](const auto& part) { return part.delivered_ms(); }))
    out.set_delivered_at(at);
  if (const auto at = last([](const auto& part) { return part.read_ms(); })) out.set_read_at(at);
}

}  // namespace

api::Message message(const StoredMessage& stored, const record::Conversation& row,
                     const Id& conversation, const conversation::Lookup& lookup) {
  api::Message out;
  out.set_id(format_id(IdType::message, stored.id));
  out.set_conversation_id(format_id(IdType::conversation, conversation));
  out.set_direction(stored.row.direction());
  out.set_author(stored.row.author());
  if (stored.body.has_text()) out.set_text(stored.body.text());
  set_content(stored.body, out);
  set_reply_to(stored, lookup, out);
  set_reactions(stored.body, out);
  if (!stored.row.external_id().empty()) out.set_external_id(stored.row.external_id());
  out.set_created_at(stored.row.created_ms());
  out.set_status(conversation::shown_status(stored.row, row));
  const bool held = out.status() == api::MESSAGE_STATUS_QUEUED;  // by the provider, if it says so
  if ((out.status() == api::MESSAGE_STATUS_FAILED || held) && stored.row.has_error_code()) {
    out.mutable_error()->set_code(stored.row.error_code());
    out.mutable_error()->set_detail(stored.row.error_detail());
    if (stored.row.has_provider_code())
      out.mutable_error()->set_provider_code(stored.row.provider_code());
  }
  set_times(stored.row, out);
  *out.mutable_attempts() = stored.row.attempts();
  out.set_edited(stored.row.edit_number() > 0);
  out.set_deleted(stored.row.deleted());
  out.set_maybe_duplicate(stored.row.maybe_duplicate());
  if (stored.row.segments() > 0) out.set_segments(stored.row.segments());
  if (stored.row.priority() != api::PRIORITY_INTERACTIVE) out.set_priority(stored.row.priority());
  return out;
}

namespace {

const char* state_of(bool stopped) { return stopped ? "stopped" : "granted"; }

// The word of the newest change that concerns marketing messages only.
std::string marketing_word(const record::Consent& stored) {
  std::string word;
  for (const auto& change : stored.history())
    if (change.marketing() && change.at_ms() == stored.marketing_at_ms() &&
        change.granted() != stored.marketing_stopped())
      word = change.word();
  return word;
}

api::Consent consent(const record::Consent& stored) {
  api::Consent out;
  // The head is about marketing if nothing else was ever told, or only marketing is stopped.
  const bool marketing = !stored.stopped() && (stored.marketing_stopped() || stored.at_ms() == 0);
  out.set_state(marketing && stored.marketing_stopped() ? "marketing_stopped"
                                                        : state_of(stored.stopped()));
  out.set_changed_at(marketing ? stored.marketing_at_ms() : stored.at_ms());
  const std::string word = marketing ? marketing_word(stored) : stored.word();
  if (!word.empty()) out.set_word(word);
  for (const auto& change : stored.history()) {
    auto& shown = *out.add_history();
    shown.set_state(state_of(!change.granted()));
    shown.set_scope(change.marketing() ? "marketing" : "all");
    if (!change.word().empty()) shown.set_word(change.word());
    shown.set_created_at(change.at_ms());
  }
  return out;
}

}  // namespace

namespace {

// The phone number by which a channel identifies the person.
std::string phone_of(const record::ContactBody& body) {
  std::string phone;
  for (const auto& identity : body.identities()) {
    const std::string& id = identity.external_id();
    if (identity.kind() == "phone" && id.starts_with('+')) phone = id;
    if (identity.kind() == "wa_id" && conversation::is_number(id)) phone = "+" + id;
  }
  return phone;
}

}  // namespace

api::Contact contact(const Id& id, const record::Contact& row, const record::ContactBody& body) {
  api::Contact out;
  out.set_id(format_id(IdType::contact, id));
  if (body.has_name()) out.set_name(body.name());
  if (body.has_email()) out.set_email(body.email());
  const std::string phone = body.has_phone() ? body.phone() : phone_of(body);
  if (!phone.empty()) out.set_phone(phone);
  *out.mutable_identities() = body.identities();
  out.set_created_at(row.created_ms());
  out.set_updated_at(row.updated_ms());
  return out;
}

api::Conversation conversation(const Id& id, const conversation::State& state,
                               const conversation::Rules& rules, api::Contact contact,
                               std::optional<api::Message> last_message) {
  const record::Conversation& row = state.row;
  api::Conversation out;
  out.set_id(format_id(IdType::conversation, id));
  *out.mutable_contact() = std::move(contact);
  out.set_channel_id(format_id(IdType::channel, Id::from_view(row.channel())));
  out.set_channel_type(row.channel_type());
  out.set_status(row.status());
  out.set_handler(row.handler());
  out.set_unread(row.unread());
  if (last_message) *out.mutable_last_message() = std::move(*last_message);
  if (rules.window && row.last_inbound_ms() != 0)
    out.set_window_expires_at(row.last_inbound_ms() + *rules.window);
  if (const auto human = conversation::human_window_expires_at(row, rules))
    out.set_human_window_expires_at(*human);
  if (row.handover_deadline_ms() != 0) out.set_handover_deadline_at(row.handover_deadline_ms());
  if (state.body.has_referral()) *out.mutable_referral() = state.body.referral();
  if (const auto until = conversation::comment_expires_at(state)) {
    *out.mutable_comment() = state.body.comment();
    out.set_comment_expires_at(*until);
  }
  if (conversation::opted_out(row)) out.set_opted_out(true);
  if (!row.unreachable().empty()) out.set_unreachable(row.unreachable());
  if (row.consent().history_size() > 0) *out.mutable_consent() = consent(row.consent());
  out.set_created_at(row.created_ms());
  out.set_updated_at(row.last_activity_ms());
  return out;
}

}  // namespace aura::views
