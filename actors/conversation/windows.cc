#include "actors/conversation/windows.h"

#include <algorithm>

#include "actors/conversation/comments.h"
#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura::conversation {
namespace {

constexpr Millis kSafety = in_ms(limits::kWindowSafety);

bool still(Millis until, Millis now) { return now + kSafety < until; }

// A channel that accepts templates outside the window passes this probe.
bool sends_templates(const Rules& rules) {
  if (rules.adapter == nullptr) return false;
  OutboundMessage probe;
  probe.template_use.emplace();
  probe.template_use->set_name("any");
  probe.template_use->set_language("en");
  probe.window_closed = true;
  return rules.adapter->check(probe).has_value();
}

std::string what_is_possible(const State& state, const Request& request, const Rules& rules,
                             Millis now) {
  std::string text = state.row.last_inbound_ms() == 0
                         ? "The customer has not written to you here yet. Wait until they do"
                         : "The customer's last message is older than this channel's messaging "
                           "window. Wait until they write again";
  if (sends_templates(rules)) text += ", or send an approved template";
  const Millis human = human_window_expires_at(state.row, rules).value_or(0);
  if (request.person) {
    if (human != 0) text += "; the longer window for replies by a person is over too";
  } else if (still(human, now)) {
    text += "; a person may still answer: with human_agent set to true";
  }
  if (request.comment || state.body.has_comment())
    text += "; the one private reply to their comment was used, or its time is over";
  if (!request.comment && state.body.has_comment())
    text += " (another comment of theirs is answered by naming it in reply_to)";
  return text + ".";
}

// Uses the named comment, otherwise the newest one: if it is newer than the contact's last message,
// the answer goes to the comment; otherwise only if the window is closed.
std::optional<Passage> by_comment(const State& state, const Request& request, bool open,
                                  Millis now) {
  const auto expires = [](Millis at) { return at + in_ms(limits::kPrivateReply); };
  if (request.comment) {
    const Millis until = expires(request.comment->at);
    if (is_answered(state.body, request.comment->id) || !still(until, now)) return std::nullopt;
    return Passage{until, 0, request.comment->id};
  }
  const auto until = comment_expires_at(state);
  if (!until || !still(*until, now)) return std::nullopt;
  if (open && state.body.comment_ms() <= state.row.last_inbound_ms()) return std::nullopt;
  return Passage{*until, 0, state.body.comment().id()};
}

}  // namespace

void add_channel(Rules& rules, const ChannelAdapter* adapter) {
  rules.adapter = adapter;
  rules.has_provider = adapter != nullptr;
  if (adapter == nullptr) return;
  rules.window = adapter->window_length();
  rules.human_window = adapter->human_window_length();
}

std::optional<Millis> window_expires_at(const record::Conversation& row, const Rules& rules) {
  if (!rules.window) return std::nullopt;
  if (row.last_inbound_ms() == 0) return 0;
  return row.last_inbound_ms() + *rules.window;
}

std::optional<Millis> human_window_expires_at(const record::Conversation& row, const Rules& rules) {
  if (!rules.window || !rules.human_window || row.last_inbound_ms() == 0) return std::nullopt;
  return row.last_inbound_ms() + std::max(*rules.window, *rules.human_window);
}

std::optional<Millis> comment_expires_at(const State& state) {
  const auto& body = state.body;
  if (!body.has_comment() || is_answered(body, body.comment().id())) return std::nullopt;
  return body.comment_ms() + in_ms(limits::kPrivateReply);
}

Result<Passage> passage_of(const State& state, const Request& request, const Rules& rules,
                           Millis now) {
  const auto standard = window_expires_at(state.row, rules);
  if (auto passage = by_comment(state, request, !standard || still(*standard, now), now))
    return std::move(*passage);
  if (!standard) return Passage{};
  if (request.template_use) return Passage{0, *standard, {}};
  const auto human = human_window_expires_at(state.row, rules);
  const Millis until = request.person ? std::max(*standard, human.value_or(0)) : *standard;
  if (still(until, now)) return Passage{until, *standard, {}};
  return fail(Errc::window_closed, what_is_possible(state, request, rules, now));
}

}  // namespace aura::conversation
