#include "runtime/app/answering.h"

#include "actors/agent/embedded_agent.h"
#include "actors/agent/model_agent.h"
#include "config/limits.h"
#include "net/providers/models/anthropic.h"
#include "net/providers/models/http_model.h"
#include "net/providers/models/openai.h"

namespace aura::app {
namespace {

std::unique_ptr<const net::models::ModelApi> api_of(const config::Ai& ai) {
  const net::models::Account account{ai.base_url, ai.api_key.reveal(), ai.model};
  if (ai.provider == "anthropic") return std::make_unique<net::models::AnthropicApi>(account);
  return std::make_unique<net::models::OpenAiApi>(account);
}

}  // namespace

Answering::Answering(const config::Ai& ai, Random& random) {
  agent::ModelAgent::declare_metrics();
  if (ai.provider == "embedded") {
    agent_ = std::make_unique<agent::EmbeddedAgent>();
    return;
  }
  net::HttpClientOptions options;
  options.connections_per_host = static_cast<std::size_t>(limits::kModelCalls);
  options.waiting_per_host = options.connections_per_host;
  client_ = std::make_unique<net::HttpClient>(options);
  model_ = std::make_unique<net::models::HttpModel>(
      *client_, api_of(ai), random,
      net::models::ModelOptions{ai.model, std::chrono::seconds(ai.timeout_seconds)});
  agent_ = std::make_unique<agent::ModelAgent>(*model_);
}

void Answering::stop() {
  if (client_) client_->stop();
}

}  // namespace aura::app
