// Maps external names to channels: a provider's account id (webhooks) or a widget key (web chat).
// Filled from the channel rows at start, updated by workspace actors, read by network threads.
// Created by the application, outlives every actor. Any thread may call.
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
  // An account belongs to one channel; returns false if another channel already has it.
  bool add(const ChannelRoute& route, const std::string& name);
  void remove(const Id& channel, api::ChannelType type, const std::string& name);
  std::optional<ChannelRoute> find(api::ChannelType type, const std::string& name) const;
  std::optional<ChannelRoute> find(const Id& channel) const;

  // Events about a whole business account name none of its accounts. They go to all channels of the
  // business in the workspace that connected the first of them: a later claim by another workspace
  // does not receive them.
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

// "wk_" and 24 characters of 120 random bits: public, but not guessable.
std::string new_widget_key();

// Whether the external name is in use: not for a disabled web chat. A provider's account always is,
// because its events are stored whatever the channel's status.
inline bool reachable(const api::Channel& channel) {
  return channel.type() != api::CHANNEL_TYPE_WEBCHAT ||
         channel.status() != api::CHANNEL_STATUS_DISABLED;
}

// The external name of a channel: its widget key or its provider's account id.
inline const std::string& outside_name(const api::Channel& channel) {
  return channel.type() == api::CHANNEL_TYPE_WEBCHAT ? channel.widget_key() : channel.account_id();
}

}  // namespace aura
