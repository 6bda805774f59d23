// aura::LanguageModel over the pooled HTTP client: bounded calls, repeated within the time limit
// where that may help, and not made at all while the model rests. Logs each call with its tokens
// and its duration, never what was said. Owned by the application; outlived by the client it is
// given, which must stop before it is destroyed. Any thread may call.
#pragma once

#include <memory>

#include "net/client/http_client.h"
#include "net/providers/models/breaker.h"
#include "net/providers/models/model_api.h"
#include "runtime/gate.h"
#include "runtime/random.h"

namespace aura::net::models {

struct ModelOptions {
  std::string name;  // of the model, for the log
  std::chrono::milliseconds timeout{15'000};
};

class HttpModel final : public LanguageModel {
 public:
  HttpModel(HttpClient& client, std::unique_ptr<const ModelApi> api, Random& random,
            ModelOptions options);
  void ask(ModelRequest request, std::stop_token stop,
           std::function<void(ModelResult)> done) override;

 private:
  class Run;

  HttpClient& client_;
  std::unique_ptr<const ModelApi> api_;
  Random& random_;
  ModelOptions options_;
  Breaker breaker_;
  Gate calls_{limits::kModelCalls};
};

// How long to wait before try n (the first is 0): what the provider says, or a wait that doubles.
std::chrono::milliseconds wait_before(int tries, const ModelError& error, Random& random);

}  // namespace aura::net::models
