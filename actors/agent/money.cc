#include "actors/agent/money.h"

#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>

namespace aura::agent {
namespace {

struct Format {
  icu::number::LocalizedNumberFormatter formatter;
  int digits = 2;
};

Format make_format(std::string_view currency, std::string_view locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::CurrencyUnit unit(
      icu::UnicodeString::fromUTF8(
          icu::StringPiece(currency.data(), static_cast<int>(currency.size())))
          .getTerminatedBuffer(),
      status);
  std::string tag(locale);
  std::replace(tag.begin(), tag.end(), '_', '-');  // rows of earlier versions have "pt_BR"
  const icu::Locale where = icu::Locale::forLanguageTag(tag, status);
  return {icu::number::NumberFormatter::with().unit(unit).locale(where), minor_digits(currency)};
}

// "-1250" with two digits → "-12.50"
std::string decimal(std::int64_t amount, int digits) {
  std::string text = std::to_string(amount);
  if (digits == 0) return text;
  const std::size_t sign = amount < 0 ? 1 : 0;
  const auto fraction = static_cast<std::size_t>(digits);
  if (text.size() - sign <= fraction) text.insert(sign, fraction + 1 - (text.size() - sign), '0');
  text.insert(text.size() - fraction, 1, '.');
  return text;
}

}  // namespace

int minor_digits(std::string_view currency) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString code = icu::UnicodeString::fromUTF8(
      icu::StringPiece(currency.data(), static_cast<int>(currency.size())));
  icu::UnicodeString terminated = code;
  const int digits = ucurr_getDefaultFractionDigits(terminated.getTerminatedBuffer(), &status);
  return U_SUCCESS(status) && digits >= 0 ? digits : 2;
}

std::int64_t parse_minor(std::string_view number, std::string_view currency) {
  constexpr std::size_t kLongest = 15;
  constexpr std::size_t kGroup = 3;  // "1.250" is a thousand and more
  if (number.size() > kLongest) return -1;
  const auto digits = static_cast<std::size_t>(minor_digits(currency));
  const std::size_t point = number.rfind('.');
  const bool whole =
      point == number.npos || (number.size() - point - 1 == kGroup && digits != kGroup);
  std::int64_t minor = 0;
  std::size_t decimals = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] < '0' || number[i] > '9') continue;
    const bool fraction = !whole && i > point;
    if (fraction && decimals == digits) continue;
    decimals += fraction ? 1 : 0;
    minor = minor * 10 + (number[i] - '0');
  }
  for (; decimals < digits; ++decimals) minor *= 10;
  return minor;
}

std::string format_money(std::int64_t amount_minor, std::string_view currency,
                         std::string_view locale) {
  constexpr std::size_t kMaxFormats = 64;  // a thread rarely needs more
  thread_local std::unordered_map<std::string, Format> formats;
  thread_local std::string key;
  key.assign(locale).append(1, '|').append(currency);
  auto found = formats.find(key);
  if (found == formats.end()) {
    if (formats.size() >= kMaxFormats) formats.clear();
    found = formats.emplace(key, make_format(currency, locale)).first;
  }
  const std::string number = decimal(amount_minor, found->second.digits);
  UErrorCode status = U_ZERO_ERROR;
  const auto formatted = found->second.formatter.formatDecimal(number, status);
  std::string out;
  if (U_SUCCESS(status)) formatted.toString(status).toUTF8String(out);
  if (U_FAILURE(status) || out.empty()) out = std::string(currency) + " " + number;
  return out;
}

}  // namespace aura::agent
