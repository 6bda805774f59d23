// What proves a webhook that names its channel in its address: the channel's own signing keys. net
// asks before it believes a word of the body. Any thread may call. Secrets: never logged.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/ids.h"
#include "storage/schema/api.pb.h"

namespace aura {

struct WebhookKey {
  api::ChannelType type = api::CHANNEL_TYPE_UNSPECIFIED;
  std::string account;               // names the connection: InboundItem::account
  std::string provider_account;      // what the body must say it is of (Twilio's AccountSid)
  std::vector<std::string> secrets;  // each may sign; while a secret is changed there are two
};

class WebhookKeys {
 public:
  virtual ~WebhookKeys() = default;
  // Nothing if there is no such channel, or it has no key.
  virtual std::shared_ptr<const WebhookKey> find(const Id& channel) const = 0;
};

}  // namespace aura
