#include "actors/engine/held_for.h"

#include "actors/tree/actor_path.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {
namespace {

namespace keys = storage::keys;
constexpr std::size_t kMostRows = 1000;  // looked at for one actor

}  // namespace

ActorState shown_state(const ActorCard& card) {
  const ActorState own = card.state;
  return own == ActorState::running && card.paused_at() ? ActorState::paused : own;
}

const char* waits_for_operator(const ActorCard& card) {
  switch (shown_state(card)) {
    case ActorState::paused:
      return "paused by operator";
    case ActorState::stopped:
      return "drained by operator";
    case ActorState::quarantined:
      return "release by operator";
    default:
      return nullptr;
  }
}

Millis waits_for_operator_since(const ActorCard& card) {
  if (card.state != ActorState::running) return card.state_since;
  const ActorCard* above = card.paused_at();
  return above == nullptr ? 0 : above->state_since.load();
}

// Its supervisor holds commands; events stay in the journal until their connection takes them. All
// events pass the ingress, and those of its workspaces a partition.
Held held_for(const ActorCard& card, const storage::Reader& reader) {
  Held held{card.held};
  if (waits_for_operator(card) == nullptr) return held;
  const auto named = actor_path::parse(card.path);
  const bool one = named && named->exact && named->conversation.empty();
  const bool several = card.kind == "partition", all = card.kind == "ingress";
  if (!one && !several && !all) return held;
  const auto waits = [&](const Id& workspace, std::string_view value) {
    if (all) return true;
    if (several) return actor_path::partition(workspace) == card.path;
    const auto row = storage::parse<record::Journal>(value);
    return named->channel.empty() || (row && Id::from_view(row->channel()) == named->channel);
  };
  std::size_t rows = 0;
  const auto count = [&](std::string_view key, std::string_view value) {
    held.more = ++rows > kMostRows;
    if (held.more) return false;
    const auto owner = keys::split(key);
    held.counted += owner && waits(owner->workspace, value) ? 1 : 0;
    return true;
  };
  const auto read = reader.for_each(storage::Family::journal,
                                    one ? keys::head(named->workspace) : std::string(), count);
  if (!read)
    log::warn("held_events_not_counted", {{"path", card.path}, {"reason", read.error().detail}});
  return held;
}

}  // namespace aura
