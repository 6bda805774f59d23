#include "actors/agent/currency_words.h"

#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
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
      "PHP HKD TWD KRW CNY RMB RUB UAH ISK");
  return codes;
}

const WordSet& marks() {
  static const WordSet words(
      "kr kc zl ft fr sfr rs rp rm ksh tsh ush bs ct cts dh dhs tl korun koron rappen crown crowns "
      "guinea guineas usdt eth btc bob grand crore crores lakh lakhs "
      "руб рублеи р грн лв ден дин тг 円 元 圓 원 บาท د ا إ ر س ق ك ع ب م");
  return words;
}

bool all_upper(std::string_view raw) {
  return std::all_of(raw.begin(), raw.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Appends the words of a text that are no numbers, if they have `least` letters.
void add_words(std::string_view text, std::size_t least, std::vector<std::string>& words) {
  Tokens tokens;
  tokens.assign(text, text.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].number && tokens.word(i).size() >= least) words.emplace_back(tokens.word(i));
  }
}

// The language of a currency's country: "pl_Latn_PL" of PLN.
std::string home_of(std::string_view currency) {
  constexpr int kMaxLocale = 64;
  const std::string country = "und_" + std::string(currency.substr(0, 2));
  char home[kMaxLocale] = {};
  UErrorCode status = U_ZERO_ERROR;
  uloc_addLikelySubtags(country.c_str(), home, kMaxLocale, &status);
  return U_SUCCESS(status) ? std::string(home) : std::string("en");
}

// "12 złotych", "20 soles": what a language calls so many of a currency.
std::string plural_name(std::string_view currency, const std::string& locale,
                        const char* plural_case) {
  const icu::UnicodeString code = icu::UnicodeString::fromUTF8(
      icu::StringPiece(currency.data(), static_cast<int>(currency.size())));
  icu::UnicodeString terminated = code;
  UErrorCode status = U_ZERO_ERROR;
  int32_t size = 0;
  const char16_t* name = ucurr_getPluralName(terminated.getTerminatedBuffer(), locale.c_str(),
                                             nullptr, plural_case, &size, &status);
  std::string out;
  if (U_SUCCESS(status) && name != nullptr) icu::UnicodeString(name, size).toUTF8String(out);
  return out;
}

void add_names(std::string_view currency, std::string locale, std::vector<std::string>& names) {
  constexpr std::size_t kShortestName = 3;
  std::replace(locale.begin(), locale.end(), '-', '_');
  for (const char* plural_case : {"one", "few", "many", "other"}) {
    const std::string name = plural_name(currency, locale, plural_case);
    if (name != currency) add_words(name, kShortestName, names);
  }
}

// What the currencies in use are called in the agent's languages: "soles", "quetzales", "zlotys".
// English and German put the noun last ("Polish zlotys"), the others first ("zlotys polonais").
const std::unordered_set<std::string>& nouns_of_all() {
  static const std::unordered_set<std::string> kNouns = [] {
    const WordSet adjectives("new nuevo nuevos nouveau nouveaux novo novos nuovo nuovi");
    std::unordered_set<std::string> nouns;
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration* const all = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status);
    while (const char* currency = uenum_next(all, nullptr, &status)) {
      for (const Language language : kLanguages) {
        const bool last = language == Language::en || language == Language::de;
        for (const char* plural_case : {"one", "other"}) {
          std::vector<std::string> words;
          add_words(plural_name(currency, std::string(code(language)), plural_case), 1, words);
          if (words.empty()) continue;
          std::string& noun = last ? words.back() : words.front();
          if (!adjectives.has(noun)) nouns.insert(std::move(noun));
        }
      }
    }
    uenum_close(all);
    return nouns;
  }();
  return kNouns;
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
  std::vector<std::string> found;
  add_words(format_money(100, currency, locale), 1, found);
  for (const Language language : kLanguages)
    add_names(currency, std::string(code(language)), found);
  if (currency == "PLN") found.emplace_back("gr");  // elsewhere a unit of weight
  const auto more = currency_names(currency, locale);
  found.insert(found.end(), more.begin(), more.end());
  return found;
}

std::vector<std::string> currency_names(std::string_view currency, std::string_view locale) {
  std::vector<std::string> found;
  for (const std::string& where : {std::string(locale), home_of(currency)}) {
    const std::string language = where.substr(0, where.find_first_of("-_"));
    const bool known =
        std::ranges::any_of(kLanguages, [&](Language one) { return code(one) == language; });
    if (!known) add_names(currency, where, found);
  }
  return found;
}

}  // namespace aura::agent
