#include "actors/agent/currency_words.h"

#include <algorithm>

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
      "kr kc zl ft fr sfr rs rp rm ksh tsh ush bs ct cts lei leu dh dhs baht bahts ringgit dinar "
      "dinars dinares naira cedi cedis hryvnia tenge taka dong "
      "forint forints koruna korun lev leva bob grand crore crores lakh lakhs "
      "руб рублеи р грн лв ден дин тг 円 元 圓 원 บาท د ا إ ر س ق ك ع ب م");
  return words;
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
  return marks().has(word) || std::find(own.begin(), own.end(), word) != own.end();
}

std::vector<std::string> currency_marks(std::string_view currency, std::string_view locale) {
  Tokens tokens;
  const std::string price = format_money(100, currency, locale);
  tokens.assign(price, price.size());
  std::vector<std::string> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].number) found.emplace_back(tokens.word(i));
  }
  return found;
}

}  // namespace aura::agent
