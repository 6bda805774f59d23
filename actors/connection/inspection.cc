// Inspection of a connection by operators: its facts, its timers and the calls it made.
#include "actors/connection/connection_actor.h"
#include "actors/tree/actor_path.h"
#include "actors/tree/facts.h"
#include "actors/tree/timings.h"
#include "runtime/log.h"

namespace aura {

const char* command_name(const ConnectionCommand& command) {
  constexpr std::array kNames = {"deliver_events", "outbox_appended", "echo_seen",
                                 "show_typing",    "show_read",       "look_up_profile",
                                 "sync_templates", "reload_channel",  "wake_up"};
  static_assert(kNames.size() == std::variant_size_v<ConnectionCommand>);
  return kNames[command.index()];
}

void ConnectionActor::note_call(const OutboxEntry& entry, const SendOutcome& outcome,
                                int http_status) {
  const Millis began = entry.attempts.empty() ? now() : entry.attempts.back().started_at();
  const std::int64_t took_us = (now() - began) * 1000;
  const bool sent = outcome.kind == SendOutcome::Kind::sent;
  std::string how = sent ? "sent" : outcome.error_code.empty() ? "not sent" : outcome.error_code;
  if (http_status != 0) how += " " + std::to_string(http_status);
  note_step("call", how, took_us);
  timings::send(account_.row.type(), sent, static_cast<double>(took_us) / 1e6);
  // Whoever sent a trace along wants to find the call; the others fill the log.
  const auto level = entry.row.trace_id().empty() ? log::Level::debug : log::Level::info;
  if (log::enabled(level))
    log::write(level, "provider_call",
               {{"path", card_->path},
                {"trace_id", trace_of(entry).trace_id},
                {"outcome", how},
                {"took_us", took_us}});
  if (!services_.directory.followed()) return;
  // The call is also traced under its conversation, for operators who follow that one.
  const std::string message = format_id(IdType::message, Id::from_view(entry.row.message()));
  trace("sent", message, how, took_us);
  const Id conversation = Id::from_view(entry.row.conversation());
  const ActorCard of(actor_path::conversation(account_.workspace, conversation), "conversation",
                     format_id(IdType::conversation, conversation));
  services_.directory.trace(of, {now(), "sent", message, how, took_us});
}

void ConnectionActor::describe(Facts& facts, api::ActorDetail& detail) const {
  facts.add("channel", format_id(IdType::channel, account_.channel));
  facts.add("name", account_.row.name());
  facts.add("adapter", account_.adapter != nullptr);
  facts.add("events_in_work", deliveries_.size());
  facts.add("outbox", queue_.size());
  facts.add("calls_in_flight", queue_.in_flight());
  facts.add("results_to_store", sends_.results_to_store());
  facts.add("parked", queue_.parked());
  facts.add("slowed", queue_.slowed(pace_now()));
  facts.add("outbox_read", rows_.all_known());
  facts.add("more_on_disk", rows_.more_on_disk());
  facts.add("token_number", account_.token_number);
  facts.add("draining", draining_);
  if (card_->next_timer == 0) return;
  auto& timer = *detail.add_timers();
  timer.set_what("next_send");
  timer.set_due_at(card_->next_timer);
}

}  // namespace aura
