#include "net/providers/product_words.h"

namespace aura::net {

std::string in_words(const api::ProductCards& products) {
  std::string out;
  for (const api::ProductCard& card : products.cards()) {
    if (!out.empty()) out += '\n';
    out += card.title();
    if (!card.subtitle().empty()) out += " – " + card.subtitle();
  }
  return out;
}

}  // namespace aura::net
