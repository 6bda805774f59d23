// Checks of the formats that inputs use. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura::net {

bool is_blank(std::string_view text);

bool is_time_zone(std::string_view name);  // exists in the system's IANA database
bool is_currency(std::string_view code);   // ISO 4217, upper case
bool is_slug(std::string_view text);
bool is_pin(std::string_view text);  // six digits, for two-step verification
bool is_locale(std::string_view tag);
bool is_web_address(std::string_view url);
bool is_path(std::string_view url);  // of a file on our own host: "/demo/latte.svg"
bool is_email(std::string_view text);
bool is_phone(std::string_view text);

inline constexpr std::size_t kCredentialBytes = 4096;

// At most `most` characters, and not blank.
Result<void> check_name(std::string_view text, std::size_t most, std::string_view pointer);
Result<void> check_length(std::string_view text, std::size_t most, std::string_view pointer);
// One word of printable ASCII of at most `most` bytes: tokens and ids, which become part of calls.
Result<void> check_word(std::string_view text, std::size_t most, std::string_view pointer);
Result<void> check_money(const api::Money& money, std::string_view pointer);

// Runs the checks in order; returns the first failure.
template <class... Checks>
Result<void> all(Checks... checks) {
  Result<void> result;
  ((result = checks(), result.has_value()) && ...);
  return result;
}

}  // namespace aura::net
