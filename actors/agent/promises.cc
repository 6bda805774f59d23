#include "actors/agent/promises.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "actors/agent/number_words.h"
#include "actors/agent/text.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

const WordSet& promise_words() {
  static const WordSet words(
      // stock
      "stock sold left unavailable remaining leftover ausverkauft vergriffen vorratig lagernd "
      "lager restposten agotado agotada agotados agotadas existencias epuise epuisee epuises "
      "epuisees rupture indisponible esgotado esgotada esgotados esgotadas estoque indisponivel "
      "esaurito esaurita esauriti esaurite scorte "
      // gifts
      "free freebie freebies complimentary gift gratis gratuit gratuits gratuite gratuites "
      "gratuito "
      "gratuita gratuitos gratuitas gratuiti kostenlos kostenlose kostenloser kostenfrei umsonst "
      "geschenkt regalo regalamos obsequio cadeau offert offerte omaggio brinde "
      // reductions
      "cheaper reduced sale deal deals promo promos promotion promotions coupon coupons voucher "
      "vouchers cashback bonus sonderpreis angebotspreis gutschein gutscheine vergunstigt "
      "reduziert "
      "gunstiger rebajado rebajada oferta ofertas promocion promociones cupon rabais soldes solde "
      "promocao promocoes cupom saldi promozione promozioni buono buoni "
      // money back
      "refund refunds refunded reimburse erstatten erstattung erstattet reembolso reembolsamos "
      "rembourser remboursement remboursons rimborso rimborsiamo");
  return words;
}

// Gifts without a word for one; between spaces, as says_idiom() looks for them.
constexpr std::string_view kIdioms[] = {
    " on the house ",           " our treat ",         " my treat ",           " is on us ",
    " as little as ",           " compliments of ",    " aufs haus ",          " auf das haus ",
    " la casa invita ",         " invita la casa ",    " por nuestra cuenta ", " la maison offre ",
    " aux frais de la maison ", " por conta da casa ", " por nossa conta ",    " offre la casa ",
    " la casa offre "};

bool says_idiom(const Tokens& tokens) {
  thread_local std::string words;
  words = " ";
  for (std::size_t i = 0; i < tokens.size(); ++i) words.append(tokens.word(i)) += ' ';
  return std::ranges::any_of(
      kIdioms, [](std::string_view idiom) { return words.find(idiom) != std::string::npos; });
}

// "Feel free to ask", "gluten-free".
bool is_harmless(const Tokens& tokens, std::size_t i) {
  if (tokens.word(i) != "free" || i == 0) return false;
  return tokens.word(i - 1) == "feel" || tokens[i - 1].gap == Gap::hyphen;
}

}  // namespace

bool promises(std::string_view text, Language language) {
  thread_local Tokens tokens;
  tokens.assign(text, text.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view word = tokens.word(i);
    if (promise_words().has(word) && !is_harmless(tokens, i)) return true;
    // "sei": in Italian more often "you are" than six.
    if (number_word(word, language).value_or(0) > 1 && word != "sei") return true;
  }
  return says_idiom(tokens);
}

}  // namespace aura::agent
