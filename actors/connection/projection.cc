// Messages of kinds that the channel's adapter could not show when they came: their items are kept
// with them. Once a life those that an older adapter left are looked for, page by page, and their
// conversations read them anew.
#include "actors/connection/connection_actor.h"
#include "config/limits.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

void ConnectionActor::keep_raw(ChannelEvent& event, const std::string& item) {
  if (event.kind != ChannelEvent::Kind::unsupported) return;
  if (event.raw.empty()) event.raw = item;
  if (event.raw.size() > limits::kUnsupportedRaw) event.raw.clear();
}

void ConnectionActor::look_for_unsupported() {
  if (adapter_ == nullptr || draining_) return;
  const bool posted = services_.read_pool.post(
      [to = self(), &reader = services_.reader, start = unsupported_cursor_,
       prefix = keys::unsupported_of(what_.workspace, what_.channel)] {
        auto rows = reader.scan(Family::unsupported, prefix, start, limits::kProjectionPage);
        if (!rows) return;  // the next life looks again
        const bool complete = rows->size() < limits::kProjectionPage;
        caf::anon_send(to, UnsupportedFound{std::move(*rows), complete});
      });
  if (!posted) delayed_send(this, limits::kProjectionPause, TickProjection{});
}

void ConnectionActor::on_unsupported_found(const UnsupportedFound& found) {
  if (adapter_ == nullptr || draining_) return;
  for (const auto& stored : found.rows) {
    unsupported_cursor_ = stored.key + '\0';
    const auto key = keys::parse_unsupported(stored.key);
    record::Unsupported row;
    if (!key || !row.ParseFromString(stored.value)) continue;
    if (row.projection() >= adapter_->projection()) continue;
    send(what_.parent, ToConversation{what_.workspace, key->conversation, what_.channel,
                                      ProjectAgain{key->message}});
  }
  if (!found.complete) delayed_send(this, limits::kProjectionPause, TickProjection{});
}

}  // namespace aura
