// Connects channels. Before it creates a channel it asks the provider whether the credentials are
// valid and own the account, and subscribes to the account's events. If the provider has trouble,
// creation fails and may be retried (Errc::unavailable). If the provider cannot be reached at all
// from here, the channel is created anyway; its connection checks the token later. Owned by the
// application, outlived by its parts; any thread may call, replies run on a client or engine
// thread.
#pragma once

#include <string>

#include "net/connect/channel_logins.h"
#include "net/providers/meta/graph_adapter.h"
#include "runtime/clock.h"
#include "runtime/ports/engine_api.h"
#include "runtime/ports/provider_client.h"

namespace aura::net {

class ChannelSetup {
 public:
  struct Parts {
    const ChannelAdapters& adapters;
    ProviderClient& provider;
    Commands& commands;
    const Clock& clock;
    meta::Options meta;
  };
  explicit ChannelSetup(Parts parts) : parts_(std::move(parts)) {}

  // Errc::invalid at /credentials: the provider refused them; the detail is worded for the
  // channel's owner.
  void create(Id workspace, api::ChannelInput input, MaybeIdempotency once,
              Reply<api::Channel> reply);

  // Logs in at Meta by a code or a pasted token; returns the accounts to choose from.
  void log_in(Id workspace, api::ChannelLoginInput input, MaybeIdempotency once,
              Reply<api::ChannelLogin> reply);
  // Creates the channel of one of these accounts.
  void choose(Id workspace, Id login, api::ChannelChoiceInput input, MaybeIdempotency once,
              Reply<api::Channel> reply);

 private:
  api::ChannelLogin keep(Id workspace, api::ChannelLogin shown,
                         std::vector<meta::LoginAccount> accounts, MaybeIdempotency once);

  Parts parts_;
  ChannelLogins logins_;
};

}  // namespace aura::net
