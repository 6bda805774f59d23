#include "actors/conversation/comments.h"

#include <algorithm>
#include <tuple>

#include "actors/conversation/steps.h"
#include "config/limits.h"

namespace aura::conversation {

bool is_answered(const record::ConversationBody& body, const std::string& comment) {
  const auto& answered = body.answered_comments();
  return body.answered_comment() == comment ||
         std::binary_search(answered.begin(), answered.end(), comment);
}

void note_answered(State& next, const std::string& comment) {
  if (is_answered(next.body, comment)) return;
  auto& answered = *next.body.mutable_answered_comments();
  *answered.Add() = comment;
  std::sort(answered.begin(), answered.end());
  if (answered.size() > limits::kAnsweredComments) answered.erase(answered.begin());
  reseal(next);
}

bool give_back(State& next, const std::string& comment) {
  if (comment.empty() || !is_answered(next.body, comment)) return false;
  auto& answered = *next.body.mutable_answered_comments();
  answered.erase(std::remove(answered.begin(), answered.end(), comment), answered.end());
  if (next.body.answered_comment() == comment) next.body.clear_answered_comment();
  reseal(next);
  return true;
}

void note_comment(State& next, const ChannelEvent& event, bool withdrawn) {
  auto& body = next.body;
  if (withdrawn) note_answered(next, event.comment->id());
  if (body.has_comment() && std::tuple(event.at, event.comment->id()) <=
                                std::tuple(body.comment_ms(), body.comment().id()))
    return;
  *body.mutable_comment() = *event.comment;
  body.set_comment_ms(event.at);
  reseal(next);
}

std::optional<CommentAsked> comment_of(const std::string& quoted, const Lookup& stored) {
  if (quoted.empty()) return std::nullopt;
  const auto message = stored.message(Id::from_view(quoted));
  if (!message || !message->body.has_comment()) return std::nullopt;
  return CommentAsked{message->body.comment().id(), message->row.created_ms()};
}

bool is_to_business(const api::Comment& comment, const Lookup& stored) {
  if (!comment.has_parent_id()) return true;
  const auto parent = stored.external(comment.parent_id());
  return parent && !parent->message.empty() && stored.message(parent->message);
}

}  // namespace aura::conversation
