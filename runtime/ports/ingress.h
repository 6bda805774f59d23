// Entry point for webhooks: net passes verified raw items and answers 200 when `done` reports ok.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura {

// One event of a webhook body: the bytes of its JSON object and the facts from its envelope.
struct InboundItem {
  api::ChannelType channel_type = api::CHANNEL_TYPE_UNSPECIFIED;
  std::string account;  // the provider's account id: selects the connection
  std::string source;   // "meta.page", "meta.instagram", …
  std::string payload;  // input of ChannelAdapter::normalise
};

class Ingress {
 public:
  virtual ~Ingress() = default;
  // All items become durable in one commit, or none does. `done(ok | overloaded | unavailable)`
  // runs once on an engine thread. Any thread may call.
  virtual void accept(std::vector<InboundItem> items, std::function<void(Errc)> done) = 0;
};

}  // namespace aura
