// Which sentences of the documents answer a question. Sentences that name an amount of money are
// never among them: only a catalog row can back one.
#pragma once

#include <vector>

#include "actors/agent/question.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

struct DocumentAnswer {
  std::vector<Passage> passages;  // of one document, in its order
  bool left_out_amount = false;   // it also says what something costs
  bool complete = false;          // one sentence of it speaks of all that was asked
  bool titled = false;            // its title does
  bool found() const { return !passages.empty() || left_out_amount; }
};

// `topic`: one of hours, contact, delivery, payment, booking, returns, diet, or nullptr for any
// other question.
DocumentAnswer look_up_documents(const Sentence& sentence, const Role* topic, Language reader,
                                 const RetrievalIndex& index);

}  // namespace aura::agent
