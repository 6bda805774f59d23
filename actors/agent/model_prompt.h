// What a language model is asked in a turn: the rules, a bounded part of the shop's rows and
// documents, each under a short reference, and the dialogue. The model writes references where a
// fact belongs; model_text.h puts the facts there. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "actors/agent/agent.h"
#include "runtime/ports/language_model.h"

namespace aura::agent {

// What the references stand for: i1, i2, … and d1, d2, … Valid as long as the index.
struct ModelSources {
  std::vector<const CatalogItem*> items;
  std::vector<Passage> sentences;
};

struct ModelPrompt {
  ModelRequest request;
  ModelSources sources;
};

// `language`: the customer's. Whatever the business and the customer wrote is marked as data, and
// nothing of the customer but the words of the dialogue is in it.
ModelPrompt make_prompt(const TurnContext& context, Language language);

}  // namespace aura::agent
