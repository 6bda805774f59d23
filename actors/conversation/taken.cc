#include "actors/conversation/taken.h"

namespace aura::conversation {

void tell_if_taken(Decision& decision, const State& before) {
  const auto& now = decision.next.row;
  const bool same = now.handler() == before.row.handler() && now.status() == before.row.status() &&
                    now.unread() == before.row.unread();
  if (before.exists && !same)
    decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
}

}  // namespace aura::conversation
