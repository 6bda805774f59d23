#include "actors/access/accounts.h"

#include <algorithm>

#include "runtime/random.h"

namespace aura {

std::string new_widget_key() { return "wk_" + random_text("0123456789abcdefghjkmnpqrstvwxyz", 24); }

std::string Accounts::key(api::ChannelType type, const std::string& name) {
  return std::to_string(static_cast<int>(type)) + ':' + name;
}

bool Accounts::add(const ChannelRoute& route, const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto [it, added] = routes_.emplace(key(route.type, name), route);
  const bool ours = added || it->second.channel == route.channel;
  if (ours) by_channel_[route.channel] = route;
  return ours;
}

void Accounts::remove(const Id& channel, api::ChannelType type, const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto it = routes_.find(key(type, name));
  if (it == routes_.end() || it->second.channel != channel) return;
  routes_.erase(it);
  by_channel_.erase(channel);
}

std::optional<ChannelRoute> Accounts::find(api::ChannelType type, const std::string& name) const {
  std::shared_lock lock(mutex_);
  auto it = routes_.find(key(type, name));
  // Events of an Instagram account connected through its page may arrive as events of a page.
  if (it == routes_.end() && type == api::CHANNEL_TYPE_MESSENGER)
    it = routes_.find(key(api::CHANNEL_TYPE_INSTAGRAM, name));
  if (it == routes_.end()) return std::nullopt;
  return it->second;
}

void Accounts::join(const ChannelRoute& route, const std::string& business) {
  if (business.empty()) return;
  std::unique_lock lock(mutex_);
  auto& members = businesses_[key(route.type, business)];
  const auto at = std::lower_bound(
      members.begin(), members.end(), route,
      [](const ChannelRoute& a, const ChannelRoute& b) { return a.channel < b.channel; });
  if (at == members.end() || at->channel != route.channel) members.insert(at, route);
}

void Accounts::leave(const Id& channel, api::ChannelType type, const std::string& business) {
  std::unique_lock lock(mutex_);
  const auto it = businesses_.find(key(type, business));
  if (it == businesses_.end()) return;
  std::erase_if(it->second, [&](const ChannelRoute& route) { return route.channel == channel; });
  if (it->second.empty()) businesses_.erase(it);
}

std::vector<ChannelRoute> Accounts::of_business(api::ChannelType type,
                                                const std::string& business) const {
  std::shared_lock lock(mutex_);
  const auto it = businesses_.find(key(type, business));
  if (it == businesses_.end()) return {};
  std::vector<ChannelRoute> members = it->second;
  const Id first = members.front().workspace;
  std::erase_if(members, [&](const ChannelRoute& route) { return route.workspace != first; });
  return members;
}

std::optional<ChannelRoute> Accounts::find(const Id& channel) const {
  std::shared_lock lock(mutex_);
  const auto it = by_channel_.find(channel);
  if (it == by_channel_.end()) return std::nullopt;
  return it->second;
}

}  // namespace aura
