// Control of a conversation: handler, status, read position and the handover deadline.
#include "actors/conversation/control.h"
#include "actors/conversation/inbound.h"
#include "actors/conversation/owed_answer.h"
#include "actors/conversation/steps.h"
#include "actors/conversation/unread.h"

namespace aura::conversation {
namespace {

void change_handler(Decision& decision, api::Handler handler, const Rules& rules, Millis now) {
  hand_to_human(decision, rules, now, false);  // cancels a turn and a pending handover
  decision.next.row.set_handler(handler);
}

}  // namespace

Result<Decision> decide_update(const State& state, const api::ConversationInput& input,
                               const Rules& rules, const Lookup& stored, Millis now) {
  if (!state.exists) return fail(Errc::not_found, "There is no such conversation.");
  if (input.has_unread() && input.unread() < 0)
    return fail(Errc::invalid, "unread must be 0 or more.", "/unread");
  Decision decision;
  decision.next = state;
  auto& row = decision.next.row;
  if (input.has_unread()) set_unread(row, input.unread());
  if (input.has_status()) {
    row.set_status(input.status());
    if (input.status() == api::CONVERSATION_STATUS_CLOSED) {
      set_unread(row, 0);
      // The contact's next message is handled by the AI again.
      change_handler(decision, api::HANDLER_AI, rules, now);
    }
  }
  if (input.has_handler()) change_handler(decision, input.handler(), rules, now);
  // Whoever calls the AI back means it, also if another app had the thread: the provider will say.
  if (input.has_handler() && input.handler() == api::HANDLER_AI) {
    row.set_thread_external(false);
    if (row.status() != api::CONVERSATION_STATUS_CLOSED)
      begin_waiting_answer(decision, rules, stored, now);
  }
  decision.changed = row.SerializeAsString() != state.row.SerializeAsString();
  if (!decision.changed) return decision;  // no feed row
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  return decision;
}

// A web chat visitor has seen a message: everything up to it is read.
Decision decide_visitor_read(const State& state, const Id& message, const Rules& rules,
                             const Lookup& stored, Millis now) {
  ChannelEvent event;
  event.thread = state.thread;
  event.kind = ChannelEvent::Kind::read;
  const auto seen = stored.message(message);
  if (seen) event.watermark = seen->row.created_ms();
  return decide_watermark(state, event, rules, stored, now);
}

// Nobody claimed the handover in time: it becomes pending, which the inbox shows first.
Decision decide_handover_due(const State& state, Millis now) {
  Decision decision;
  decision.next = state;
  auto& row = decision.next.row;
  if (row.handover_deadline_ms() == 0 || row.handover_deadline_ms() > now) {
    decision.ignored = "not_due";
    return decision;
  }
  decision.timers.push_back({TimerKind::handover, row.handover_deadline_ms(), false, 0});
  row.set_handover_deadline_ms(0);
  if (row.status() == api::CONVERSATION_STATUS_OPEN)
    row.set_status(api::CONVERSATION_STATUS_PENDING);
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  decision.changed = true;
  return decision;
}

}  // namespace aura::conversation
