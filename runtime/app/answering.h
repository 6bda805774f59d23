// What answers the customers, by `ai.provider`: the embedded agent, or a model with the embedded
// agent behind it. Owned by the application.
#pragma once

#include <memory>

#include "actors/agent/agent.h"
#include "config/settings.h"
#include "net/client/http_client.h"
#include "runtime/ports/language_model.h"
#include "runtime/random.h"

namespace aura::app {

class Answering {
 public:
  Answering(const config::Ai& ai, Random& random);
  agent::ReplyAgent& agent() { return *agent_; }
  void stop();  // fails the calls in flight; before the destructor

 private:
  // Connections and a thread of its own: reading answers delays no send.
  std::unique_ptr<net::HttpClient> client_;
  std::unique_ptr<LanguageModel> model_;
  std::unique_ptr<agent::ReplyAgent> agent_;
};

}  // namespace aura::app
