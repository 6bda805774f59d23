// Meta's logins: the calls that exchange a login code for a long-lived token and list the accounts
// it gives access to. Pure; any thread. Answers are read leniently; error texts never contain parts
// of a token.
#pragma once

#include <string>
#include <vector>

#include "net/providers/meta/graph_adapter.h"

namespace aura::net::meta {

// Facebook's login, for pages, their Instagram accounts and WhatsApp.
ProviderCall facebook_code(const Options& app, const std::string& code,
                           const std::string& redirect_uri);
ProviderCall facebook_long_lived(const Options& app, const std::string& token);
ProviderCall list_pages(const Options& app, const std::string& token, const std::string& after);
ProviderCall list_numbers(const Options& app, const std::string& token,
                          const std::string& business_account);

// Instagram's own login.
ProviderCall instagram_code(const Options& app, const std::string& code,
                            const std::string& redirect_uri);
ProviderCall instagram_long_lived(const Options& app, const std::string& token);
ProviderCall instagram_account(const Options& app, const std::string& token);

struct LoginAccount {
  api::LoginAccount shown;
  api::Credentials credentials;  // for a channel created from the account
};
struct AccountPage {
  std::vector<LoginAccount> accounts;
  std::string after;  // cursor of the next page, or empty
};

// Errc::invalid: the login was refused; Errc::unavailable: no usable answer.
Result<std::string> read_login_token(const ProviderReply& reply);
Result<AccountPage> read_pages(const ProviderReply& reply);
Result<AccountPage> read_numbers(const ProviderReply& reply, const std::string& token,
                                 const std::string& business_account);
Result<AccountPage> read_instagram_account(const ProviderReply& reply, const std::string& token);

}  // namespace aura::net::meta
