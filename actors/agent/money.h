// Formats prices for the workspace's locale ("$12.50", "12,50 €") with ICU. Its formatters are slow
// to build, so each thread caches them. Any thread may call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aura::agent {

std::string format_money(std::int64_t amount_minor, std::string_view currency,
                         std::string_view locale);

// Parses "6.50" (folded text) to minor units of the currency; -1 if it is too long.
std::int64_t parse_minor(std::string_view number, std::string_view currency);

// Digits after the decimal point of a currency (JPY 0, USD 2, KWD 3).
int minor_digits(std::string_view currency);

}  // namespace aura::agent
