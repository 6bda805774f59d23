#include "actors/connection/provider_calls.h"

#include <algorithm>
#include <utility>

#include "actors/connection/attempt_log.h"
#include "actors/connection/call_decision.h"
#include "actors/conversation/rows.h"
#include "actors/media/attach.h"
#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura {

Result<bool> ProviderCalls::read_message(OutboxEntry& entry) const {
  const Id conversation = Id::from_view(entry.row.conversation());
  const Id message = Id::from_view(entry.row.message());
  auto keys = conversation::row_keys(services_.vault, account_.workspace,
                                     Id::from_view(entry.row.contact()));
  if (!keys && keys.error().code == Errc::not_found) return false;
  if (!keys) return tl::unexpected(keys.error());
  const conversation::Place place{account_.workspace, account_.channel, conversation};
  auto state = conversation::load_state(services_.reader, place);
  if (!state) return tl::unexpected(state.error());
  if (!state->exists) return false;
  if (auto opened = conversation::open_state(place, *keys->contact, *state); !opened)
    return tl::unexpected(opened.error());
  const conversation::StoredRows rows(services_.reader, services_.vault, place, *keys);
  const auto stored = rows.message(message);
  if (rows.broken()) return tl::unexpected(*rows.broken());
  if (!stored || stored->row.deleted()) return false;
  if (!entry.row.reaction() && !entry.message)
    entry.row.set_parts_sent(
        std::max(entry.row.parts_sent(), attempt_log::parts_known_sent(stored->row)));
  entry.message = std::make_shared<OutboundMessage>(
      entry.row.reaction() ? conversation::outbound_reaction(*stored, *state)
                           : conversation::outbound_of(*stored, *state, rows));
  return true;
}

Result<bool> ProviderCalls::is_stopped(const OutboxEntry& entry) const {
  const conversation::Place place{account_.workspace, account_.channel,
                                  Id::from_view(entry.row.conversation())};
  return conversation::is_opted_out(services_.reader, place, entry.message->template_use);
}

// Stored files are sent as links that the provider fetches. The links are made at the time of the
// call, so that they have not expired however long the message waited.
OutboundMessage ProviderCalls::with_links(OutboundMessage message) const {
  for (api::Attachment& attachment : message.attachments)
    media::link(account_.workspace, services_.media_links, MediaLinks::kSent, attachment);
  return message;
}

std::vector<ProviderCall> ProviderCalls::compose(const OutboxEntry& entry) const {
  OutboundMessage message = with_links(*entry.message);
  std::vector<ProviderCall> calls;
  if (!message.reaction_to.empty()) {
    auto call = account_.adapter->compose_reaction(message.recipient, message.reaction_to,
                                                   message.text, account_.credentials);
    if (call) calls.push_back(std::move(*call));
  } else {
    const Millis standard = entry.row.standard_window_ms();
    message.window_closed =
        standard != 0 && services_.clock.now_ms() + in_ms(limits::kWindowSafety) >= standard;
    if (entry.file_tries == OutboxEntry::kFileTries && entry.parts_keep_their_places())
      message.files_as_links = true;
    calls = account_.adapter->compose(message, account_.credentials);
  }
  const auto sent = std::min(calls.size(), entry.parts_done());
  calls.erase(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(sent));
  return calls;
}

std::optional<ProviderCall> ProviderCalls::question(const OutboxEntry& entry) const {
  if (entry.doubt == OutboxEntry::Doubt::none || entry.row.reaction() || entry.lookups >= kLookups)
    return std::nullopt;
  return account_.adapter->compose_lookup(*entry.message, account_.credentials);
}

// `is_taken` distinguishes messages with the same text: ids known for other messages are excluded.
SendOutcome ProviderCalls::read_answer(const OutboxEntry& entry, const ProviderReply& reply) const {
  bool unreadable = false;
  const auto is_taken = [&](const std::string& external_id) {
    const auto known = conversation::load_external(
        services_.reader, services_.vault, account_.workspace, account_.channel, external_id);
    unreadable = unreadable || !known;
    return !known ||
           (*known && !(*known)->message().empty() && (*known)->message() != entry.row.message());
  };
  const SendOutcome outcome = account_.adapter->classify_lookup(*entry.message, reply, is_taken);
  if (unreadable) return {.kind = SendOutcome::Kind::retry};
  return outcome;
}

}  // namespace aura
