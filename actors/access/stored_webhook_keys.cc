#include "actors/access/stored_webhook_keys.h"

#include "actors/channel_rows.h"

namespace aura {

namespace {

std::shared_ptr<const WebhookKey> to_key(const api::Channel& channel,
                                         const api::Credentials& credentials) {
  auto key = std::make_shared<WebhookKey>();
  key->type = channel.type();
  key->account = channel.account_id();
  key->provider_account = credentials.account_sid();
  for (const auto* secret : {&credentials.auth_token(), &credentials.secondary_auth_token()})
    if (!secret->empty()) key->secrets.push_back(*secret);
  return key;
}

}  // namespace

Result<std::shared_ptr<const WebhookKey>> StoredWebhookKeys::find(const Id& channel) const {
  const auto route = accounts_.find(channel);
  if (!route) return nullptr;
  const auto row = channel_rows::load(reader_, route->workspace, channel);
  if (!row && row.error().code == Errc::not_found) return nullptr;
  if (!row) return tl::unexpected(row.error());
  {
    const std::lock_guard lock(mutex_);
    const auto it = kept_.find(channel);
    if (it != kept_.end() && it->second.sealed == row->sealed_credentials()) return it->second.key;
  }
  const auto credentials = channel_rows::open_credentials(vault_, route->workspace, channel, *row);
  if (!credentials) return tl::unexpected(credentials.error());
  auto key = to_key(row->channel(), *credentials);
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= kKept) kept_.clear();
  kept_[channel] = {row->sealed_credentials(), key};
  return key;
}

}  // namespace aura
