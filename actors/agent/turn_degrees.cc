// Answers about the cheapest and most expensive of a kind, and about nutrition.
#include <algorithm>

#include "actors/agent/item_family.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kKindLookBack = 4;  // messages searched for the kind of "the cheapest"
constexpr std::size_t kMostAlike = 3;     // items with the same price that are listed
constexpr Role kNutrition = Role::nutrition;

}  // namespace

// False if two items are named: then both are answered.
bool Turn::asks_extreme(const Sentence& s) const {
  if (!s.is(Role::cheapest) && !s.is(Role::dearest)) return false;
  const auto wanted = std::count_if(s.phrases.begin(), s.phrases.end(), is_wanted);
  return wanted == 1 || (wanted == 0 && !s.is(Role::discount) && !is_topic(s));
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
  const Phrase first = dearest ? Phrase::dearest : Phrase::cheapest;
  for (std::size_t i = 0; i < std::min(family.items.size(), kMostAlike); ++i) {
    if (price(family.items[i]) != price(family.items[0])) break;
    const CatalogItem& item = index_.items()[family.items[i]];
    said_.push_back(item.id);
    reply_.say(i == 0 ? first : Phrase::price, item);
  }
  return true;
}

// The items of the named kind; else of the kind asked for before ("what cakes do you have?"),
// unless that was the whole menu; else everything for sale: services only if the most expensive is
// asked for, not of the menu, for the cheapest of a shop is seldom one.
ItemAnswer Turn::family_asked_for(const Sentence& s) const {
  ItemAnswer family;
  family.fit = Fit::related;
  const auto own = std::find_if(s.phrases.begin(), s.phrases.end(), is_wanted);
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
  family.items.clear();
  const bool services = s.is(Role::dearest) && !s.is(Role::list);
  for (std::uint32_t place = 0; place < index_.items().size(); ++place) {
    if (services || index_.items()[place].kind != ItemKind::service) family.items.push_back(place);
  }
  return family;
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
