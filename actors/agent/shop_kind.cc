#include "actors/agent/shop_kind.h"

#include <algorithm>

#include "actors/agent/item_words.h"
#include "actors/agent/named_items.h"
#include "actors/agent/retrieval_tables.h"

namespace aura::agent {
namespace {

constexpr std::size_t kProfileWords = 16;  // of the shop's name; of what it says of itself first
constexpr std::size_t kNameWords = 24;
constexpr std::size_t kPassages = 24;

using Ids = std::vector<std::uint32_t>;

Roles roles_alone(const Word& word, Language home) {
  return Lexicon::instance().phrase_at({&word, 1}, 0, home).roles;
}

// What a place has but does not sell.
bool is_of_place(std::uint32_t id) {
  static const Ids of_place = concept_ids(
      "parking wifi password terrace pets toilet accessible address phone email contact hours card "
      "cash delivery payment table chair");
  return std::ranges::find(of_place, id) != of_place.end();
}

// Each is found by its meaning alone.
std::vector<QueryTerm> terms_of_ids(const Ids& ids) {
  std::vector<QueryTerm> terms;
  for (const std::uint32_t id : ids) terms.push_back({"\n", {id, kNoTerm}});  // no word's text
  return terms;
}

// What may be in or on a thing and gives it its name: a pizza "Tonno".
bool is_topping(std::uint32_t id) {
  static const Ids toppings = concept_ids(
      "tuna salmon shrimp lobster seafood fish chicken beef pork ham bacon meat egg cheese tomato "
      "mushroom onion garlic olive pepper spinach vegetable potato avocado apple lemon orange "
      "strawberry banana chocolate vanilla nut almond honey cream");
  return std::ranges::find(toppings, id) != toppings.end();
}

class Kin {
 public:
  Kin(const NounPhrase& phrase, Language reader, const RetrievalIndex& index)
      : index_(index), reader_(reader), home_(language_of_locale(index.profile().locale)) {
    PhraseTerms terms = index.tables().terms_of(phrase.words, reader);
    for (std::size_t t = 0; t < terms.terms.size() && terms_.size() < kMaxTerms; ++t) {
      if (phrase.parts[terms.origin[t]] == Part::required)
        terms_.push_back(std::move(terms.terms[t]));
    }
  }

  ShopKind find() const {
    ShopKind kind;
    if (terms_.empty()) return kind;
    const std::uint32_t every = static_cast<std::uint32_t>((std::uint64_t{1} << terms_.size()) - 1);
    std::uint32_t named = said_by_shop();
    if (named != 0) kind.items = untold(named);
    if (kind.items.empty()) kind.items = under_headings(named = every);
    kind.all = named == every;
    std::erase_if(kind.items, [&](std::uint32_t place) {
      return ((every & ~named) & ~said_by_item(place)) != 0;
    });
    return kind;
  }

 private:
  // The terms that say what the shop sells, by its name or the beginning of what it says of itself.
  std::uint32_t said_by_shop() const {
    const std::string& details = index_.profile().details;
    return terms_in(index_.profile().name, kProfileWords) | terms_in(details, kProfileWords);
  }

  // Up to a "with" or "in": what follows is not sold.
  std::uint32_t terms_in(std::string_view text, std::size_t most) const {
    Tokens tokens;
    tokens.assign(text, most, Codes::keep);
    std::uint32_t said = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Word word{tokens.word(i), tokens[i].accented};
      const Roles roles = roles_alone(word, home_);
      const bool leads = (roles & bit(Role::connector)) != 0 && (roles & bit(Role::article)) == 0;
      if (i > 0 && leads) break;
      Concepts means = concepts_of_word(word, home_, Language::en);
      if (const auto thing = thing_of_trade(word.text)) means = {*thing, kNoTerm};
      for (std::size_t t = 0; t < terms_.size(); ++t) {
        if (is_thing(terms_[t]) && std::ranges::find(means, terms_[t].concepts[0]) != means.end())
          said |= 1u << t;
      }
      if (tokens[i].gap == Gap::sentence) break;
    }
    return said;
  }

  static bool is_thing(const QueryTerm& term) {
    return term.concepts[0] != kNoTerm && std::ranges::none_of(term.concepts, is_of_place);
  }

  // The items that do not call themselves something else, if they are most of what is sold.
  Ids untold(std::uint32_t named) const {
    Ids places;
    for (std::uint32_t place = 0; place < index_.items().size(); ++place) {
      const bool is_it =
          (words_said(terms_, index_.items()[place].name, home_, Refused::no) & named) == named;
      if (is_it || !tells_kind(index_.items()[place])) places.push_back(place);
    }
    if (places.size() * 2 <= index_.items().size()) return {};
    const auto is_service = [&](std::uint32_t p) {
      return index_.items()[p].kind == ItemKind::service;
    };
    if (!std::ranges::all_of(places, is_service)) std::erase_if(places, is_service);
    return places;
  }

  // "Mineral water" does, by the word that says what it is; "The Water" is a title, and "Tuna" may
  // be a pizza. So does what is described as a drink or a dessert: "Peroni", a "blonde beer".
  bool tells_kind(const CatalogItem& item) const {
    static const std::vector<QueryTerm> sides =
        terms_of_ids(concept_ids("drink coffee tea juice water beer wine lemonade soda cola "
                                 "smoothie dessert cake cheesecake "
                                 "pie cookie brownie muffin sorvete tiramisu mousse pudding"));
    if (words_said(sides, item.description, home_, Refused::no, kHeadWords) != 0) return true;
    Tokens tokens;
    tokens.assign(item.name, kNameWords, Codes::keep);
    std::vector<Word> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      words.push_back({tokens.word(i), tokens[i].accented});
      if ((roles_alone(words.back(), home_) & bit(Role::article)) != 0) return false;
    }
    if (words.empty()) return false;
    const auto means = concepts_of(words, home_, Language::en);
    const bool last = home_ == Language::en || home_ == Language::de;
    const std::size_t head = last ? words.size() - 1 : 0;
    return (means[head][0] != kNoTerm || means[head][1] != kNoTerm) &&
           std::ranges::none_of(means[head], is_topping) &&
           (roles_alone(words[head], home_) & bit(Role::colour)) == 0;
  }

  // The items that stand under a heading, or in a document, which is called so.
  Ids under_headings(std::uint32_t every) const {
    std::vector<UnitMatch> matches;
    index_.tables().match(terms_, reader_, IndexTables::Among::passages, kPassages, matches);
    Ids places;
    for (const UnitMatch& m : matches) {
      if ((m.name_terms & ~m.weak_terms & every) != every) continue;
      const Passage& passage = index_.passages()[m.unit - index_.items().size()];
      const Ids named = items_named_in(index_.text_of(passage), index_);
      places.insert(places.end(), named.begin(), named.end());
    }
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
  }

  std::uint32_t said_by_item(std::uint32_t place) const {
    const CatalogItem& item = index_.items()[place];
    std::uint32_t said = words_said(terms_, item.name, home_, Refused::no) |
                         words_said(terms_, item.description, home_, Refused::no);
    for (const ItemOption& option : item.options)
      said |= words_said(terms_, option.name, home_, Refused::no);
    return said;
  }

  const RetrievalIndex& index_;
  Language reader_;
  Language home_;
  std::vector<QueryTerm> terms_;
};

}  // namespace

ShopKind of_shop_kind(const NounPhrase& phrase, Language reader, const RetrievalIndex& index) {
  return Kin(phrase, reader, index).find();
}

}  // namespace aura::agent
