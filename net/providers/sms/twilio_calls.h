// Calls to Twilio's REST API: URLs, forms, authorisation. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

class Form {
 public:
  void add(std::string_view name, std::string_view value);
  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

// "…/2010-04-01/Accounts/AC…"
std::string account_url(const std::string& api_url, const api::Credentials& credentials);
ProviderCall get_call(std::string url, const api::Credentials& credentials);
ProviderCall post_form(std::string url, const api::Credentials& credentials, Form form);

// The sender: a number (E.164), a short code, or a messaging service (MG…).
std::string sender_of(const api::Credentials& credentials);

}  // namespace aura::net::sms
