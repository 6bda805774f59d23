// Calls to channel APIs: aura::ProviderClient over the pooled HTTPS client. Owned by the
// application, outlived by the client it is given; any thread may call.
#pragma once

#include "net/client/http_client.h"
#include "runtime/ports/provider_client.h"

namespace aura::net {

class HttpProviderClient final : public ProviderClient {
 public:
  explicit HttpProviderClient(HttpClient& client) : client_(client) {}
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override;

 private:
  HttpClient& client_;
};

// Converts a finished HTTP call into the reply given to an adapter.
ProviderReply provider_reply(HttpResult result);

}  // namespace aura::net
