// Inspection of a conversation by operators: its state without any message content.
#include "actors/conversation/conversation_actor.h"
#include "actors/tree/facts.h"

namespace aura {
namespace {

void add_timer(api::ActorDetail& detail, const char* what, Millis due) {
  if (due == 0) return;
  auto& timer = *detail.add_timers();
  timer.set_what(what);
  timer.set_due_at(due);
}

}  // namespace

const char* command_name(const ConversationCommand& command) {
  constexpr std::array kNames = {
      "apply_event",     "receive_chat",  "read_by_visitor", "send_message", "update",
      "update_contact",  "erase_contact", "record_send",     "record_media", "fire_timer",
      "record_attempts", "retry_message", "react",           "project_again"};
  static_assert(kNames.size() == std::variant_size_v<ConversationCommand>);
  return kNames[command.index()];
}

std::string ConversationActor::summary_of(const conversation::Decision& decision) const {
  std::string text;
  const auto add = [&](std::size_t count, const char* what) {
    if (count == 0) return;
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " " + what;
  };
  add(decision.messages.size(), "messages");
  add(decision.externals.size(), "outside ids");
  add(decision.timers.size(), "timers");
  add(decision.media.size(), "media");
  add(decision.feed.size(), "changes told");
  if (decision.send) text += ", a send";
  if (decision.react) text += ", a reaction";
  if (decision.consent_changed) text += ", consent";
  if (!decision.ignored.empty())
    text += (text.empty() ? "ignored: " : ", ignored: ") + decision.ignored;
  return text.empty() ? "nothing changes" : text;
}

// Updates the actor card, from which lists are built.
void ConversationActor::show_state() {
  const Millis turn = state_.row.turn().due_ms();
  const Millis handover = state_.row.handover_deadline_ms();
  card_->queue.store(static_cast<std::int64_t>(inbox_.size()), std::memory_order_relaxed);
  card_->next_timer.store(turn == 0       ? handover
                          : handover == 0 ? turn
                                          : std::min(turn, handover),
                          std::memory_order_relaxed);
}

void ConversationActor::describe(Facts& facts, api::ActorDetail& detail) const {
  const auto& row = state_.row;
  facts.add("exists", state_.exists);
  facts.add("version", state_.version);
  facts.add("channel", format_id(IdType::channel, channel_));
  facts.add("commands_waiting", inbox_.size());
  facts.add("committing", busy_committing_);
  if (!state_.exists) return;
  facts.add("channel_type", lower_name(api::ChannelType_Name(row.channel_type()), "CHANNEL_TYPE_"));
  facts.add("contact", format_id(IdType::contact, Id::from_view(row.contact())));
  facts.add("thread", Facts::masked(state_.thread));
  facts.add("status",
            lower_name(api::ConversationStatus_Name(row.status()), "CONVERSATION_STATUS_"));
  facts.add("handler", lower_name(api::Handler_Name(row.handler()), "HANDLER_"));
  facts.add("unread", row.unread());
  facts.add("messages", row.message_count());
  facts.add("last_inbound_ms", row.last_inbound_ms());
  facts.add("opted_out", row.consent().stopped());
  facts.add("turn_generation", row.turn().generation());
  facts.add("turn_messages", row.turn().messages_size());
  facts.add("turn_running", turn_.running());
  facts.add("turn_failures", turn_.failures());
  add_timer(detail, "turn", row.turn().due_ms());
  add_timer(detail, "handover", row.handover_deadline_ms());
}

}  // namespace aura
