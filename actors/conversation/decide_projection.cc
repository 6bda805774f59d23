// Messages of kinds that were unknown when they arrived: their stored raw item is parsed again once
// the channel's adapter supports more. They are old by then, so they get no answer.
#include <algorithm>

#include "actors/conversation/card_numbers.h"
#include "actors/conversation/inbound.h"
#include "actors/conversation/media.h"

namespace aura::conversation {
namespace {

std::optional<ChannelEvent> read_anew(const StoredMessage& message, const ChannelAdapter& adapter) {
  using Kind = ChannelEvent::Kind;
  auto events = adapter.normalise(message.body.raw()).events;
  const auto found = std::find_if(events.begin(), events.end(), [&](const ChannelEvent& event) {
    const bool shown = event.kind == Kind::message || event.kind == Kind::postback;
    return shown && event.external_id == message.row.external_id();
  });
  if (found == events.end()) return std::nullopt;
  return std::move(*found);
}

// Later changes are kept: the text of an edit, reactions, files already fetched.
void show(Decision& decision, StoredMessage message, const ChannelEvent& event) {
  auto& body = message.body;
  body.clear_raw();
  body.clear_unsupported();
  body.clear_unsupported_reason();
  const bool has_files = message.row.media_count() > 0;
  const auto files = body.attachments();
  if (message.row.edit_number() == 0 && !event.text.empty())
    body.set_text(hide_card_numbers(event.text));
  if (!event.payload.empty()) body.set_payload(event.payload);
  copy_content(event, body);
  if (has_files) *body.mutable_attachments() = files;
  decision.unsupported.push_back({message.id, 0});
  decision.feed.push_back({record::Feed::KIND_MESSAGE_UPDATED, message.id, message.row.status()});
  decision.messages.push_back(std::move(message));
  if (!has_files) expect_media(decision, event);
}

}  // namespace

Decision decide_projection(const State& state, const Id& id, const Rules& rules,
                           const Lookup& stored) {
  Decision decision;
  decision.next = state;
  decision.changed = true;
  decision.state_changed = false;
  auto message = state.exists ? stored.message(id) : std::nullopt;
  if (!message || message->body.raw().empty() || rules.adapter == nullptr) {
    decision.unsupported.push_back({id, 0});  // taken back meanwhile
    return decision;
  }
  if (const auto event = read_anew(*message, *rules.adapter))
    show(decision, std::move(*message), *event);
  else
    decision.unsupported.push_back({id, rules.adapter->projection()});
  return decision;
}

}  // namespace aura::conversation
