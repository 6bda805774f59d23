// What echoes tell of the sends on their way: that a part went out, perhaps before its call's
// answer was read. One that carries nothing of ours is known by its id, or by its words and its
// time.
#include <algorithm>
#include <utility>

#include "actors/connection/connection_actor.h"
#include "actors/conversation/own_echo.h"

namespace aura {
namespace {

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

// Until the outbox is read nobody knows which calls an earlier run left open: such echoes wait.
bool ConnectionActor::must_wait_for_outbox(const Delivery& delivery) const {
  return !outbox_read_ && adapter_ != nullptr &&
         std::any_of(delivery.events.begin(), delivery.events.end(), conversation::is_nameless);
}

void ConnectionActor::send_waiting_echoes() {
  for (const auto sequence : std::exchange(waiting_echoes_, {})) {
    const auto it = deliveries_.find(sequence);
    if (it != deliveries_.end()) send_events(it->second);
  }
}

void ConnectionActor::name_own_echo(ChannelEvent& event) {
  if (adapter_ == nullptr || !conversation::is_nameless(event)) return;
  const Id owner = conversation::conversation_id(what_.channel, event.thread);
  for (OutboxEntry* entry : outbox_.of_conversation(std::string(owner.view()))) {
    if (entry->row.reaction() || !is_echo_of(*entry, event)) continue;
    event.own_echo = true;
    event.metadata = format_id(IdType::message, Id::from_view(entry->row.message()));
    return;
  }
}

bool ConnectionActor::is_echo_of(OutboxEntry& entry, const ChannelEvent& echo) {
  if (contains(entry.accepted, echo.external_id)) return true;
  if (entry.attempts.empty() || !read_message(entry).value_or(false)) return false;
  const auto& calls = entry.attempts;
  const auto call = std::find_if(calls.begin(), calls.end(), [&](const api::SendAttempt& one) {
    return conversation::may_be_echo_of(one, echo, *entry.message, *adapter_);
  });
  if (call == calls.end()) return false;
  if (call->part() < entry.parts_done()) entry.doubles.push_back(echo.external_id);
  return true;
}

// The echo proved that one part went out. If its call's answer is lost, it is not sent again; what
// waited for its echo goes on with the next part, or has ended.
void ConnectionActor::handle(EchoSeen& command) {
  OutboxEntry* entry = outbox_.find_message(std::string(command.message.view()));
  if (entry == nullptr) return;
  if (contains(entry->accepted, command.external_id) ||
      contains(entry->doubles, command.external_id))
    return;
  entry->echoed = command.external_id;
  if (entry->phase == OutboxEntry::Phase::ambiguous) settle_by_echo(*entry);
}

void ConnectionActor::settle_by_echo(OutboxEntry& entry) {
  if (!read_message(entry).value_or(false)) return;
  if (!entry.resent) entry.row.set_maybe_duplicate(false);
  end_attempt(entry, {.kind = SendOutcome::Kind::sent, .external_id = entry.echoed}, {});
  entry.accepted.push_back(std::exchange(entry.echoed, {}));
  if (compose(entry).empty()) {
    outbox_.settle(entry);
    return record_result(entry, {.kind = SendOutcome::Kind::sent});
  }
  outbox_.retry(entry, pace_now());
  pump();
}

}  // namespace aura
