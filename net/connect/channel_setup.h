// Connecting channels: before one is made its provider is asked whether the credentials are good
// and the account theirs, and told to send us its events. A provider in trouble is asked again
// later (Errc::unavailable); one that cannot be reached at all from here stops nobody: the
// connection looks at its token when it can. Owned by the application, outlived by what it is
// given; any thread may call, replies run on a client or engine thread.
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

  // Errc::invalid at /credentials: the provider refuses them, in words for the channel's owner.
  void create(Id workspace, api::ChannelInput input, MaybeIdempotency once,
              Reply<api::Channel> reply);

  // A login at Meta, by its code or a pasted token: the accounts to choose from.
  void log_in(Id workspace, api::ChannelLoginInput input, MaybeIdempotency once,
              Reply<api::ChannelLogin> reply);
  // The channel of one of them.
  void choose(Id workspace, Id login, api::ChannelChoiceInput input, MaybeIdempotency once,
              Reply<api::Channel> reply);

 private:
  api::ChannelLogin keep(Id workspace, api::ChannelLogin shown,
                         std::vector<meta::LoginAccount> accounts, MaybeIdempotency once);

  Parts parts_;
  ChannelLogins logins_;
};

}  // namespace aura::net
