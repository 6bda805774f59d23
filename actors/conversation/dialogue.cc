#include "actors/conversation/dialogue.h"

#include <algorithm>
#include <iterator>

#include "actors/conversation/steps.h"

namespace aura::conversation {
namespace {

agent::Author author_of(const record::Message& row) {
  if (row.author() == api::AUTHOR_CONTACT) return agent::Author::contact;
  return row.author() == api::AUTHOR_AI ? agent::Author::ai : agent::Author::member;
}

bool creates(const Decision& decision, const StoredMessage& message) {
  return std::ranges::any_of(decision.feed, [&](const FeedChange& change) {
    return change.kind == record::Feed::KIND_MESSAGE_CREATED && change.message == message.id;
  });
}

}  // namespace

std::optional<agent::PastMessage> past_of(const StoredMessage& message) {
  if (message.row.deleted() || message.row.author() == api::AUTHOR_SYSTEM) return std::nullopt;
  const std::string& words = meant(message.body);
  if (words.empty()) return std::nullopt;
  return agent::PastMessage{author_of(message.row), words};
}

void Dialogue::put_history(std::vector<agent::PastMessage> messages) {
  if (complete_) return;
  complete_ = true;
  recent_.assign(std::move_iterator(messages.begin()), std::move_iterator(messages.end()));
}

void Dialogue::note(const Decision& decision) {
  for (const auto& message : decision.messages) {
    for (auto& [id, words] : burst_)
      if (id == message.id) words = meant(message.body);  // edited before it was answered
    if (creates(decision, message) && message.row.edit_number() == 0) add(message);
  }
}

void Dialogue::add(const StoredMessage& message) {
  auto past = past_of(message);
  if (!past) return;
  if (past->author == agent::Author::contact) burst_.emplace_back(message.id, past->text);
  recent_.push_back(std::move(*past));
  if (recent_.size() > kMost) recent_.pop_front();
}

// From memory or, after a restart, from storage.
std::string Dialogue::words_of(const Id& id, const Lookup& stored) const {
  const auto known = std::ranges::find(burst_, id, &std::pair<Id, std::string>::first);
  if (known != burst_.end() && !known->second.empty()) return known->second;
  const auto message = stored.message(id);
  return message && !message->row.deleted() ? meant(message->body) : std::string();
}

Dialogue::Question Dialogue::question(const record::Turn& turn, const Lookup& stored) const {
  Question question;
  std::size_t asked = 0;
  for (const auto& id : turn.messages()) {
    const std::string words = words_of(Id::from_view(id), stored);
    if (words.empty()) continue;
    if (asked++ > 0) question.text += '\n';
    question.text += words;
  }
  const std::size_t before = recent_.size() - std::min(asked, recent_.size());
  question.before.assign(recent_.begin(), recent_.begin() + static_cast<std::ptrdiff_t>(before));
  return question;
}

agent::History Dialogue::history() const {
  return complete_ ? agent::History({recent_.begin(), recent_.end()}) : agent::History::unread();
}

}  // namespace aura::conversation
