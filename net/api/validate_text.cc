#include "net/api/validate_text.h"

#include <algorithm>
#include <filesystem>
#include <string>

#include "config/limits.h"
#include "net/api/wrong_input.h"
#include "runtime/utf8.h"

namespace aura::net {
namespace {

constexpr std::string_view kCurrencies =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

bool lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

bool is_time_zone(std::string_view name) {
  if (name == "UTC") return true;
  constexpr std::size_t kLongest = 64;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return letter(c) || digit(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
  // Zone names begin with a capital letter; other entries (posix/, tzdata.zi) are files of the
  // database itself.
  if (!plain || name.empty() || name.size() > kLongest || !(name[0] >= 'A' && name[0] <= 'Z')) {
    return false;
  }
  std::error_code error;
  return std::filesystem::is_regular_file("/usr/share/zoneinfo/" + std::string(name), error);
}

bool is_currency(std::string_view code) {
  return code.size() == 3 && std::all_of(code.begin(), code.end(), letter) &&
         kCurrencies.find(code) != std::string_view::npos;
}

bool is_pin(std::string_view text) {
  return text.size() == 6 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_slug(std::string_view text) {
  constexpr std::size_t kLongest = 63;
  return !text.empty() && text.size() <= kLongest && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return lower_or_digit(c) || c == '-'; });
}

// The shape of a BCP 47 tag: "pt-BR", "zh-Hant-TW".
bool is_locale(std::string_view tag) {
  std::size_t part = 0;
  for (bool first = true; !tag.empty(); first = false) {
    const std::size_t size = std::min(tag.find_first_of("-_"), tag.size());
    const std::string_view piece = tag.substr(0, size);
    const bool fits = first ? size >= 2 && size <= 3 : size >= 2 && size <= 8;
    if (!fits || ++part > 4) return false;
    for (const char c : piece) {
      if (!letter(c) && (first || !digit(c))) return false;
    }
    if (size == tag.size()) return true;
    tag.remove_prefix(size + 1);
  }
  return false;
}

namespace {

constexpr std::size_t kLongestUrl = 2048;

bool is_url_char(char c) {
  return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '"' && c != '<' && c != '>';
}

}  // namespace

bool is_path(std::string_view url) {
  return url.size() > 1 && url.size() <= kLongestUrl && url[0] == '/' && url[1] != '/' &&
         url.find('\\') == url.npos && std::all_of(url.begin(), url.end(), is_url_char);
}

bool is_web_address(std::string_view url) {
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || url.size() <= scheme || url.size() > kLongestUrl) return false;
  const char first = url[scheme];
  return first != '/' && first != '?' && first != '#' &&
         std::all_of(url.begin(), url.end(), is_url_char);
}

bool is_email(std::string_view text) {
  constexpr std::size_t kLongest = 254;
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  const std::string_view domain = text.substr(at + 1);
  return text.size() <= kLongest && domain.find('.') != std::string_view::npos &&
         domain.front() != '.' && domain.back() != '.' &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

bool is_phone(std::string_view text) {
  constexpr std::size_t kLongest = 32;
  // Digits of a short code; shorter numbers (112) are emergency services.
  constexpr std::ptrdiff_t kFewest = 5;
  const auto digits = std::count_if(text.begin(), text.end(), digit);
  return digits >= kFewest && digits <= 15 && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return digit(c) || std::string_view("+ ()-./").find(c) != std::string_view::npos;
         });
}

Result<void> check_length(std::string_view text, std::size_t most, std::string_view pointer) {
  if (count_chars(text) <= most) return {};
  return wrong(pointer, "must have at most " + std::to_string(most) + " characters");
}

Result<void> check_name(std::string_view text, std::size_t most, std::string_view pointer) {
  if (is_blank(text)) return wrong(pointer, "must not be empty");
  return check_length(text, most, pointer);
}

Result<void> check_word(std::string_view text, std::size_t most, std::string_view pointer) {
  const bool word =
      !text.empty() && text.size() <= most &&
      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (word) return {};
  return wrong(pointer, "must be one word of printable characters");
}

Result<void> check_money(const api::Money& money, std::string_view pointer) {
  const std::string at(pointer);
  if (money.amount_minor() < 0 || money.amount_minor() > limits::kAmountMinor) {
    return wrong(at + "/amount_minor", "must be from 0 to " + std::to_string(limits::kAmountMinor));
  }
  if (!is_currency(money.currency())) {
    return wrong(at + "/currency", "must be an ISO 4217 code such as \"USD\"");
  }
  return {};
}

}  // namespace aura::net
