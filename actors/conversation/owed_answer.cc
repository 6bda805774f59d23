#include "actors/conversation/owed_answer.h"

#include <algorithm>

#include "actors/conversation/comments.h"
#include "actors/conversation/consent.h"
#include "actors/conversation/steps.h"
#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura::conversation {
namespace {

bool is_owed(const State& next, const StoredMessage& message, const Rules& rules,
             const Lookup& stored, Millis now) {
  const Millis at = message.row.created_ms();
  const bool comment = message.body.has_comment();
  return next.row.handler() == api::HANDLER_AI && !next.row.thread_external() &&
         !message.row.deleted() && !opted_out(next.row) &&
         (!comment || is_to_business(message.body.comment(), stored)) &&
         (comment ? at + in_ms(limits::kPrivateReply) > now
                  : !rules.window || at + *rules.window > now);
}

bool expects_answer(const ChannelEvent& event) {
  return !event.standby && !event.imported && !(event.consent && !event.consent->granted);
}

bool has_words(const record::MessageBody& body) {
  return body.text().find_first_not_of(" \t\r\n") != std::string::npos;
}

// Only stickers, hearts and likes, perhaps about a story: the contact expects no answer.
bool is_sign(const record::MessageBody& body) {
  const auto sign = [](const auto& one) {
    return one.type() == "sticker" || one.type() == "like_heart";
  };
  const auto& shown = body.attachments();
  return std::any_of(shown.begin(), shown.end(), sign) &&
         std::all_of(shown.begin(), shown.end(),
                     [&](const auto& one) { return sign(one) || one.type() == "story"; });
}

void begin_turn(Decision& decision, const Id& message, const Rules& rules, Millis now) {
  auto& turn = *decision.next.row.mutable_turn();
  if (turn.due_ms() != 0)
    decision.timers.push_back({TimerKind::turn, turn.due_ms(), false, turn.generation()});
  turn.set_generation(turn.generation() + 1);
  turn.set_due_ms(now + rules.debounce);
  if (turn.messages_size() >= static_cast<int>(limits::kTurnMessages))
    turn.mutable_messages()->DeleteSubrange(0, 1);
  turn.add_messages(std::string(message.view()));
  decision.timers.push_back({TimerKind::turn, turn.due_ms(), true, turn.generation()});
}

}  // namespace

void begin_answer(Decision& decision, const ChannelEvent& event, const Rules& rules,
                  const Lookup& stored, Millis now) {
  const StoredMessage& message = decision.messages.back();
  if (!expects_answer(event) || !is_owed(decision.next, message, rules, stored, now)) return;
  // An order always needs a person, whatever its text says.
  decision.order_taken = !message.body.order_lines().empty();
  if (decision.order_taken)
    hand_to_human(decision, rules, now, true);
  else if (has_words(message.body) || !is_sign(message.body))
    begin_turn(decision, message.id, rules, now);
}

void begin_waiting_answer(Decision& decision, const Rules& rules, const Lookup& stored,
                          Millis now) {
  const std::string& last = decision.next.row.last_message();
  const auto message = last.empty() ? std::nullopt : stored.message(Id::from_view(last));
  if (!message || message->row.author() != api::AUTHOR_CONTACT) return;
  const bool waits = has_words(message->body) && message->body.order_lines().empty() &&
                     message->row.created_ms() + in_ms(limits::kQuestionLife) > now;
  if (waits && is_owed(decision.next, *message, rules, stored, now))
    begin_turn(decision, message->id, rules, now);
}

}  // namespace aura::conversation
