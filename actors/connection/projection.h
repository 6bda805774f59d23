// Messages of kinds that the channel's adapter could not show when they came. Once a life of the
// connection those that an older adapter left are looked for, page by page, and their conversations
// read them anew. Owned by the connection actor and used on it.
#pragma once

#include <string>

#include "actors/connection/account.h"
#include "actors/connection/connection_shell.h"
#include "actors/connection/own_messages.h"
#include "actors/services.h"

namespace aura {

class Projection {
 public:
  Projection(ConnectionShell& shell, Services& services, const Account& account)
      : shell_(shell), services_(services), account_(account) {}
  void look();
  void on_found(const UnsupportedFound& found);

 private:
  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  std::string cursor_;  // what is behind it was looked at
};

}  // namespace aura
