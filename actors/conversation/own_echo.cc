#include "actors/conversation/own_echo.h"

#include <algorithm>

#include "actors/conversation/names.h"
#include "actors/conversation/outbound.h"
#include "actors/conversation/outbound_message.h"
#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura::conversation {

bool is_nameless(const ChannelEvent& event) {
  using Kind = ChannelEvent::Kind;
  const bool message = event.kind == Kind::message || event.kind == Kind::unsupported;
  return message && event.echo && event.metadata.empty() && !event.other_app && !event.imported;
}

void answer_call(record::Message& row, const std::string& external_id) {
  auto& calls = *row.mutable_attempts();
  if (std::any_of(calls.begin(), calls.end(),
                  [&](const auto& call) { return call.provider_id() == external_id; }))
    return;
  const auto open = std::find_if(calls.begin(), calls.end(), [](const auto& call) {
    return call.outcome() == kUnknown && !call.has_provider_id() && !call.reaction();
  });
  if (open == calls.end()) return;
  open->set_outcome("sent");
  open->set_provider_id(external_id);
}

bool may_be_echo_of(const api::SendAttempt& call, const ChannelEvent& echo,
                    const OutboundMessage& message, const ChannelAdapter& adapter) {
  const bool open = call.outcome() == kUnknown && !call.has_provider_id() && !call.reaction();
  return open && std::abs(echo.at - call.started_at()) <= in_ms(limits::kEchoApart) &&
         adapter.shows_part(echo, message, call.part());
}

std::optional<Id> cut_off_message(const State& state, const ChannelEvent& echo, const Rules& rules,
                                  const Lookup& stored) {
  if (rules.adapter == nullptr || !is_nameless(echo)) return std::nullopt;
  const auto& row = state.row;
  for (int i = row.recent_out_ms_size() - 1; i >= 0; --i) {
    const Id id = message_id(rules.conversation, row.recent_out_ms(i), row.recent_out_order(i));
    const auto message = stored.message(id);
    if (!message || message->row.attempts().empty()) continue;
    const OutboundMessage sent = outbound_of(*message, state, stored);
    const auto& calls = message->row.attempts();
    if (std::any_of(calls.begin(), calls.end(), [&](const api::SendAttempt& call) {
          return may_be_echo_of(call, echo, sent, *rules.adapter);
        }))
      return id;
  }
  return std::nullopt;
}

}  // namespace aura::conversation
