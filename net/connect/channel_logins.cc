#include "net/connect/channel_logins.h"

#include <algorithm>
#include <utility>

#include "config/limits.h"

namespace aura::net {

void ChannelLogins::add(const Id& id, Login login, Millis now) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(logins_, [&](const auto& one) { return one.second.shown.expires_at() <= now; });
  if (logins_.size() >= limits::kChannelLogins) {
    logins_.erase(std::min_element(logins_.begin(), logins_.end(), [](auto& a, auto& b) {
      return a.second.shown.expires_at() < b.second.shown.expires_at();
    }));
  }
  logins_.insert_or_assign(id, std::move(login));
}

std::optional<Login> ChannelLogins::find(const Id& id, const Id& workspace, Millis now) const {
  const std::scoped_lock lock(mutex_);
  const auto it = logins_.find(id);
  const bool there = it != logins_.end() && it->second.workspace == workspace &&
                     it->second.shown.expires_at() > now;
  return there ? std::optional(it->second) : std::nullopt;
}

std::optional<Login> ChannelLogins::find(const Idempotency& once, const Id& workspace,
                                         Millis now) const {
  const std::scoped_lock lock(mutex_);
  for (const auto& [id, login] : logins_) {
    if (login.workspace == workspace && login.once && login.once->key == once.key &&
        login.shown.expires_at() > now)
      return login;
  }
  return std::nullopt;
}

}  // namespace aura::net
