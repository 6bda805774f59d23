// OpenAI's chat completions, as spoken by OpenAI, llama.cpp, Ollama, vLLM and others: sends only
// what all of them know, and accepts what each of them leaves out or writes differently.
#pragma once

#include "net/providers/models/model_api.h"

namespace aura::net::models {

class OpenAiApi final : public ModelApi {
 public:
  explicit OpenAiApi(Account account);
  ProviderCall compose(const ModelRequest& request) const override;
  ModelResult parse(const ProviderReply& reply) const override;

 private:
  Account account_;
  bool own_ = false;  // the provider's own API
};

}  // namespace aura::net::models
