#include "actors/agent/currency_words.h"

#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <unordered_set>

#include "actors/agent/language.h"
#include "actors/agent/money.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

const WordSet& currency_words() {
  static const WordSet words(
      "dollar dollars dolar dolares dolares dollari dollaro bucks buck quid euro euros eur usd gbp "
      "chf jpy cad aud brl mxn cent cents centimo centimos centime centimes centavo centavos "
      "centesimo centesimi pound pounds pence penny libra libras sterling sterlina sterline pfund "
      "peso pesos franc francs franken francos franco franchi yen yuan rupee rupees rupias rupie "
      "krone kronen kronor kroner coroa coroas corona coronas reais zloty zlotys lira lire "
      "rubel ruble rubles rublos rand dirham dirhams riyal shekel shekels won");
  return words;
}

// Codes count only in capitals; in lower case they are ordinary words.
const WordSet& currency_codes() {
  static const WordSet codes(
      "USD EUR GBP CHF JPY CAD AUD NZD BRL MXN ARS CLP COP PEN UYU SEK NOK DKK PLN CZK HUF RON BGN "
      "TRY ILS AED SAR QAR KWD BHD OMR EGP MAD TND ZAR NGN KES INR PKR BDT LKR THB VND IDR MYR SGD "
      "PHP HKD TWD KRW CNY RMB RUB UAH ISK BTC ETH USDT");
  return codes;
}

const WordSet& marks() {
  static const WordSet words(
      "kr kc zl ft fr sfr rs rp rm ksh tsh ush bs ct cts dh dhs tl korun crown crowns rappen "
      "guinea "
      "guineas bob grand crore crores lakh lakhs "
      "руб рублеи р грн лв ден дин тг 円 元 圓 원 บาท د ا إ ر س ق ك ع ب م");
  return words;
}

// "złotych polskich", as in "12 złotych polskich". `plural`: a plural category of Unicode's CLDR.
std::string plural_name(const UChar* currency, const std::string& locale, const char* plural) {
  UErrorCode status = U_ZERO_ERROR;
  UBool is_choice = false;
  std::int32_t length = 0;
  const UChar* const name =
      ucurr_getPluralName(currency, locale.c_str(), &is_choice, plural, &length, &status);
  std::string text;
  if (U_SUCCESS(status)) icu::UnicodeString(name, length).toUTF8String(text);
  return text;
}

// Calls `take` with the first and the last word of a currency's name.
template <typename Take>
void ends_of_name(const std::string& name, const Take& take) {
  Tokens tokens;
  tokens.assign(name, name.size());
  if (tokens.size() > 0) take(tokens.word(0), tokens.word(tokens.size() - 1));
}

bool noun_comes_last(Language language) {
  return language == Language::en || language == Language::de;
}

// What the currencies in use are called in the agent's languages: "soles", "quetzales", "zlotys".
const std::unordered_set<std::string>& nouns_of_all() {
  static const std::unordered_set<std::string> kNouns = [] {
    const WordSet new_ones("new nuevo nuevos nouveau nouveaux novo novos nuovo nuovi");
    std::unordered_set<std::string> nouns;
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration* const all = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status);
    while (const UChar* currency = uenum_unext(all, nullptr, &status)) {
      for (const Language language : kLanguages) {
        for (const char* plural : {"one", "other"}) {
          const auto name = plural_name(currency, std::string(code(language)), plural);
          ends_of_name(name, [&](std::string_view first, std::string_view last) {
            const auto noun = noun_comes_last(language) ? last : first;
            if (!new_ones.has(noun)) nouns.emplace(noun);
          });
        }
      }
    }
    uenum_close(all);
    return nouns;
  }();
  return kNouns;
}

bool all_upper(std::string_view raw) {
  return std::all_of(raw.begin(), raw.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

bool is_currency_word(std::string_view text, const Tokens& tokens, std::size_t i) {
  const std::string_view raw = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
  if (all_upper(raw) && currency_codes().has(raw)) return true;
  return currency_words().has(tokens.word(i));
}

bool is_currency_mark(std::string_view word, const std::vector<std::string>& own) {
  return marks().has(word) || nouns_of_all().contains(std::string(word)) ||
         std::find(own.begin(), own.end(), word) != own.end();
}

std::vector<std::string> currency_marks(std::string_view currency, std::string_view locale) {
  Tokens tokens;
  const std::string price = format_money(100, currency, locale);
  tokens.assign(price, price.size());
  std::vector<std::string> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].number) found.emplace_back(tokens.word(i));
  }
  auto iso = icu::UnicodeString::fromUTF8(std::string(currency));
  const bool last_only = locale.starts_with("en") || locale.starts_with("de");
  for (const char* plural : {"one", "few", "many", "other"}) {
    const std::string name = plural_name(iso.getTerminatedBuffer(), std::string(locale), plural);
    ends_of_name(name, [&](std::string_view first, std::string_view last) {
      if (!last_only) found.emplace_back(first);
      found.emplace_back(last);
    });
  }
  return found;
}

}  // namespace aura::agent
