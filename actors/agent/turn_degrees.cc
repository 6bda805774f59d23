// Answers about the cheapest and most expensive of a kind, and about nutrition.
#include <algorithm>

#include "actors/agent/item_family.h"
#include "actors/agent/turn.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

constexpr std::size_t kKindLookBack = 4;  // messages searched for the kind of "the cheapest"
constexpr std::size_t kMaxKindWords = 40;
constexpr std::size_t kMostAlike = 3;  // items with the same price that are listed
constexpr Role kNutrition = Role::nutrition;

// "Anything cheaper?", not "can you make it cheaper?".
bool asks_for_cheaper(const Sentence& s) {
  static const WordSet kAnything("anything something algo quelque chose etwas was qualcosa");
  if (!s.is(Role::compare) || !s.is(Role::discount) || s.is(Role::pronoun)) return false;
  Tokens tokens;
  tokens.assign(s.text, kMaxKindWords);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (kAnything.has(tokens.word(i))) return true;
  }
  return false;
}

}  // namespace

// False if two items are named: then both are answered.
bool Turn::asks_extreme(const Sentence& s) const {
  if (asks_for_cheaper(s) && !has_content(s) && !spoken_of().items.empty()) return true;
  if (!s.is(Role::cheapest) && !s.is(Role::dearest)) return false;
  const auto wanted = std::count_if(s.phrases.begin(), s.phrases.end(), is_wanted);
  return wanted == 1 || kind_asked_for(s) || (wanted == 0 && !s.is(Role::discount) && !is_topic(s));
}

bool Turn::answer_extreme(const Sentence& s) {
  ItemAnswer family = family_asked_for(s);
  drop_refused(s, question_.language(), index_, family);
  std::erase_if(family.items, [&](std::uint32_t place) {
    const CatalogItem& item = index_.items()[place];
    return !item.available || !item.has_price || currency_of(item) != index_.profile().currency;
  });
  if (family.items.empty() && s.is(Role::discount)) return false;  // "can you make it cheaper?"
  note(s.is(Role::order) ? Intent::order : Intent::price, family.items.empty() ? 0.4 : 0.9);
  if (family.items.empty()) {
    reply_.say(Phrase::not_found);
    offer_listing_ = true;
    return offer_person_ = true;
  }
  offer_person_ |= s.is(Role::order);
  const auto price = [&](std::uint32_t place) { return index_.items()[place].price_minor; };
  const bool dearest = s.is(Role::dearest);
  std::stable_sort(family.items.begin(), family.items.end(), [&](std::uint32_t a, std::uint32_t b) {
    return dearest ? price(a) > price(b) : price(a) < price(b);
  });
  // One row that carries the word is not the least of a kind: more may be of it without the word.
  const Phrase first = family.items.size() == 1 ? Phrase::price
                       : dearest                ? Phrase::dearest
                                                : Phrase::cheapest;
  for (std::size_t i = 0; i < std::min(family.items.size(), kMostAlike); ++i) {
    if (price(family.items[i]) != price(family.items[0])) break;
    const CatalogItem& item = index_.items()[family.items[i]];
    said_.push_back(item.id);
    reply_.say(i == 0 ? first : Phrase::price, item);
  }
  return true;
}

// The items of the named kind; else of the kind asked for before ("what cakes do you have?"),
// unless that was the whole menu; else everything for sale. A menu has no services.
ItemAnswer Turn::family_asked_for(const Sentence& s) const {
  ItemAnswer family;
  family.fit = Fit::related;
  const auto own = std::find_if(s.phrases.begin(), s.phrases.end(), is_wanted);
  if (const auto of_kind = kind_asked_for(s)) {
    family.items = of_that_kind(*of_kind);
    return family;
  }
  if (own != s.phrases.end()) {
    family.items = family_of(*own, question_.language(), index_);
    return family;
  }
  const auto& before = context_.history.messages();
  const std::size_t count = s.is(Role::list) ? 0 : std::min(kKindLookBack, before.size());
  for (std::size_t back = 1; back <= count; ++back) {
    const PastMessage& message = before[before.size() - back];
    if (message.author != Author::contact) continue;
    const Language language = language_of(message);
    const Question question(message.text, language, index_);
    for (const Sentence& sentence : question.sentences()) {
      const auto kind = std::find_if(sentence.phrases.begin(), sentence.phrases.end(), is_wanted);
      if (kind == sentence.phrases.end() || look_up(*kind, language, index_).fit == Fit::exact)
        continue;
      family.items = family_of(*kind, language, index_);
      if (family.items.size() > 1) return family;
    }
  }
  family.items = of_that_kind(Sold::anything);
  const auto& all = index_.items();
  const bool menu = s.is(Role::list) && std::ranges::any_of(all, [](const CatalogItem& item) {
                      return item.kind == ItemKind::menu_item;
                    });
  if (menu) family.items = of_that_kind(Sold::goods);
  return family;
}

// "Your cheapest service?", if a service is all that is named.
std::optional<Turn::Sold> Turn::kind_asked_for(const Sentence& s) const {
  static const WordSet services(
      "service services servicio servicios prestation prestations dienstleistung "
      "dienstleistungen leistung leistungen servico servicos servizio servizi");
  static const WordSet goods(
      "product products producto productos produit produits produkt produkte artikel produto "
      "produtos prodotto prodotti");
  for (const NounPhrase& phrase : s.phrases) {
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
      if (phrase.parts[i] == Part::required && !services.has(phrase.words[i].text) &&
          !goods.has(phrase.words[i].text))
        return std::nullopt;
    }
  }
  Tokens tokens;
  tokens.assign(s.text, kMaxKindWords);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool service = services.has(tokens.word(i));
    const Sold sold = service ? Sold::services : Sold::goods;
    if ((service || goods.has(tokens.word(i))) && !of_that_kind(sold).empty()) return sold;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> Turn::of_that_kind(Sold sold) const {
  std::vector<std::uint32_t> places;
  for (std::uint32_t place = 0; place < index_.items().size(); ++place) {
    const bool service = index_.items()[place].kind == ItemKind::service;
    if (sold == Sold::anything || service == (sold == Sold::services)) places.push_back(place);
  }
  return places;
}

// Answers only with statements about nutrition in a document or in the item's own text.
bool Turn::answer_nutrition(const Sentence& s, const SentenceItems& items) {
  const DocumentAnswer answer = look_up_documents(s, &kNutrition, question_.language(), index_);
  note(Intent::question, answer.found() ? 0.8 : 0.3);
  if (answer.found()) {
    say_documents(answer, s);
    return true;
  }
  for (const ItemAnswer* meant : {&items.sure, &items.unsure}) {
    for (const std::uint32_t place : meant->items) {
      const CatalogItem& item = index_.items()[place];
      if (item.description.find("kcal") == std::string::npos) continue;
      describe(item);
      return true;
    }
  }
  reply_.say(Phrase::no_information);
  return offer_person_ = true;
}

}  // namespace aura::agent
