#include "net/providers/sms/twilio_calls.h"

#include <utility>

#include "net/http.h"
#include "net/providers/phone_number.h"
#include "net/signature.h"

namespace aura::net::sms {
namespace {

// An API key is preferred: it can be revoked without changing the token that signs webhooks.
std::string authorisation(const api::Credentials& credentials) {
  const bool key = !credentials.api_key_sid().empty();
  const std::string& name = key ? credentials.api_key_sid() : credentials.account_sid();
  const std::string& secret = key ? credentials.api_key_secret() : credentials.auth_token();
  return "Basic " + to_base64(name + ":" + secret);
}

}  // namespace

void Form::add(std::string_view name, std::string_view value) {
  if (!text_.empty()) text_ += '&';
  text_ += percent_encode(name) + '=' + percent_encode(value);
}

std::string account_url(const std::string& api_url, const api::Credentials& credentials) {
  return api_url + "/2010-04-01/Accounts/" + percent_encode(credentials.account_sid());
}

ProviderCall get_call(std::string url, const api::Credentials& credentials) {
  ProviderCall out;
  out.method = "GET";
  out.url = std::move(url);
  out.headers = {{"Authorization", authorisation(credentials)}};
  return out;
}

ProviderCall post_form(std::string url, const api::Credentials& credentials, Form form) {
  ProviderCall out;
  out.url = std::move(url);
  out.headers = {{"Authorization", authorisation(credentials)},
                 {"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"}};
  out.body = std::move(form).text();
  return out;
}

std::string sender_of(const api::Credentials& credentials) {
  const std::string& given = credentials.phone_number();
  if (given.starts_with('+')) {
    if (auto number = to_e164(given)) return *number;
  }
  return given;
}

}  // namespace aura::net::sms
