// What the agent gets to read of a conversation: the last messages, and the words of the burst that
// is to be answered. Lives in memory only. Pure: owned by the AI's turn and used on its actor.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actors/agent/agent.h"
#include "actors/conversation/decision.h"

namespace aura::conversation {

// A message as part of the dialogue; nullopt if it says nothing to the agent: it has no words any
// more, or the system wrote it.
std::optional<agent::PastMessage> past_of(const StoredMessage& message);

class Dialogue {
 public:
  static constexpr std::size_t kMost = 10;  // messages of context

  // Whether the messages from before the conversation returned to memory are known, too.
  bool complete() const { return complete_; }
  void begin_new() { complete_ = true; }  // there were none
  void put_history(std::vector<agent::PastMessage> messages);

  // After a decision about these messages was applied.
  void note(const Decision& decision);
  void note_answered() { burst_.clear(); }

  // The words of the unanswered burst, joined by newlines, and the messages before it.
  struct Question {
    std::string text;
    std::vector<agent::PastMessage> before;
  };
  Question question(const record::Turn& turn, const Lookup& stored) const;
  agent::History history() const;

 private:
  void add(const StoredMessage& message);
  std::string words_of(const Id& message, const Lookup& stored) const;

  std::deque<agent::PastMessage> recent_;
  std::vector<std::pair<Id, std::string>> burst_;  // words of the unanswered messages
  bool complete_ = false;
};

}  // namespace aura::conversation
