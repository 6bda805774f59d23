// Calls to channel APIs. net implements it over its pooled HTTPS client, connection actors call it.
// Any thread may call; `done` runs once, on a network thread, within the client's timeouts.
#pragma once

#include <functional>

#include "runtime/ports/channel_adapter.h"

namespace aura {

class ProviderClient {
 public:
  virtual ~ProviderClient() = default;
  virtual void call(ProviderCall call, std::function<void(ProviderReply)> done) = 0;
};

}  // namespace aura
