// The account a connection serves: the current channel row and its decrypted credentials. Owned by
// the connection actor, which reloads it when the row changes; the actor's parts read it.
#pragma once

#include <string>

#include "runtime/ids.h"
#include "runtime/ports/channel_adapter.h"

namespace aura {

struct Account {
  Id workspace, channel;
  std::string path;  // of the actor, for logs
  api::Channel row;
  api::Credentials credentials;
  const ChannelAdapter* adapter = nullptr;  // web chat has none
  bool deleted = false;                     // the row is gone: remaining sends and events fail
  int token_number = 0;                     // grows with each new token
  Millis token_since = 0;

  SendLimits limits() const {
    SendLimits limits = adapter == nullptr ? SendLimits{} : adapter->limits();
    if (beside_phone_app()) limits.per_second = limits.beside_phone_app;
    return limits;
  }
  // The owner's phone app uses the account too, and the provider takes fewer calls from it: no
  // second may carry more.
  bool beside_phone_app() const {
    return row.phone_app() && adapter != nullptr && adapter->limits().beside_phone_app > 0;
  }
  // How long an echo or receipt of a cut-off call may take.
  Millis echo_wait() const { return limits().echo_wait; }
  bool usable() const {
    return row.status() != api::CHANNEL_STATUS_TOKEN_EXPIRED &&
           row.status() != api::CHANNEL_STATUS_RESTRICTED &&
           row.status() != api::CHANNEL_STATUS_DISABLED;
  }
};

}  // namespace aura
