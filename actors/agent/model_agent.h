// The agent that answers with a language model. Who decides what:
//
//   embedded agent  a wish for a person, an emergency, the yes to an offered person, messages
//                   without words; questions about allergies, diets, discounts and whether a
//                   program answers; and every turn that the model does not answer, not in time or
//                   not with backed facts. An order ends with its offer of a person, as without a
//                   model.
//   model           the words of every other answer. It may hand over, too.
//   this agent      every fact: the model writes references, which become the rows' values with
//                   their claims (model_text.h).
//
// The embedded agent answers first, so that its answer is there when it is needed. Stateless; one
// instance serves the whole process, and any thread may call.
#pragma once

#include "actors/agent/embedded_agent.h"
#include "runtime/ports/language_model.h"

namespace aura::agent {

class ModelAgent final : public ReplyAgent {
 public:
  explicit ModelAgent(LanguageModel& model) : model_(model) {}
  void propose(TurnContext context, std::stop_token stop, Done done) override;

  // Shows the metrics that alerts ask for, with and without a model.
  static void declare_metrics();

 private:
  LanguageModel& model_;
  EmbeddedAgent embedded_;
};

}  // namespace aura::agent
