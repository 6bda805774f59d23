#include "actors/conversation/dialogue.h"

namespace aura::conversation {
namespace {

agent::Author author_of(const record::Message& row) {
  if (row.author() == api::AUTHOR_CONTACT) return agent::Author::contact;
  return row.author() == api::AUTHOR_AI ? agent::Author::ai : agent::Author::member;
}

}  // namespace

std::optional<agent::PastMessage> past_of(const StoredMessage& message) {
  if (message.row.deleted() || message.row.author() == api::AUTHOR_SYSTEM) return std::nullopt;
  const std::string& words = meant(message.body);
  if (words.empty()) return std::nullopt;
  return agent::PastMessage{author_of(message.row), words};
}

}  // namespace aura::conversation
