// The account's message templates: read page by page when the account is connected, once a day, and
// when the provider reports a change; all pages are stored together. Owned by the connection actor
// and used on it.
#pragma once

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
  void read();        // does nothing while a read is running
  void read_again();  // after a change; a running read is repeated
  void on_answered(const TemplatesAnswered& answered);
  void clear() { so_far_.reset(); }

 private:
  void ask(const std::string& after);

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  std::optional<std::vector<api::Template>> so_far_;  // set while a read is running
  bool again_ = false;
};

}  // namespace aura
