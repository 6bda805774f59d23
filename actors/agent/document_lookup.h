// Finds the sentences of documents that answer a question. Sentences with an amount of money are
// left out: only a catalog row can back an amount.
#pragma once

#include <vector>

#include "actors/agent/question.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

inline constexpr Role kDiet = Role::diet;  // a topic

struct DocumentAnswer {
  std::vector<Passage> passages;  // of one document, in document order
  bool left_out_amount = false;   // a sentence with an amount was left out
  bool left_out_best = false;     // … the one that says most of what was asked
  bool complete = false;          // one sentence covers everything asked
  bool titled = false;            // its title matches
  bool names_topic = false;       // it has all the words of the sentence's topic
  bool found() const { return !passages.empty() || left_out_amount; }
};

// `topic`: one of hours, contact, delivery, payment, booking, returns, diet, or nullptr for any
// other question.
DocumentAnswer look_up_documents(const Sentence& sentence, const Role* topic, Language reader,
                                 const RetrievalIndex& index);

// What stands under a heading that asks nearly the same, word by word ("Do I need to bring a
// mat?"). Nothing if that names an amount.
DocumentAnswer look_up_same_question(const Sentence& sentence, Language reader,
                                     const RetrievalIndex& index);

}  // namespace aura::agent
