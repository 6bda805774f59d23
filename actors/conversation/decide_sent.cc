// Results of sends: calls logged in the message, the final result, and retries by a person.
#include <algorithm>

#include "actors/conversation/comments.h"
#include "actors/conversation/consent.h"
#include "actors/conversation/inbound.h"
#include "actors/conversation/message_status.h"
#include "actors/conversation/outbound.h"
#include "actors/conversation/outbound_message.h"
#include "actors/conversation/steps.h"
#include "actors/conversation/windows.h"
#include "config/limits.h"

namespace aura::conversation {
namespace {

// Whether `told` is the logged call again: its report was repeated, or its outcome is known now.
// After a crash an open call is reported with its claim time, which is before the call's start.
bool is_of_call(const api::SendAttempt& logged, const api::SendAttempt& told) {
  if (told.started_at() == 0) return false;
  const bool claimed_for = logged.outcome() == kUnknown && logged.started_at() > told.started_at();
  return logged.part() == told.part() && logged.reaction() == told.reaction() &&
         (logged.started_at() == told.started_at() || claimed_for);
}

bool log_again(record::Message& row, const api::SendAttempt& told) {
  auto& log = *row.mutable_attempts();
  const auto known = std::find_if(log.begin(), log.end(),
                                  [&](const auto& logged) { return is_of_call(logged, told); });
  if (known == log.end()) return false;
  const bool by_echo = told.outcome() == kUnknown && known->has_provider_id();
  if (by_echo || !told.has_finished_at()) return true;
  const std::uint32_t number = known->number();
  *known = told;
  known->set_number(number);
  return true;
}

// Numbers the attempts in order of arrival. Beyond the limit the oldest are dropped, accepted ones
// last.
void log_attempts(record::Message& row, const std::vector<api::SendAttempt>& attempts) {
  auto& log = *row.mutable_attempts();
  for (const auto& attempt : attempts) {
    if (log_again(row, attempt)) continue;
    const std::uint32_t number = log.empty() ? 1 : log.rbegin()->number() + 1;
    *log.Add() = attempt;
    log.rbegin()->set_number(number);
  }
  while (log.size() > limits::kMessageAttempts) {
    const auto spare = std::find_if(log.begin(), log.end(), [](const auto& one) {
      return one.outcome() != "sent" && one.outcome() != "held";
    });
    log.erase(spare == log.end() ? log.begin() : spare);
  }
}

Decision about(const State& state) {
  Decision decision;
  decision.next = state;
  decision.changed = true;
  decision.state_changed = false;
  return decision;
}

// The private reply failed, so the comment may get another one.
void give_comment_back(Decision& decision, const StoredMessage& message) {
  if (give_back(decision.next, message.body.answers_comment())) decision.state_changed = true;
}

// Stores the external ids of the accepted parts.
void file_parts(Decision& decision, const SendFinished& finished, const Lookup& stored,
                StoredMessage& message) {
  for (const auto& external_id : finished.external_ids) {
    const auto known = stored.external(external_id).value_or(ExternalEntry{});
    add_part(message.row, external_id);
    for (const auto& early : known.waiting) apply_parented(message, external_id, early);
    decision.externals.push_back({external_id, {message.id, {}}});
  }
}

// The provider says so only now: nobody told when another app took the thread.
void note_thread_owner(Decision& decision, const SendFinished& finished, Millis now) {
  auto& row = decision.next.row;
  if (finished.outcome.error_code != kThreadExternal || row.thread_external()) return;
  row.set_thread_owner_ms(now);
  row.set_thread_external(true);
  cancel_turn(decision);
  decision.state_changed = true;
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
}

record::PartStatus reason_of(const SendOutcome& outcome) {
  record::PartStatus reason;
  reason.set_error_code(outcome.error_code);
  reason.set_error_detail(outcome.error_detail);
  reason.set_provider_code(outcome.provider_code);
  return reason;
}

Decision reaction_finished(const State& state, const SendFinished& finished, StoredMessage message,
                           Millis now) {
  Decision decision = about(state);
  log_attempts(message.row, finished.attempts);
  const auto& reactions = message.body.reactions();
  const auto ours = std::find_if(reactions.begin(), reactions.end(), [](const auto& one) {
    return one.author() == api::AUTHOR_MEMBER && one.actor().empty();
  });
  const bool stays = finished.outcome.kind == SendOutcome::Kind::sent || ours == reactions.end() ||
                     ours->emoji().empty();
  if (!stays) {
    record::ParentedEvent undo;  // the contact does not see the reaction, so it is removed here
    undo.set_kind(record::ParentedEvent::KIND_REACTION);
    undo.set_author(api::AUTHOR_MEMBER);
    undo.set_at_ms(std::max(now, ours->at_ms() + 1));
    apply_parented(message, {}, undo);
    decision.feed.push_back({record::Feed::KIND_MESSAGE_UPDATED, message.id, message.row.status()});
  }
  decision.messages.push_back(std::move(message));
  return decision;
}

}  // namespace

Decision decide_send_finished(const State& state, const SendFinished& finished, const Rules& rules,
                              const Lookup& stored, Millis now) {
  Decision decision = about(state);
  auto message = stored.message(finished.message);
  if (!message) {
    decision.ignored = "message_erased";
    return decision;
  }
  if (finished.reaction) return reaction_finished(state, finished, std::move(*message), now);
  const auto before = message->row.status();
  log_attempts(message->row, finished.attempts);
  if (finished.maybe_duplicate) message->row.set_maybe_duplicate(true);
  file_parts(decision, finished, stored, *message);
  if (finished.outcome.kind == SendOutcome::Kind::sent) {
    if (finished.outcome.held) hold_part(message->row, reason_of(finished.outcome));
    end_send(message->row);
    decision.identities = finished.outcome.identities;
    decision.identities_at = now;
    decision.ids_of_recipient = true;
  } else {
    message->row.set_parts_sent(finished.parts_sent);
    fail_send(message->row, reason_of(finished.outcome));
    note_refused_send(decision, finished, now);
    note_thread_owner(decision, finished, now);
    if (message->row.status() == api::MESSAGE_STATUS_FAILED) give_comment_back(decision, *message);
  }
  if (message->row.status() == api::MESSAGE_STATUS_FAILED)
    note_unreachable(decision, message->row.error_code(), now);
  if (message->row.status() != before) {
    decision.feed.push_back(
        {record::Feed::KIND_MESSAGE_STATUS, message->id, message->row.status()});
    call_person(decision, *message, rules, now);
  }
  decision.messages.push_back(std::move(*message));
  return decision;
}

Decision decide_attempts(const State& state, const SendFinished& so_far, const Lookup& stored) {
  Decision decision = about(state);
  auto message = stored.message(so_far.message);
  decision.changed = message.has_value();
  if (!message) return decision;
  log_attempts(message->row, so_far.attempts);
  if (!so_far.reaction) file_parts(decision, so_far, stored, *message);
  if (so_far.maybe_duplicate && !so_far.reaction) message->row.set_maybe_duplicate(true);
  decision.feed.push_back({record::Feed::KIND_MESSAGE_UPDATED, message->id, message->row.status()});
  decision.messages.push_back(std::move(*message));
  return decision;
}

namespace {

// Resets the status so that the whole message is sent again and statuses of the earlier try are
// ignored. A send that failed midway continues after the sent parts, unless one of them failed too.
void begin_anew(record::Message& row) {
  begin_send(row);
  const auto& parts = row.parts();
  const bool sound = std::none_of(parts.begin(), parts.end(), [](const auto& part) {
    return part.status() == api::MESSAGE_STATUS_FAILED;
  });
  if (row.parts_sent() > 0 && sound) return;
  row.clear_parts_sent();
  const auto retire = [&row](const std::string& external_id) {
    const auto& known = row.retired_externals();
    if (!external_id.empty() && std::find(known.begin(), known.end(), external_id) == known.end())
      row.add_retired_externals(external_id);
  };
  retire(row.external_id());
  for (const auto& part : row.parts()) retire(part.external_id());
  for (const auto& attempt : row.attempts()) retire(attempt.provider_id());
  row.clear_parts();
  row.clear_seen();
  row.clear_external_id();
}

}  // namespace

Result<Decision> decide_retry(const State& state, const Id& id, const Rules& rules,
                              const Lookup& stored, Millis now) {
  auto message = state.exists ? stored.message(id) : std::nullopt;
  if (!message) return fail(Errc::not_found, "There is no such message.");
  auto& row = message->row;
  if (row.direction() != api::DIRECTION_OUT || row.status() != api::MESSAGE_STATUS_FAILED)
    return fail(Errc::conflict, "Only a message that could not be sent can be sent again.");
  if (row.deleted()) return fail(Errc::conflict, "The message was taken back.");
  const auto* used = message->body.has_template_() ? &message->body.template_() : nullptr;
  if (auto allowed = check_consent(state, used, stored); !allowed)
    return tl::unexpected(allowed.error());
  const Request request{row.human_agent(), message->body.has_template_(),
                        comment_of(row.reply_to(), stored)};
  auto passage = passage_of(state, request, rules, now);
  if (!passage) return tl::unexpected(passage.error());
  Decision decision;
  decision.next = state;
  decision.changed = true;
  message->body.set_answers_comment(passage->comment);
  if (!passage->comment.empty()) note_answered(decision.next, passage->comment);
  Send send;
  send.message = id;
  send.passage = std::move(*passage);
  send.priority = priority_of(*message, stored);
  decision.send = std::move(send);
  begin_anew(row);
  decision.feed.push_back({record::Feed::KIND_MESSAGE_STATUS, id, row.status()});
  decision.messages.push_back(std::move(*message));
  return decision;
}

// A message of several parts is not resent automatically: the status of one part says nothing about
// the others.
void plan_resend(Decision& decision, StoredMessage& message, const ChannelEvent& event,
                 Millis now) {
  auto& row = decision.next.row;
  const bool failed = message.row.status() == api::MESSAGE_STATUS_FAILED;
  if (event.resend_after == 0 || !failed || message.row.provider_retries() > 0 ||
      row.resend_due_ms() != 0 || message.row.parts_size() > 1)
    return;
  if (event.file_refused) message.row.set_files_as_links(true);
  message.row.set_provider_retries(1);
  row.set_resend_message(std::string(message.id.view()));
  row.set_resend_due_ms(now + event.resend_after);
  auto& calls = *message.row.mutable_attempts();
  if (!calls.empty()) calls.rbegin()->set_next_try_at(row.resend_due_ms());
  decision.timers.push_back({TimerKind::resend, row.resend_due_ms(), true, 0});
  decision.state_changed = true;
}

Decision decide_resend_due(const State& state, const Rules& rules, const Lookup& stored,
                           Millis now) {
  const Id message = Id::from_view(state.row.resend_message());
  auto retried = decide_retry(state, message, rules, stored, now);
  Decision decision;
  if (retried)
    decision = std::move(*retried);
  else  // unsent, opted out, too late, or already resent by a person
    decision.next = state;
  decision.timers.push_back({TimerKind::resend, state.row.resend_due_ms(), false, 0});
  decision.next.row.clear_resend_message();
  decision.next.row.clear_resend_due_ms();
  if (const auto left = retried ? std::nullopt : stored.message(message))
    call_person(decision, *left, rules, now);
  decision.changed = true;
  decision.state_changed = true;
  return decision;
}

}  // namespace aura::conversation
