#include "net/providers/phone_number.h"

#define I18N_PHONENUMBERS_USE_STDMUTEX
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

namespace aura::net {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

std::optional<std::string> to_e164(std::string_view text, std::string_view region) {
  constexpr std::size_t kLongest = 64;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  const std::string from = region.empty() ? "ZZ" : std::string(region);  // ZZ: no region
  if (util.Parse(std::string(text), from, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !util.IsPossibleNumber(number)) {
    return std::nullopt;
  }
  std::string out;
  util.Format(number, PhoneNumberUtil::E164, &out);
  return out;
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string fold_e164(std::string_view e164) {
  constexpr std::string_view kBrazil = "+55";
  constexpr std::string_view kMexico = "+52";
  std::string out(e164);
  if (e164.starts_with(kMexico) && e164.size() == 14 && e164[3] == '1') {
    out.erase(3, 1);
  } else if (e164.starts_with(kBrazil) && e164.size() == 13 && e164[5] >= '6') {
    out.insert(5, 1, '9');  // after the area code; land lines begin with 2 to 5
  }
  return out;
}

std::optional<std::string> phone_identity(std::string_view text, std::string_view region) {
  auto number = to_e164(text, region);
  if (number) number = fold_e164(*number);
  return number;
}

}  // namespace aura::net
