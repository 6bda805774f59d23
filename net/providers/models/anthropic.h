// Anthropic's messages API. Without sampling parameters, which newer models refuse.
#pragma once

#include "net/providers/models/model_api.h"

namespace aura::net::models {

class AnthropicApi final : public ModelApi {
 public:
  explicit AnthropicApi(Account account);
  ProviderCall compose(const ModelRequest& request) const override;
  ModelResult parse(const ProviderReply& reply) const override;

 private:
  Account account_;
};

}  // namespace aura::net::models
