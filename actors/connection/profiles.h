// Looks up the names of contacts at the provider, a few per second, in the background. A failed
// lookup (no permission, an error, the queue is full, the actor ended) is made again when the
// contact writes again, with growing pauses. Owned by the connection actor and used on it.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

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
  void clear() {
    waiting_.clear();
    asked_.clear();
  }

 private:
  struct Asked {
    Millis pause = 0;
    Millis again_at = 0;
  };
  bool asked_lately(const std::string& thread);
  void ask_next();

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  std::deque<LookUpProfile> waiting_;
  std::unordered_map<std::string, Asked> asked_;  // nameless contacts, by thread
  bool ticking_ = false;
};

}  // namespace aura
