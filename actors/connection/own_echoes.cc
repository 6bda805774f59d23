#include "actors/connection/own_echoes.h"

#include <algorithm>

#include "actors/conversation/own_echo.h"
#include "actors/conversation/rows.h"

namespace aura {
namespace {

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

bool OwnEchoes::must_wait(const std::vector<ChannelEvent>& events) const {
  return !rows_.all_known() && account_.adapter != nullptr &&
         std::any_of(events.begin(), events.end(), conversation::is_nameless);
}

Result<void> OwnEchoes::name(ChannelEvent& event, bool waited) const {
  if (account_.adapter == nullptr || !conversation::is_nameless(event)) return {};
  const Id owner = conversation::conversation_id(account_.channel, event.thread);
  bool sending = false;
  for (OutboxEntry* entry : queue_.of_conversation(std::string(owner.view()))) {
    sending |= entry->phase > OutboxEntry::Phase::newborn;
    if (entry->row.reaction()) continue;
    const auto own = is_echo_of(*entry, event);
    if (!own) return tl::unexpected(own.error());
    if (!*own) continue;
    event.own_echo = true;
    event.metadata = format_id(IdType::message, Id::from_view(entry->row.message()));
    return {};
  }
  // Another program sent this. Whatever we send over Messenger comes back with our metadata.
  if (!sending && (waited || account_.row.type() == api::CHANNEL_TYPE_MESSENGER))
    event.own_echo = false;
  return {};
}

bool OwnEchoes::may_become_ours(ChannelEvent& event) const {
  if (account_.adapter == nullptr || !conversation::is_nameless(event)) return false;
  if (!name(event, false)) return false;  // told when the event is sent on
  const bool unexplained = event.metadata.empty() && (event.own_echo || is_sending(event.thread));
  return unexplained && !is_stored(event.external_id);
}

// Messenger may tell of a message before it answers the call, and then not always with our ids.
bool OwnEchoes::is_sending(const std::string& thread) const {
  if (account_.row.type() != api::CHANNEL_TYPE_MESSENGER) return false;
  const Id owner = conversation::conversation_id(account_.channel, thread);
  const auto entries = queue_.of_conversation(std::string(owner.view()));
  return std::any_of(entries.begin(), entries.end(), [](const OutboxEntry* entry) {
    return entry->phase == OutboxEntry::Phase::calling;
  });
}

bool OwnEchoes::is_stored(const std::string& external_id) const {
  const auto known = conversation::load_external(services_.reader, services_.vault,
                                                 account_.workspace, account_.channel, external_id);
  return known && *known && !(*known)->message().empty();
}

Result<bool> OwnEchoes::is_echo_of(OutboxEntry& entry, const ChannelEvent& echo) const {
  if (contains(entry.accepted, echo.external_id)) return true;
  if (entry.attempts.empty()) return false;
  const auto there = calls_.read_message(entry);
  if (!there || !*there) return there;
  const auto& calls = entry.attempts;
  const auto call = std::find_if(calls.begin(), calls.end(), [&](const api::SendAttempt& one) {
    return conversation::may_be_echo_of(one, echo, *entry.message, *account_.adapter);
  });
  if (call == calls.end()) return false;
  if (call->part() < entry.parts_done()) entry.doubles.push_back(echo.external_id);
  return true;
}

// Delivered, read and failed release the next part. A part that is only sent may still be
// overtaken.
bool OwnEchoes::take_receipt(const ChannelEvent& event, Millis pace) const {
  return event.kind == ChannelEvent::Kind::status && event.status != api::MESSAGE_STATUS_SENT &&
         queue_.has_receipt(event.target_id, pace);
}

// The part is not sent again even if the call's answer is lost. An entry that waited for the echo
// continues with its next part, or is finished.
void OwnEchoes::on_seen(const EchoSeen& seen) {
  OutboxEntry* entry = queue_.find_message(std::string(seen.message.view()));
  if (entry == nullptr) return;
  if (contains(entry->accepted, seen.external_id) || contains(entry->doubles, seen.external_id))
    return;
  entry->echoed = seen.external_id;
  if (entry->phase == OutboxEntry::Phase::ambiguous) sends_.settle_by_echo(*entry);
}

}  // namespace aura
