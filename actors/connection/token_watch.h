// The account's token: looked at once a day, renewed at half of its life, and the webhook
// subscribed again if nothing was heard, on a tick of its own. A dead token parks what goes out, in
// its order; the owner is told once, and once before a token ends. Owned by the connection actor
// and used on it.
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
  void begin();  // at each reading of the account's row; a second watch is not begun
  void heard() { heard_at_ = services_.clock.now_ms(); }  // events of the account came
  void on_tick();
  bool on_answered(const TokenAnswered& answered);  // true: the token lives

 private:
  bool may_look() const;
  void watch(std::chrono::seconds wait);
  void want_events(Millis now) const;
  bool renewal_due(Millis now) const;
  void ask(Millis now) const;
  void tell_end(Millis now);

  ConnectionShell& shell_;
  Services& services_;
  Account& account_;
  bool watching_ = false;
  Millis heard_at_ = 0;
  Millis told_end_ = 0;  // the end that the owner was told of
};

}  // namespace aura
