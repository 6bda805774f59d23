// Public comments: which one can be answered by a private reply, and which have had their only one.
// Pure functions over the conversation's state, used on its actor.
#pragma once

#include "actors/conversation/windows.h"

namespace aura::conversation {

bool is_answered(const record::ConversationBody& body, const std::string& comment);
void note_answered(State& next, const std::string& comment);
// The private reply failed: the comment may get another one. True if the comment was marked
// answered.
bool give_back(State& next, const std::string& comment);

// Stores a received comment; the newest one stays in the state, whatever the order of arrival.
void note_comment(State& next, const ChannelEvent& event, bool withdrawn);
// If the message `quoted` is a comment: the comment's id and time.
std::optional<CommentAsked> comment_of(const std::string& quoted, const Lookup& stored);
// Whether the comment addresses the business: a reply to somebody else's comment does not.
bool is_to_business(const api::Comment& comment, const Lookup& stored);

}  // namespace aura::conversation
