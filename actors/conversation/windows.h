// When a message may be sent: within the channel's window, within the longer window for people, as
// the one private reply to a public comment, or (approved templates) at any time.
#pragma once

#include "actors/conversation/decision.h"
#include "runtime/result.h"

namespace aura::conversation {

struct CommentAsked {
  std::string id;
  Millis at = 0;
};
struct Request {
  bool person = false;  // else: automation
  bool template_use = false;
  std::optional<CommentAsked> comment{};  // the comment to answer, if one is named
};
// The detail of Errc::window_closed says what can be done instead.
Result<Passage> passage_of(const State& state, const Request& request, const Rules& rules,
                           Millis now);
std::optional<Millis> window_expires_at(const record::Conversation& row, const Rules& rules);
std::optional<Millis> human_window_expires_at(const record::Conversation& row, const Rules& rules);
// Until when the newest comment may get its private reply; nullopt if it has had one.
std::optional<Millis> comment_expires_at(const State& state);

}  // namespace aura::conversation
