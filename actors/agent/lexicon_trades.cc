// What a shop sells by what it calls itself: a "pizzeria" has pizzas, a "librería" books.
#include <string>

#include "actors/agent/lexicon.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

struct Trade {
  std::string_view thing;  // an English word with a concept
  WordSet words;           // folded
};

const std::vector<Trade>& trades() {
  static const std::vector<Trade> all = {
      {"pizza", WordSet("pizzeria pizzerias pizzaria pizzarias")},
      {"book",
       WordSet("bookseller booksellers libreria librairie livraria buchhandler antiquariat")},
      {"flower", WordSet("florist florists floristeria floreria fleuriste floricultura florista "
                         "fioraio fiorista floristik")},
      {"bread", WordSet("bakery panaderia boulangerie backerei padaria panificio panetteria")},
      {"cake", WordSet("pasteleria patisserie konditorei pastelaria confeitaria pasticceria")},
      {"sorvete", WordSet("heladeria glacier eisdiele sorveteria gelateria")},
      {"burger", WordSet("hamburgueseria hamburgueria burgeria")},
      {"shoes", WordSet("zapateria sapataria calzoleria")},
      {"wine", WordSet("winery enoteca vinothek vinoteca")},
      {"cheese", WordSet("queseria fromagerie kaserei queijaria")},
      {"fish", WordSet("fishmonger pescaderia poissonnerie peixaria pescheria")},
      {"meat", WordSet("butcher carniceria boucherie metzgerei fleischerei macelleria")}};
  return all;
}

// "Bookshop", "Blumenladen": the word before "shop".
std::string_view before_shop(std::string_view word) {
  for (const std::string_view shop : {"shop", "store", "laden", "handlung", "geschaft", "haus"}) {
    if (word.size() > shop.size() && word.ends_with(shop))
      return word.substr(0, word.size() - shop.size());
  }
  return {};
}

}  // namespace

std::optional<std::uint32_t> thing_of_trade(std::string_view word) {
  for (const Trade& trade : trades()) {
    if (!trade.words.has(word)) continue;
    const auto ids = concept_ids(trade.thing);
    return ids.empty() ? std::nullopt : std::optional(ids.front());
  }
  const Word thing{before_shop(word)};
  if (thing.text.empty()) return std::nullopt;
  const ConceptMatch found =
      Lexicon::instance().concept_at({&thing, 1}, 0, Language::de, Language::en);
  return found.words == 1 ? std::optional(found.id) : std::nullopt;
}

}  // namespace aura::agent
