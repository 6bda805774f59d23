// Phone numbers in one form, whatever way a channel or a person writes them. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace aura::net {

// "+" and digits (E.164), or nothing if the text is no possible number. A number without its
// country code is taken to be of `region` (ISO 3166: "US"); without a region it is none.
std::optional<std::string> to_e164(std::string_view text, std::string_view region = {});

bool all_digits(std::string_view text);  // as a short code is written

// One person, one identity: Brazil's mobile numbers get their ninth digit, Mexico's lose the "1"
// that once marked them. Both forms reach the same phone; others stay as they are.
std::string fold_e164(std::string_view e164);

// to_e164, folded: what a contact is known by.
std::optional<std::string> phone_identity(std::string_view text, std::string_view region = {});

}  // namespace aura::net
