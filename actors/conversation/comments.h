// Public comments: which of them awaits a private reply, and which got the one that each may have.
// Pure functions over the conversation's state, used on its thread.
#pragma once

#include "actors/conversation/model.h"

namespace aura::conversation {

bool is_answered(const record::ConversationBody& body, const std::string& comment);
void note_answered(State& next, const std::string& comment);
// The private reply did not go: the comment may have another. True if it was its.
bool give_back(State& next, const std::string& comment);

// A comment came: the newest stays with the conversation, whatever the order of arrival.
void note_comment(State& next, const ChannelEvent& event, bool withdrawn);
// The comment that a message is, if `quoted` is one, and when it was written.
std::optional<CommentAsked> comment_of(const std::string& quoted, const Lookup& stored);
// Whether it was said to the business: below somebody else's comment it was said to them.
bool is_to_business(const api::Comment& comment, const Lookup& stored);

}  // namespace aura::conversation
