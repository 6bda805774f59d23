// Messages that go out: written by a person over the API, proposed by the agent; and what became
// of a send. A message and its outbox row are always one decision.
#include <algorithm>
#include <chrono>

#include "actors/conversation/model.h"
#include "config/limits.h"

namespace aura::conversation {
namespace {

// An outgoing message never sorts before what it answers, even if the provider's clock is ahead.
StoredMessage make_outgoing(Decision& decision, const Rules& rules, api::Author author,
                            Millis now) {
  auto& row = decision.next.row;
  const Millis at = std::max(now, row.last_activity_ms());
  StoredMessage message;
  message.id = take_message_id(decision.next, rules.conversation, at);
  message.row.set_direction(api::DIRECTION_OUT);
  message.row.set_author(author);
  message.row.set_status(api::MESSAGE_STATUS_QUEUED);
  message.row.set_created_ms(at);
  row.set_last_message(std::string(message.id.view()));
  row.set_last_activity_ms(at);
  return message;
}

void queue_message(Decision& decision, StoredMessage message) {
  decision.send = message.id;
  decision.feed.push_back({record::Feed::KIND_MESSAGE_CREATED, message.id, message.row.status()});
  remember_outgoing(decision.next.row, message);
  decision.messages.push_back(std::move(message));
  decision.changed = true;
}

api::Claim to_api(const agent::Claim& claim) {
  api::Claim out;
  out.set_begin(claim.begin);
  out.set_end(claim.end);
  if (!claim.source.empty()) out.set_item_id(format_id(IdType::item, claim.source));
  out.set_item_revision(claim.revision);
  const bool price =
      claim.kind == agent::ClaimKind::price || claim.kind == agent::ClaimKind::option_price;
  if (price) {
    out.mutable_amount()->set_amount_minor(claim.amount_minor);
    out.mutable_amount()->set_currency(claim.currency);
  }
  return out;
}

// A receipt may have said earlier that the send failed; only its answer says why.
void explain_failure(record::Message& row, const SendOutcome& outcome) {
  if (row.status() != api::MESSAGE_STATUS_FAILED || row.has_error_code()) return;
  row.set_error_code(outcome.error_code);
  row.set_error_detail(outcome.error_detail);
  if (!outcome.provider_code.empty()) row.set_provider_code(outcome.provider_code);
}

}  // namespace

Result<Decision> decide_send(const State& state, const api::MessageInput& input, const Rules& rules,
                             const Lookup& stored, Millis now) {
  if (!state.exists) return fail(Errc::not_found, "There is no such conversation.");
  const Millis safety =
      std::chrono::duration_cast<std::chrono::milliseconds>(limits::kWindowSafety).count();
  if (!window_open(state.row, rules, now, safety)) {
    return fail(Errc::window_closed,
                "The customer's last message is older than this channel's messaging window; wait "
                "until they write again.");
  }
  Decision decision;
  decision.next = state;
  StoredMessage message = make_outgoing(decision, rules, api::AUTHOR_MEMBER, now);
  if (input.has_text()) message.body.set_text(input.text());
  *message.body.mutable_attachments() = input.attachments();
  *message.body.mutable_quick_replies() = input.quick_replies();
  if (input.has_reply_to()) {
    const auto quoted = parse_id(IdType::message, input.reply_to());
    if (!quoted || !stored.message(*quoted))
      return fail(Errc::invalid, "reply_to names no message of this conversation.", "/reply_to");
    message.row.set_reply_to(std::string(quoted->view()));
  }
  hand_to_human(decision, rules, now, false);
  decision.next.row.set_unread(0);
  if (decision.next.row.status() != api::CONVERSATION_STATUS_OPEN)
    decision.next.row.set_status(api::CONVERSATION_STATUS_OPEN);
  queue_message(decision, std::move(message));
  decision.usage.push_back(Metric::messages_member);
  return decision;
}

// The "still my turn?" check and the outbox append are one decision, hence one commit.
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
  if (!proposal.text.empty() && proposal.action != agent::Action::none) {
    StoredMessage message = make_outgoing(decision, rules, api::AUTHOR_AI, now);
    message.body.set_text(proposal.text);
    for (const auto& claim : proposal.claims) *message.body.add_claims() = to_api(claim);
    for (const auto& title : proposal.quick_replies) {
      auto& reply = *message.body.add_quick_replies();
      reply.set_title(title);
      reply.set_payload(title);
    }
    queue_message(decision, std::move(message));
    decision.usage.push_back(Metric::messages_ai);
  }
  if (proposal.action == agent::Action::handover) {
    hand_to_human(decision, rules, now, true);
    decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  }
  return decision;
}

Decision decide_send_finished(const State& state, const SendFinished& finished,
                              const Lookup& stored, Millis) {
  Decision decision;
  decision.next = state;
  decision.changed = true;
  decision.state_changed = false;
  auto message = stored.message(finished.message);
  if (!message) {
    decision.ignored = "message_erased";
    return decision;
  }
  const auto before = message->row.status();
  if (finished.maybe_duplicate) message->row.set_maybe_duplicate(true);
  if (finished.outcome.kind == SendOutcome::Kind::sent) {
    climb(message->row, api::MESSAGE_STATUS_SENT);
  } else {
    climb(message->row, api::MESSAGE_STATUS_FAILED);
    explain_failure(message->row, finished.outcome);
  }
  for (const auto& external_id : finished.external_ids) {
    const auto known = stored.external(external_id).value_or(ExternalEntry{});
    for (const auto& early : known.waiting) apply_parented(*message, early);
    if (message->row.external_id().empty()) message->row.set_external_id(external_id);
    decision.externals.push_back({external_id, {message->id, {}}});
  }
  if (message->row.status() != before)
    decision.feed.push_back(
        {record::Feed::KIND_MESSAGE_STATUS, message->id, message->row.status()});
  decision.messages.push_back(std::move(*message));
  return decision;
}

}  // namespace aura::conversation
