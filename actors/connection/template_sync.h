// The account's message templates: read page by page when the account is connected, once a day, and
// when the provider tells that one of them has changed; what was read is stored as a whole. Owned
// by the connection actor and used on it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "actors/connection/account.h"
#include "actors/connection/connection_shell.h"
#include "actors/connection/own_messages.h"
#include "actors/services.h"

namespace aura {

class TemplateSync {
 public:
  TemplateSync(ConnectionShell& shell, Services& services, const Account& account)
      : shell_(shell), services_(services), account_(account) {}
  void read();                // unless they are being read
  void read_again();          // what is being read may be older than the news
  void read_after_refusal();  // the provider knows a template otherwise than we do
  void on_answered(const TemplatesAnswered& answered);
  void clear() { so_far_.reset(); }

 private:
  void ask(const std::string& after);

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  std::optional<std::vector<api::Template>> so_far_;  // while they are being read
  bool again_ = false;
  std::optional<std::chrono::steady_clock::time_point> refused_at_;
};

}  // namespace aura
