// Signing keys of channels whose webhook address names the channel. net checks the signature before
// it trusts the body. Any thread may call. Secrets: never log them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/ids.h"
#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura {

struct WebhookKey {
  api::ChannelType type = api::CHANNEL_TYPE_UNSPECIFIED;
  std::string account;               // selects the connection: InboundItem::account
  std::string provider_account;      // the account that the body must name (Twilio's AccountSid)
  std::vector<std::string> secrets;  // any of them may sign; two during a rotation
};

class WebhookKeys {
 public:
  virtual ~WebhookKeys() = default;
  // Null if there is no such channel or it has no key.
  virtual Result<std::shared_ptr<const WebhookKey>> find(const Id& channel) const = 0;
};

}  // namespace aura
