// Turns what a language model wrote into an answer: each reference becomes the fact of its row and
// a claim, so that a price cannot be another than the row's. What the model wrote itself must be in
// a language whose words of money, stock and promises are known, and free of them. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "actors/agent/model_prompt.h"

namespace aura::agent {

struct ModelText {
  std::string text;
  std::vector<Claim> claims;
  bool hands_over = false;     // {{handover}}
  bool offers_person = false;  // {{person}}; not yet in the text
};

// Or why the text cannot be used (a stable word).
using ModelTextResult = tl::expected<ModelText, const char*>;
using Unusable = tl::unexpected<const char*>;
ModelTextResult read_model_text(std::string_view written, const ModelSources& sources,
                                const TurnContext& context, Language language);

}  // namespace aura::agent
