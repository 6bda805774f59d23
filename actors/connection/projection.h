// Messages of kinds that the channel's adapter could not render when they arrived. Once per start
// of the connection, messages left by an older adapter version are looked up page by page and their
// conversations render them again. Owned by the connection actor and used on it.
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
  std::string cursor_;  // rows before it have been handled
};

}  // namespace aura
