// Normalises phone numbers, however a channel or a person writes them. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace aura::net {

// "+" and digits (E.164), or nullopt if the text is not a possible number. A number without country
// code belongs to `region` (ISO 3166: "US"); without a region it is rejected.
std::optional<std::string> to_e164(std::string_view text, std::string_view region = {});

bool all_digits(std::string_view text);  // true for a short code

// One form per phone: Brazilian mobile numbers get their ninth digit, Mexican ones lose the former
// "1" after the country code. Both forms reach the same phone; other numbers are unchanged.
std::string fold_e164(std::string_view e164);

// to_e164 and fold_e164: the number that identifies a contact.
std::optional<std::string> phone_identity(std::string_view text, std::string_view region = {});

}  // namespace aura::net
