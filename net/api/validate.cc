#include "net/api/validate.h"

#include <string>
#include <vector>

#include "config/limits.h"
#include "net/api/item_options.h"
#include "net/api/validate_text.h"
#include "net/api/wrong_input.h"
#include "net/chat/origin.h"
#include "net/providers/sms/keywords.h"
#include "runtime/ids.h"
#include "runtime/media_ref.h"

namespace aura::net {
namespace {

tl::unexpected<Error> missing(const std::string& pointer) { return wrong(pointer, "is missing"); }

struct CredentialField {
  const char* name;
  const std::string& (api::Credentials::*get)() const;
};

// An Instagram account is connected by its own token, or by the token of the page it is linked to.
// Either way its events name the account itself.
std::vector<CredentialField> needed_credentials(api::ChannelType type,
                                                const api::Credentials& given) {
  using C = api::Credentials;
  if (type == api::CHANNEL_TYPE_INSTAGRAM && given.access_token().empty() &&
      !given.page_access_token().empty()) {
    return {{"page_id", &C::page_id},
            {"page_access_token", &C::page_access_token},
            {"account_id", &C::account_id}};
  }
  switch (type) {
    case api::CHANNEL_TYPE_MESSENGER:
      return {{"page_id", &C::page_id}, {"page_access_token", &C::page_access_token}};
    case api::CHANNEL_TYPE_INSTAGRAM:
      return {{"account_id", &C::account_id}, {"access_token", &C::access_token}};
    case api::CHANNEL_TYPE_WHATSAPP:
      return {{"phone_number_id", &C::phone_number_id},
              {"business_account_id", &C::business_account_id},
              {"access_token", &C::access_token}};
    case api::CHANNEL_TYPE_SMS:
      return {{"account_sid", &C::account_sid},
              {"auth_token", &C::auth_token},
              {"phone_number", &C::phone_number}};
    default:
      return {};
  }
}

std::string label(api::ChannelType type) {
  switch (type) {
    case api::CHANNEL_TYPE_MESSENGER:
      return "Messenger";
    case api::CHANNEL_TYPE_INSTAGRAM:
      return "Instagram";
    case api::CHANNEL_TYPE_WHATSAPP:
      return "WhatsApp";
    case api::CHANNEL_TYPE_SMS:
      return "SMS";
    default:
      return "Web chat";
  }
}

Result<void> check_given(const api::Credentials& given, const CredentialField& field) {
  const std::string& value = (given.*field.get)();
  if (value.empty()) return {};
  return check_word(value, kCredentialBytes, std::string("/credentials/") + field.name);
}

// Checks the format of the given credentials; the channel type decides which ones are required.
Result<void> check_given_credentials(const api::Credentials& given) {
  for (const auto type : {api::CHANNEL_TYPE_MESSENGER, api::CHANNEL_TYPE_INSTAGRAM,
                          api::CHANNEL_TYPE_WHATSAPP, api::CHANNEL_TYPE_SMS}) {
    for (const CredentialField& field : needed_credentials(type, {}))
      if (auto checked = check_given(given, field); !checked) return checked;
  }
  using C = api::Credentials;
  for (const CredentialField& field :
       {CredentialField{"secondary_auth_token", &C::secondary_auth_token},
        CredentialField{"api_key_sid", &C::api_key_sid},
        CredentialField{"api_key_secret", &C::api_key_secret}})
    if (auto checked = check_given(given, field); !checked) return checked;
  return {};
}

Result<void> check_credentials(const api::Credentials& given, api::ChannelType type) {
  for (const CredentialField& field : needed_credentials(type, given)) {
    const std::string pointer = std::string("/credentials/") + field.name;
    const std::string& value = (given.*field.get)();
    if (value.empty())
      return wrong(pointer, "is missing: channels of type " + label(type) + " need it");
  }
  return check_given_credentials(given);
}

Result<void> check_item_texts(const api::ItemInput& input) {
  constexpr std::size_t kSku = 100;
  constexpr std::size_t kOptionsBytes = 64 * limits::kKiB;
  if (input.options().json().size() > kOptionsBytes) {
    return wrong("/options", "must have at most " + std::to_string(kOptionsBytes) + " bytes");
  }
  if (input.image_urls_size() > limits::kItemImages) {
    return wrong("/image_urls",
                 "must have at most " + std::to_string(limits::kItemImages) + " entries");
  }
  for (int i = 0; i < input.image_urls_size(); ++i) {
    if (!is_web_address(input.image_urls(i)) && !is_path(input.image_urls(i))) {
      return wrong("/image_urls/" + std::to_string(i),
                   "must be an http or https address, or a path of this engine");
    }
  }
  return all(
      [&] { return check_length(input.description(), limits::kDescriptionChars, "/description"); },
      [&] { return check_length(input.sku(), kSku, "/sku"); },
      [&] { return check_item_options(input); });
}

// Checks which pages may open a web chat, and the secret that signs its visitors' identities.
Result<void> check_webchat(const api::ChannelInput& input, Write write) {
  constexpr int kMostOrigins = 50;
  const bool other = write == Write::create && input.type() != api::CHANNEL_TYPE_WEBCHAT;
  if (input.allowed_origins_size() > 0 && other)
    return wrong("/allowed_origins", "can only be set for a web chat");
  if (input.allowed_origins_size() > kMostOrigins)
    return wrong("/allowed_origins",
                 "must have at most " + std::to_string(kMostOrigins) + " entries");
  for (int i = 0; i < input.allowed_origins_size(); ++i) {
    if (!is_origin_pattern(input.allowed_origins(i)))
      return wrong("/allowed_origins/" + std::to_string(i),
                   "must be an origin such as \"https://shop.example\" or "
                   "\"https://*.shop.example\", in lower case and without a path");
  }
  if (input.has_rotate_identity_secret() && write == Write::create)
    return wrong("/rotate_identity_secret", "can only be changed, not given at creation");
  if (input.credentials().has_identity_secret())
    return wrong("/credentials/identity_secret",
                 "is made by the engine; use rotate_identity_secret");
  if (write == Write::create) return {};
  for (const std::string& name : input.cleared()) {
    if (name != "allowed_origins" && name != "opt_out_words")
      return wrong("/" + name, "must not be null");
  }
  return {};
}

// Checks the words with which an SMS customer opts out.
Result<void> check_opt_out_words(const api::ChannelInput& input, Write write) {
  constexpr int kMost = 50;
  constexpr std::size_t kLongest = 40;
  static const sms::Keywords kBuiltIn;
  if (input.opt_out_words().empty()) return {};
  if (write == Write::create && input.type() != api::CHANNEL_TYPE_SMS)
    return wrong("/opt_out_words", "can only be set for an SMS channel");
  if (input.opt_out_words_size() > kMost)
    return wrong("/opt_out_words", "must have at most " + std::to_string(kMost) + " entries");
  for (int i = 0; i < input.opt_out_words_size(); ++i) {
    const std::string pointer = "/opt_out_words/" + std::to_string(i);
    const std::string& word = input.opt_out_words(i);
    if (auto checked = check_name(word, kLongest, pointer); !checked) return checked;
    if (word.find(',') != std::string::npos) return wrong(pointer, "must be one word or phrase");
    const auto meaning = kBuiltIn.match(word).meaning;
    if (meaning == sms::Keyword::Meaning::start || meaning == sms::Keyword::Meaning::help)
      return wrong(pointer, "already means something else to carriers (START, HELP)");
  }
  return {};
}

}  // namespace

Result<void> validate(const api::ApiKeyInput& input) {
  if (!input.has_name()) return missing("/name");
  if (input.has_expires_in_days() &&
      (input.expires_in_days() < 1 || input.expires_in_days() > limits::kApiKeyDays)) {
    return wrong("/expires_in_days",
                 "must be 1 to " + std::to_string(limits::kApiKeyDays) + ", or null: never");
  }
  return check_name(input.name(), limits::kNameChars, "/name");
}

Result<void> validate(api::WorkspaceInput& input, Write write) {
  if (write == Write::create && !input.has_name()) return missing("/name");
  for (const std::string& name : input.cleared()) {
    if (write == Write::update && name != "business") return wrong("/" + name, "must not be null");
  }
  if (input.has_name()) {
    if (auto checked = check_name(input.name(), limits::kNameChars, "/name"); !checked) {
      return checked;
    }
  }
  if (input.has_slug() && !is_slug(input.slug())) {
    return wrong("/slug", "must be 1 to 63 lower-case letters, digits and inner hyphens");
  }
  if (input.has_timezone() && !is_time_zone(input.timezone())) {
    return wrong("/timezone", "must be an IANA time zone such as \"Europe/Lisbon\"");
  }
  if (input.has_currency() && !is_currency(input.currency())) {
    return wrong("/currency", "must be an ISO 4217 code such as \"USD\"");
  }
  if (input.has_locale() && !is_locale(input.locale())) {
    return wrong("/locale", "must be a language tag such as \"en-US\"");
  }
  const api::BusinessInput& business = input.business();
  if (!business.email().empty() && !is_email(business.email())) {
    return wrong("/business/email", "must be an e-mail address");
  }
  if (!business.website().empty() && !is_web_address(business.website())) {
    return wrong("/business/website", "must be an http or https address");
  }
  const std::size_t most = limits::kDescriptionChars;
  return all(
      [&] { return check_length(business.description(), most, "/business/description"); },
      [&] { return check_length(business.phone(), limits::kNameChars, "/business/phone"); },
      [&] { return check_length(business.address(), most, "/business/address"); },
      [&] { return check_length(business.opening_hours(), most, "/business/opening_hours"); });
}

Result<void> validate(api::ChannelInput& input, Write write) {
  if (write == Write::create && !input.has_type()) return missing("/type");
  if (write == Write::update && input.has_type()) {
    return wrong("/type", "cannot change; make a new channel instead");
  }
  if (input.has_name()) {
    if (auto checked = check_name(input.name(), limits::kNameChars, "/name"); !checked) {
      return checked;
    }
  } else if (write == Write::create) {
    input.set_name(label(input.type()));
  }
  if (auto checked = check_webchat(input, write); !checked) return checked;
  if (auto checked = check_opt_out_words(input, write); !checked) return checked;
  if (input.has_pin() && (write == Write::update || input.type() != api::CHANNEL_TYPE_WHATSAPP))
    return wrong("/pin", "can only be given when a WhatsApp channel is made");
  if (input.has_pin() && !is_pin(input.pin())) return wrong("/pin", "must be six digits");
  if (write == Write::create) {
    if (auto checked = check_credentials(input.credentials(), input.type()); !checked) {
      return checked;
    }
  }
  return check_given_credentials(input.credentials());
}

Result<void> validate(const api::ContactInput& input) {
  if (!input.email().empty() && !is_email(input.email())) {
    return wrong("/email", "must be an e-mail address");
  }
  if (!input.phone().empty() && !is_phone(input.phone())) {
    return wrong("/phone", "must be a phone number such as \"+351 900 000 000\"");
  }
  if (!input.has_name()) return {};
  return check_name(input.name(), limits::kNameChars, "/name");
}

Result<void> validate(const api::ContactMergeInput& input) {
  if (parse_id(IdType::contact, input.into())) return {};
  return wrong("/into", "must be the id of the contact to merge into");
}

Result<void> validate(const api::ConversationInput& input) {
  if (input.has_unread() && input.unread() < 0) return wrong("/unread", "must be zero or more");
  return {};
}

Result<void> validate(const api::ItemInput& input, Write write) {
  if (write == Write::create && !input.has_name()) return missing("/name");
  for (const std::string& name : input.cleared()) {
    if (name == "name" || name == "kind" || name == "available") {
      return wrong("/" + name, "must not be null");
    }
  }
  if (input.has_name()) {
    if (auto checked = check_name(input.name(), limits::kNameChars, "/name"); !checked) {
      return checked;
    }
  }
  if (input.has_price()) {
    if (auto checked = check_money(input.price(), "/price"); !checked) return checked;
  }
  return check_item_texts(input);
}

Result<void> validate(const api::DocumentInput& input, Write write) {
  const bool create = write == Write::create;
  if (create && !input.has_title()) return missing("/title");
  if (create && !input.has_text()) return missing("/text");
  return all(
      [&]() -> Result<void> {
        if (!input.has_title()) return {};
        return check_name(input.title(), limits::kNameChars, "/title");
      },
      [&]() -> Result<void> {
        if (!input.has_text()) return {};
        return check_name(input.text(), limits::kDocumentChars, "/text");
      });
}

}  // namespace aura::net
