// Outbound messages, written by a person over the API or proposed by the agent, and reactions by a
// person. A message and its outbox row are always one decision.
#include <algorithm>

#include "actors/agent/phrases.h"
#include "actors/conversation/comments.h"
#include "actors/conversation/consent.h"
#include "actors/conversation/emoji.h"
#include "actors/conversation/inbound.h"
#include "actors/conversation/message_status.h"
#include "actors/conversation/outbound.h"
#include "actors/conversation/outbound_message.h"
#include "actors/conversation/steps.h"
#include "actors/conversation/taken.h"
#include "actors/conversation/unread.h"
#include "actors/conversation/windows.h"
#include "config/limits.h"
#include "runtime/utf8.h"

namespace aura::conversation {
namespace {

// An outgoing message never sorts before the message it answers, even if the provider's clock is
// ahead.
StoredMessage make_outgoing(Decision& decision, const Rules& rules, api::Author author,
                            Millis now) {
  auto& row = decision.next.row;
  const Millis at = std::max(now, row.last_activity_ms());
  StoredMessage message;
  message.id = take_message_id(decision.next, rules.conversation, at, 0);
  message.row.set_direction(api::DIRECTION_OUT);
  message.row.set_author(author);
  begin_send(message.row);
  message.row.set_created_ms(at);
  row.set_last_message(std::string(message.id.view()));
  row.set_last_activity_ms(at);
  return message;
}

// For messages that quote nothing.
class NothingStored final : public Lookup {
 public:
  std::optional<ExternalEntry> external(const std::string&) const override { return std::nullopt; }
  std::optional<StoredMessage> message(const Id&) const override { return std::nullopt; }
};

// The message as given to the channel's adapter; null in web chat.
using Outbound = std::shared_ptr<const OutboundMessage>;

// Message and outbox row. A comment that it answers is marked, since it allows one private reply.
void queue_message(Decision& decision, StoredMessage message, Send send, const Rules& rules) {
  if (!send.passage.comment.empty()) {
    message.body.set_answers_comment(send.passage.comment);
    note_answered(decision.next, send.passage.comment);
  }
  if (send.composed)  // number of billed segments (SMS)
    if (const auto counted = rules.adapter->segments(*send.composed))
      message.row.set_segments(*counted);
  send.message = message.id;
  decision.send = std::move(send);
  decision.feed.push_back({record::Feed::KIND_MESSAGE_CREATED, message.id, message.row.status()});
  remember_outgoing(decision.next.row, message);
  decision.messages.push_back(std::move(message));
  decision.changed = true;
}

api::Claim to_api(const agent::Claim& claim) {
  api::Claim out;
  out.set_begin(claim.begin);
  out.set_end(claim.end);
  if (claim.of_document) {
    out.set_document_id(format_id(IdType::document, claim.source));
    out.set_document_revision(claim.revision);
  } else if (!claim.source.empty()) {
    out.set_item_id(format_id(IdType::item, claim.source));
    out.set_item_revision(claim.revision);
  }
  const bool price =
      claim.kind == agent::ClaimKind::price || claim.kind == agent::ClaimKind::option_price;
  if (price) {
    out.mutable_amount()->set_amount_minor(claim.amount_minor);
    out.mutable_amount()->set_currency(claim.currency);
  }
  return out;
}

void copy_input(const api::MessageInput& input, record::MessageBody& body) {
  if (input.has_text()) body.set_text(input.text());
  *body.mutable_attachments() = input.attachments();
  *body.mutable_quick_replies() = input.quick_replies();
  *body.mutable_buttons() = input.buttons();
  if (input.has_list()) *body.mutable_list() = input.list();
  if (input.has_products()) *body.mutable_products() = input.products();
  if (input.has_template_()) *body.mutable_template_() = input.template_();
  *body.mutable_contacts() = input.contacts();
  if (input.has_header()) body.set_header(input.header());
  if (input.has_footer()) body.set_footer(input.footer());
}

// Refuses content that this channel has no form for and that text cannot replace.
Result<void> check_kinds(const record::MessageBody& body, const ChannelAdapter* adapter) {
  if (!body.contacts().empty() && (adapter == nullptr || !adapter->carries_contact_cards()))
    return fail(Errc::unsupported, "This channel has no contact cards: send them as text.",
                "/contacts");
  const bool hearts = adapter != nullptr && adapter->carries_hearts_and_posts();
  for (int i = 0; i < body.attachments_size() && !hearts; ++i) {
    const std::string& type = body.attachments(i).type();
    if (type == "like_heart" || type == "post")
      return fail(Errc::unsupported,
                  "Only Instagram has hearts and posts of the account: send a text or a link.",
                  "/attachments/" + std::to_string(i) + "/type");
  }
  if (adapter != nullptr && adapter->carries_headers()) return {};
  if (body.has_header() || body.has_footer())
    return fail(Errc::unsupported, "Only WhatsApp has headers and footers: put them in the text.",
                body.has_header() ? "/header" : "/footer");
  for (int i = 0; i < body.buttons_size(); ++i) {
    const std::string& type = body.buttons(i).type();
    if (type == "location" || type == "catalog" || type == "flow" || type == "call_permission")
      return fail(
          Errc::unsupported,
          "Only WhatsApp has buttons for a place, its catalog, its forms and a call: ask in "
          "the text, or send a link.",
          "/buttons/" + std::to_string(i) + "/type");
  }
  return {};
}

Result<void> check_quick_replies(const record::MessageBody& body, api::ChannelType channel) {
  if (channel == api::CHANNEL_TYPE_MESSENGER) return {};
  for (int i = 0; i < body.quick_replies_size(); ++i) {
    const std::string& type = body.quick_replies(i).type();
    if (type == "phone" || type == "email")
      return fail(Errc::unsupported,
                  "Only Messenger offers the person's own number or address: ask in the text.",
                  "/quick_replies/" + std::to_string(i) + "/type");
  }
  return {};
}

// Checks before queuing whether the channel can carry the message; returns it as the adapter gets
// it.
Result<Outbound> check_channel(const StoredMessage& message, const State& state,
                               const Passage& passage, const Rules& rules, const Lookup& stored,
                               Millis now) {
  if (auto kinds = check_kinds(message.body, rules.adapter); !kinds)
    return tl::unexpected(kinds.error());
  if (auto replies = check_quick_replies(message.body, rules.channel_type); !replies)
    return tl::unexpected(replies.error());
  if (rules.adapter == nullptr) {
    if (message.body.has_template_())
      return fail(Errc::unsupported, "Web chat has no templates: send the text itself.",
                  "/template");
    if (count_chars(message.body.text()) <= limits::kChatTextChars) return nullptr;
    return fail(Errc::invalid,
                "/text must have at most " + std::to_string(limits::kChatTextChars) +
                    " characters in a web chat.",
                "/text");
  }
  auto out = std::make_shared<OutboundMessage>(outbound_of(message, state, stored));
  out->comment_id = passage.comment;
  out->window_closed = passage.standard != 0 && now >= passage.standard;
  auto checked = rules.adapter->check(*out);
  if (checked) return out;
  // Any other adapter error also means that this input cannot be sent.
  Error& error = checked.error();
  if (error.code != Errc::window_closed && error.code != Errc::invalid)
    error.code = Errc::unsupported;
  return tl::unexpected(std::move(error));
}

// Refuses at once a template that the provider would refuse later; stores the text of an approved
// template, for display.
Result<void> take_template(const api::MessageInput& input, const Rules& rules, const Lookup& stored,
                           StoredMessage& message) {
  if (!input.has_template_()) return {};
  const auto found = stored.template_of(input.template_());
  if (!found) return {};
  if (found->status() == "approved" || found->status() == "reinstated") {
    auto fits = rules.adapter->check_template(*found, input.template_());
    const std::string words = rules.adapter->template_text(*found, input.template_());
    if (!words.empty()) message.body.set_text(words);
    return fits;
  }
  const std::string named =
      "\"" + input.template_().name() + "\" (" + input.template_().language() + ")";
  if (found->status().empty())
    return fail(Errc::invalid,
                "There is no template " + named + "; the channel's templates say which there are.",
                "/template/name");
  return fail(Errc::invalid,
              "The template " + named + " is " + found->status() +
                  ": only an approved template can be sent.",
              "/template/name");
}

Result<void> quote(const api::MessageInput& input, const Lookup& stored, StoredMessage& message) {
  if (!input.has_reply_to()) return {};
  const auto id = parse_id(IdType::message, input.reply_to());
  const auto quoted = id ? stored.message(*id) : std::nullopt;
  if (!quoted)
    return fail(Errc::invalid, "reply_to names no message of this conversation.", "/reply_to");
  if (quoted->row.deleted())
    return fail(Errc::invalid, "reply_to names a message that was taken back.", "/reply_to");
  message.row.set_reply_to(std::string(id->view()));
  // Where it is sent, a message of the thread's earlier part cannot be looked up.
  if (!quoted->row.external_id().empty())
    message.body.set_reply_to_external(quoted->row.external_id());
  return {};
}

}  // namespace

Result<Decision> decide_send(const State& state, const api::MessageInput& input, const Rules& rules,
                             const Lookup& stored, Millis now) {
  if (!state.exists) return fail(Errc::not_found, "There is no such conversation.");
  const auto* used = input.has_template_() ? &input.template_() : nullptr;
  if (auto allowed = check_consent(state, used, stored); !allowed)
    return tl::unexpected(allowed.error());
  // API callers may be automated. The longer window is only for messages that were declared to be
  // written by a person.
  if (input.human_agent() && !rules.human_window)
    return fail(Errc::unsupported, "This channel has no longer window for people.", "/human_agent");
  Decision decision;
  decision.next = state;
  StoredMessage message = make_outgoing(decision, rules, api::AUTHOR_MEMBER, now);
  copy_input(input, message.body);
  message.row.set_human_agent(input.human_agent());
  message.row.set_priority(input.priority());
  if (auto quoted = quote(input, stored, message); !quoted) return tl::unexpected(quoted.error());
  auto passage = passage_of(
      state,
      {input.human_agent(), input.has_template_(), comment_of(message.row.reply_to(), stored)},
      rules, now);
  if (!passage) return tl::unexpected(passage.error());
  auto outbound = check_channel(message, state, *passage, rules, stored, now);
  if (!outbound) return tl::unexpected(outbound.error());
  if (auto checked = take_template(input, rules, stored, message); !checked)
    return tl::unexpected(checked.error());
  Send send;
  send.passage = std::move(*passage);
  send.priority = priority_of(message, stored);
  send.composed = std::move(*outbound);
  hand_to_human(decision, rules, now, false);
  set_unread(decision.next.row, 0);
  if (decision.next.row.status() != api::CONVERSATION_STATUS_OPEN)
    decision.next.row.set_status(api::CONVERSATION_STATUS_OPEN);
  queue_message(decision, std::move(message), std::move(send), rules);
  tell_if_taken(decision, state);
  decision.usage.push_back(Metric::messages_member);
  return decision;
}

namespace {

// The turn ends without an answer by the AI: a person takes over.
Decision leave_to_person(const State& state, const Rules& rules, Millis now) {
  Decision decision;
  decision.next = state;
  decision.changed = true;
  hand_to_human(decision, rules, now, true);
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  return decision;
}

void copy_words(const agent::Proposal& proposal, record::MessageBody& body) {
  body.set_text(proposal.text);
  for (const auto& claim : proposal.claims) *body.add_claims() = to_api(claim);
  for (const auto& title : proposal.quick_replies) {
    auto& reply = *body.add_quick_replies();
    reply.set_title(title);
    reply.set_payload(title);
  }
}

// Quick replies that the channel cannot show are dropped; the text has to fit.
Result<Outbound> fit_channel(StoredMessage& message, const Decision& decision,
                             const Passage& passage, const Rules& rules, Millis now) {
  const auto check = [&] {
    return check_channel(message, decision.next, passage, rules, NothingStored(), now);
  };
  auto outbound = check();
  if (outbound || message.body.quick_replies().empty()) return outbound;
  message.body.clear_quick_replies();
  return check();
}

// Queues the AI's message. False, with nothing queued, if the channel cannot carry it.
bool say(Decision& decision, const agent::Proposal& proposal, Passage passage, const Rules& rules,
         Millis now) {
  StoredMessage message = make_outgoing(decision, rules, api::AUTHOR_AI, now);
  copy_words(proposal, message.body);
  auto outbound = fit_channel(message, decision, passage, rules, now);
  if (!outbound) return false;
  Send send;
  send.passage = std::move(passage);
  send.composed = std::move(*outbound);
  queue_message(decision, std::move(message), std::move(send), rules);
  decision.usage.push_back(Metric::messages_ai);
  return true;
}

}  // namespace

std::optional<Decision> decide_notice(const State& state, std::string_view words,
                                      const Rules& rules, Millis now) {
  auto passage = passage_of(state, {}, rules, now);
  if (!passage || !passage->comment.empty() || opted_out(state.row)) return std::nullopt;
  agent::Proposal notice;
  notice.text = words;
  Decision decision;
  decision.next = state;
  if (!say(decision, notice, std::move(*passage), rules, now)) return std::nullopt;
  return decision;
}

// The check that the turn is still current and the outbox append are one decision, hence one
// commit.
Result<Decision> decide_proposal(const State& state, std::uint64_t generation,
                                 const agent::Proposal& proposal, const Rules& rules, Millis now) {
  const auto& turn = state.row.turn();
  if (state.row.handler() != api::HANDLER_AI || turn.due_ms() == 0 ||
      turn.generation() != generation)
    return fail(Errc::conflict, "A newer message or a person has ended this turn.");
  Decision decision;
  decision.next = state;
  decision.changed = true;
  cancel_turn(decision);
  const bool speaks = !proposal.text.empty() && proposal.action != agent::Action::none;
  auto passage = passage_of(state, {}, rules, now);
  if (speaks && (!passage || opted_out(state.row)))  // the AI may not send any more
    return leave_to_person(state, rules, now);
  // The only reply to a comment is not spent on a message without an answer.
  if (speaks && !passage->comment.empty() && !agent::knows(proposal))
    return leave_to_person(state, rules, now);
  if (speaks && !say(decision, proposal, std::move(*passage), rules, now)) {
    Decision left = leave_to_person(state, rules, now);
    const auto words = agent::phrase(agent::Phrase::handover, proposal.language);
    if (auto notice = decide_notice(left.next, words, rules, now)) append(left, std::move(*notice));
    return left;
  }
  if (proposal.action == agent::Action::handover) {
    hand_to_human(decision, rules, now, true);
    decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  }
  return decision;
}

Result<Decision> decide_react(const State& state, const Id& id, const std::string& emoji,
                              const Rules& rules, const Lookup& stored, Millis now) {
  auto message = state.exists ? stored.message(id) : std::nullopt;
  if (!message) return fail(Errc::not_found, "There is no such message.");
  if (message->row.deleted())
    return fail(Errc::invalid, "The message was taken back: nobody can react to it.");
  if (!emoji.empty() && !is_emoji(emoji))
    return fail(Errc::invalid, "/emoji must be one emoji, such as \"\U0001F44D\".", "/emoji");
  if (rules.has_provider && message->row.external_id().empty())
    return fail(Errc::conflict, "The message is not sent yet; react to it when it is.");
  if (rules.adapter != nullptr &&
      !rules.adapter->compose_reaction(state.thread, message->row.external_id(), emoji, {}))
    return fail(Errc::unsupported,
                rules.adapter->reactions().empty()
                    ? "This channel has no reactions."
                    : "This channel has only these reactions: " +
                          std::string(rules.adapter->reactions()) + ".",
                "/emoji");
  auto passage = passage_of(state, {}, rules, now);
  if (!passage) return tl::unexpected(passage.error());
  if (!passage->comment.empty()) *passage = {};
  Decision decision;
  decision.next = state;
  decision.changed = true;
  decision.state_changed = false;
  record::ParentedEvent reaction;
  reaction.set_kind(record::ParentedEvent::KIND_REACTION);
  reaction.set_author(api::AUTHOR_MEMBER);
  reaction.set_emoji(emoji);
  reaction.set_at_ms(now);
  if (!apply_parented(*message, {}, reaction))
    return fail(Errc::conflict, "A newer reaction is there already, or the message has too many.");
  decision.react = React{id, std::move(*passage)};
  decision.feed.push_back({record::Feed::KIND_MESSAGE_UPDATED, id, message->row.status()});
  decision.messages.push_back(std::move(*message));
  return decision;
}

}  // namespace aura::conversation
