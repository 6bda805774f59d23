#include "actors/accounts.h"

#include "runtime/random.h"

namespace aura {

std::string new_widget_key() {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  unsigned char raw[24];
  fill_random(raw, sizeof raw);
  std::string key = "wk_";
  for (const unsigned char byte : raw) key += kAlphabet[byte & 31];
  return key;
}

std::string Accounts::key(api::ChannelType type, const std::string& name) {
  return std::to_string(static_cast<int>(type)) + ':' + name;
}

bool Accounts::add(const ChannelRoute& route, const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto [it, added] = routes_.emplace(key(route.type, name), route);
  return added || it->second.channel == route.channel;
}

void Accounts::remove(const Id& channel, api::ChannelType type, const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto it = routes_.find(key(type, name));
  if (it != routes_.end() && it->second.channel == channel) routes_.erase(it);
}

std::optional<ChannelRoute> Accounts::find(api::ChannelType type, const std::string& name) const {
  std::shared_lock lock(mutex_);
  const auto it = routes_.find(key(type, name));
  if (it == routes_.end()) return std::nullopt;
  return it->second;
}

}  // namespace aura
