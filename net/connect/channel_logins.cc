#include "net/connect/channel_logins.h"

#include <utility>

#include "config/limits.h"

namespace aura::net {

void ChannelLogins::add(const Id& id, Login login, Millis now) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(logins_, [&](const auto& one) { return one.second.shown.expires_at() <= now; });
  auto oldest = logins_.end();
  std::size_t own = 0;
  for (auto it = logins_.begin(); it != logins_.end(); ++it) {
    if (it->second.workspace != login.workspace) continue;
    ++own;
    if (oldest == logins_.end() ||
        it->second.shown.expires_at() < oldest->second.shown.expires_at())
      oldest = it;
  }
  if (own >= limits::kChannelLogins) logins_.erase(oldest);
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

bool ChannelLogins::begin(const Idempotency& once) {
  const std::scoped_lock lock(mutex_);
  return running_.insert(once.key).second;
}

void ChannelLogins::end(const Idempotency& once) {
  const std::scoped_lock lock(mutex_);
  running_.erase(once.key);
}

}  // namespace aura::net
