// The wire format of one kind of model server. No I/O, no clock, no state; any thread may call.
#pragma once

#include <string>

#include "runtime/ports/channel_adapter.h"
#include "runtime/ports/language_model.h"

namespace aura::net::models {

struct Account {
  std::string base_url;  // empty: the provider's own; without a path it gets /v1
  std::string api_key;   // empty: the server needs none
  std::string model;
};

class ModelApi {
 public:
  virtual ~ModelApi() = default;
  virtual ProviderCall compose(const ModelRequest& request) const = 0;
  virtual ModelResult parse(const ProviderReply& reply) const = 0;
};

}  // namespace aura::net::models
