// The agent that needs no model and no network: recognises a small set of intents in six languages
// and answers them from the index. Stateless and deterministic; one instance serves the whole
// process, and any thread may call.
#pragma once

#include "actors/agent/agent.h"

namespace aura::agent {

class EmbeddedAgent final : public ReplyAgent {
 public:
  void propose(TurnContext context, std::stop_token stop, Done done) override;
  std::optional<Proposal> answer_now(const TurnContext& context) const override;
  Proposal answer(const TurnContext& context) const;
};

}  // namespace aura::agent
