// Watches the account's token on a timer: checks it once a day, renews it after half of its
// lifetime, and subscribes the webhook again after an hour without events. A dead token parks the
// outbox and sets the channel status. Owned by the connection actor and used on it.
#pragma once

#include <chrono>

#include "actors/connection/account.h"
#include "actors/connection/connection_shell.h"
#include "actors/connection/own_messages.h"
#include "actors/services.h"

namespace aura {

class TokenWatch {
 public:
  TokenWatch(ConnectionShell& shell, Services& services, Account& account)
      : shell_(shell), services_(services), account_(account) {}
  void begin();  // called at each load of the account; does nothing while a tick is pending
  void heard() { heard_at_ = services_.clock.now_ms(); }  // an event of the account arrived
  void on_tick();
  bool on_answered(const TokenAnswered& answered);  // true: the token is valid

 private:
  bool may_look() const;
  void watch(std::chrono::seconds wait);
  void want_events(Millis now) const;
  bool renewal_due(Millis now) const;
  void ask(Millis now) const;

  ConnectionShell& shell_;
  Services& services_;
  Account& account_;
  bool watching_ = false;
  Millis heard_at_ = 0;
};

}  // namespace aura
