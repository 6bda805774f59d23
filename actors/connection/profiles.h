// Looks up the names of new contacts at the provider: each once, a few per second, in the
// background. Failed lookups (no permission, queue full) are dropped, and so are lookups pending
// when the actor ends. Owned by the connection actor and used on it.
#pragma once

#include <deque>
#include <string>

#include "actors/connection/account.h"
#include "actors/connection/connection_shell.h"
#include "actors/connection/own_messages.h"
#include "actors/services.h"

namespace aura {

class Profiles {
 public:
  Profiles(ConnectionShell& shell, Services& services, const Account& account)
      : shell_(shell), services_(services), account_(account) {}

  void look_up(LookUpProfile who);
  void on_tick();
  void on_answered(const ProfileAnswered& answered);
  void clear() { waiting_.clear(); }

 private:
  void ask_next();

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  std::deque<LookUpProfile> waiting_;
  bool ticking_ = false;
};

}  // namespace aura
