#include "actors/engine/held_for.h"

#include "actors/tree/actor_path.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {
namespace {

namespace keys = storage::keys;
constexpr std::size_t kMostRows = 1000;  // counted for one actor

}  // namespace

ActorState shown_state(const ActorCard& card) {
  const ActorState own = card.state;
  return own == ActorState::running && card.paused() ? ActorState::paused : own;
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

// Its supervisor holds commands; events stay in the journal until their connection takes them.
std::int64_t held_for(const ActorCard& card, const storage::Reader& reader) {
  std::int64_t held = card.held;
  const auto named = actor_path::parse(card.path);
  const bool takes_events = named && named->exact && named->conversation.empty();
  if (!takes_events || waits_for_operator(card) == nullptr) return held;
  std::size_t rows = 0;
  const auto count = [&](std::string_view, std::string_view value) {
    const auto row = storage::parse<record::Journal>(value);
    if (row && (named->channel.empty() || Id::from_view(row->channel()) == named->channel)) ++held;
    return ++rows < kMostRows;
  };
  const auto read = reader.for_each(storage::Family::journal, keys::head(named->workspace), count);
  if (!read)
    log::warn("held_events_not_counted", {{"path", card.path}, {"reason", read.error().detail}});
  return held;
}

}  // namespace aura
