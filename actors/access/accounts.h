// Which channel an outside name belongs to: a provider's account id (webhooks) or a widget key (web
// chat). Filled from the channel rows at start, kept by workspace actors after their commits, read
// by the network threads. Made by the application, outlives every actor. Any thread may call.
#pragma once

#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/ids.h"
#include "storage/schema/api.pb.h"

namespace aura {

struct ChannelRoute {
  Id workspace;
  Id channel;
  api::ChannelType type = api::CHANNEL_TYPE_UNSPECIFIED;
};

class Accounts {
 public:
  // An account belongs to one channel: false if another channel has it already.
  bool add(const ChannelRoute& route, const std::string& name);
  void remove(const Id& channel, api::ChannelType type, const std::string& name);
  std::optional<ChannelRoute> find(api::ChannelType type, const std::string& name) const;
  std::optional<ChannelRoute> find(const Id& channel) const;

  // News of a whole business names no account of it: it goes to every channel of that business, in
  // the workspace that connected the first of them (nobody else's claim makes it theirs).
  void join(const ChannelRoute& route, const std::string& business);
  void leave(const Id& channel, api::ChannelType type, const std::string& business);
  std::vector<ChannelRoute> of_business(api::ChannelType type, const std::string& business) const;

 private:
  static std::string key(api::ChannelType type, const std::string& name);
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, ChannelRoute> routes_;
  std::unordered_map<std::string, std::vector<ChannelRoute>> businesses_;  // oldest channel first
  std::unordered_map<Id, ChannelRoute> by_channel_;
};

// "wk_" and 24 characters of 120 random bits: public, but not to be guessed.
std::string new_widget_key();

// Whether the outside may use the name: a web chat that is switched off is not there. A provider's
// account stays known, since its events are kept whatever the channel's status is.
inline bool reachable(const api::Channel& channel) {
  return channel.type() != api::CHANNEL_TYPE_WEBCHAT ||
         channel.status() != api::CHANNEL_STATUS_DISABLED;
}

// The outside name of a channel: its widget key or its provider's account id.
inline const std::string& outside_name(const api::Channel& channel) {
  return channel.type() == api::CHANNEL_TYPE_WEBCHAT ? channel.widget_key() : channel.account_id();
}

}  // namespace aura
