// Answers that depend on earlier messages, on diets and allergies, or on price limits.
#include <algorithm>

#include "actors/agent/claims.h"
#include "actors/agent/item_family.h"
#include "actors/agent/money.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMostMentioned = 3;

// "gluten-free cakes"; not "gluten in the cake".
bool is_for_diet(const NounPhrase& p) {
  if (p.holder != NounPhrase::kNone) return false;
  if (p.without) return true;
  return p.has_required() &&
         std::any_of(p.parts.begin(), p.parts.end(), [](Part part) { return part == Part::cue; });
}

// Whether two names have a word in common: "Butter Croissant", "Almond Croissant".
bool share_kind(std::string_view a, std::string_view b) {
  constexpr std::size_t kMaxWords = 12;
  constexpr std::size_t kShortest = 4;
  Tokens first;
  Tokens second;
  first.assign(a, kMaxWords);
  second.assign(b, kMaxWords);
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (std::size_t k = 0; k < second.size(); ++k) {
      if (first.word(i).size() >= kShortest && first.word(i) == second.word(k)) return true;
    }
  }
  return false;
}

}  // namespace

// Answers questions about ingredients with the item's description and the documents' statements
// about allergens, never with a price alone; otherwise offers a person.
bool Turn::answer_diet(const Sentence& s, const SentenceItems& items) {
  ItemAnswer meant;
  const bool of_options = items.sure.fit == Fit::family && !items.sure.options.empty();
  const bool harmful = allergy_ || s.is(Role::substance);
  // "Do you have gluten-free cakes?": of the cakes only those, else whatever calls itself so.
  const bool asks_kind = !harmful && s.is(Role::have) && s.is(Role::diet) && items.required &&
                         !of_options &&
                         std::any_of(s.phrases.begin(), s.phrases.end(), is_for_diet);
  const bool listed = asks_kind && say_fit_for_diet(s, items.sure);
  if (!asks_kind) {
    if (items.required && !of_options) meant = items.sure;
    if (meant.items.empty() && items.unsure.fit == Fit::close) meant = items.unsure;
    if (meant.items.empty() && s.is(Role::pronoun)) meant = spoken_of();
  }
  if (meant.items.size() > kMostMentioned) meant.items.resize(kMostMentioned);
  for (const std::uint32_t place : meant.items) describe(index_.items()[place]);
  const bool called_so = !harmful && !asks_kind && meant.items.empty() && !items.sure.items.empty();
  if (called_so) answer_sure(s, items);
  note(Intent::question, 0.7);
  const DocumentAnswer answer = look_up_documents(s, &kDiet, question_.language(), index_);
  if (answer.found()) {
    say_documents(answer, s);
  } else if (!called_so && !listed) {
    reply_.say(Phrase::no_information);
    offer_person_ = true;
  }
  return true;
}

// Lists what says of itself that it is as the question wants it: exactly what was asked for, or
// else something other.
bool Turn::say_fit_for_diet(const Sentence& s, const ItemAnswer& among) {
  NounPhrase diet;
  for (const NounPhrase& phrase : s.phrases) {
    for (const Word& word : phrase.words) {
      const PhraseMatch match = Lexicon::instance().phrase_at({&word, 1}, 0, question_.language());
      if ((match.roles & bit(Role::diet)) == 0) continue;
      diet.words.push_back(word);
      diet.parts.push_back(Part::cue);
    }
  }
  const ItemAnswer all = look_up(diet, question_.language(), index_);
  std::vector<std::uint32_t> fit;
  for (const std::uint32_t place : all.items) {
    if (std::find(among.items.begin(), among.items.end(), place) != among.items.end())
      fit.push_back(place);
  }
  if (all.items.empty()) return false;
  reply_.say(fit.empty() ? Phrase::closest : Phrase::found);
  say_items(fit.empty() ? all.items : fit);
  return true;
}

// "How much is the nut bread?" names an item and does not ask about ingredients.
bool Turn::asks_diet(const Sentence& s, const SentenceItems& items) const {
  const bool named = !items.sure.items.empty() && items.required;
  if (s.is(Role::allergy) || (allergy_ && named)) return true;
  const auto is_name = [](const NounPhrase& p) {
    return p.has_required() &&
           std::find(p.parts.begin(), p.parts.end(), Part::cue) != p.parts.end();
  };
  const bool calls_it_so = named && (s.is(Role::price) || s.is(Role::order)) &&
                           std::any_of(s.phrases.begin(), s.phrases.end(), is_name);
  return (s.is(Role::diet) || s.is(Role::substance)) && !calls_it_so;
}

// False if there is nothing to quote.
bool Turn::describe(const CatalogItem& item) {
  if (item.description.empty() || names_amount(item.description, index_)) return false;
  if (std::find(described_.begin(), described_.end(), item.id) != described_.end()) return true;
  described_.push_back(item.id);
  reply_.say(Phrase::about, item);
  reply_.quote_description(item);
  return true;
}

// "and the almond one?" behind "how much is the croissant?": another of the kind spoken of.
bool Turn::answer_variety(const Sentence& s, const SentenceItems& items) {
  if (!s.goes_on || !has_content(s) || is_topic(s) || s.is(Role::order)) return false;
  if (!items.sure.options.empty()) return false;
  std::vector<std::uint32_t> others = items.sure.items;
  others.insert(others.end(), items.unsure.items.begin(), items.unsure.items.end());
  const ItemAnswer before = others.empty() ? ItemAnswer{} : spoken_of();
  std::erase_if(others, [&](std::uint32_t place) {
    return std::none_of(before.items.begin(), before.items.end(), [&](std::uint32_t known) {
      return place != known && share_kind(index_.items()[place].name, index_.items()[known].name);
    });
  });
  const bool whole = items.sure.fit == Fit::exact && items.sure.items.size() == 1;
  if (others.empty() || others.size() > kMostMentioned || whole) return false;
  for (const std::uint32_t place : others) say_item(index_.items()[place], s);
  just_before_.items = others;
  note(s.is(Role::price) ? Intent::price : Intent::availability, 0.85);
  return true;
}

// "and with oat milk?", "does it come in large?": options of the item mentioned before.
bool Turn::answer_option_of_before(const Sentence& s, const SentenceItems& items) {
  const bool goes_on = (s.goes_on || s.is(Role::pronoun)) && has_content(s) && !is_topic(s);
  const ItemAnswer& sure = items.sure;
  if (!goes_on || (items.required && sure.options.empty())) return false;
  const ItemAnswer before = spoken_of();
  ItemAnswer options;
  for (const std::uint32_t place : before.items) {
    const auto found = look_up_options(s, place, question_.language(), index_);
    options.options.insert(options.options.end(), found.begin(), found.end());
  }
  if (!options.options.empty()) {
    for (const std::uint32_t place : before.items) {
      const auto of_it = [&](const FoundOption& option) { return option.item == place; };
      if (std::any_of(options.options.begin(), options.options.end(), of_it))
        say_item(index_.items()[place], s);
    }
    say_options(options);
    note(s.is(Role::price) ? Intent::price : Intent::availability, 0.8);
    return !reply_.empty();
  }
  const bool of_others = !items.sure.items.empty() && !before.items.empty();
  return of_others && !(items.required && sure.fit == Fit::exact) && answer_closest_before(before);
}

// "and the small one?" if no item or option matches.
bool Turn::answer_going_on(const Sentence& s, const SentenceItems& items) {
  const bool unknown = items.unsure.fit == Fit::none || items.unsure.fit == Fit::related;
  return s.goes_on && has_content(s) && !is_topic(s) && unknown &&
         answer_closest_before(spoken_of());
}

bool Turn::answer_closest_before(const ItemAnswer& before) {
  if (before.items.empty()) return false;
  reply_.say(Phrase::closest);
  say_items(before.items);
  note(Intent::availability, 0.5);
  return true;
}

// Whether the sentence names only unwanted things.
bool only_refuses(const Sentence& s) {
  const auto refuses = [](const NounPhrase& p) { return p.refused && p.has_required(); };
  return std::any_of(s.phrases.begin(), s.phrases.end(), refuses) && !has_content(s) &&
         !is_topic(s) && !s.is(Role::list);
}

// The sentence as it is meant of what it names: "a cake for Saturday" asks nothing of the hours,
// and "the cake for 5 dollars" sets no limit.
Sentence Turn::settled(const Sentence& s, const SentenceItems& items) const {
  Sentence meant = s;
  if (s.prices.budget && offers_price(s, items)) {
    meant.offers = std::ranges::none_of(
        items.sure.items, [&](std::uint32_t place) { return is_within(s, index_.items()[place]); });
    meant.prices = {};
    meant.prices.budget = !meant.offers;  // who has more than it costs does not haggle
  }
  const bool found = (!items.sure.items.empty() && items.required) || !items.unsure.items.empty();
  const bool names_thing = found || (s.is(Role::order) && has_content(s));
  const bool other_topic = s.is(Role::booking) || s.is(Role::delivery);
  if (s.day_words.empty() || s.names_hours) return meant;
  const bool of_other = !s.asks_extent && (names_thing || other_topic);
  if (!of_other && !says_of_day(s)) return meant;
  meant.roles &= ~bit(Role::hours);
  std::erase_if(meant.topic_words, [&](const Word& word) {
    return std::ranges::any_of(s.day_words, [&](const Word& day) { return day.text == word.text; });
  });
  return meant;
}

// "Who teaches on Thursday?": a document says just that.
bool Turn::says_of_day(const Sentence& s) const {
  Sentence on_day = s;
  on_day.topic_words = s.day_words;
  const auto answer = look_up_documents(on_day, nullptr, question_.language(), index_);
  return has_content(s) && answer.found() && answer.complete && answer.names_topic;
}

// "The cake for 5 dollars?" is haggling; so is "a cake for 5 dollars?" if none costs so little.
bool Turn::offers_price(const Sentence& s, const SentenceItems& items) const {
  if (s.goes_on || s.is(Role::pronoun) || items.sure.fit == Fit::exact) return true;
  const auto wanted = std::ranges::find_if(s.phrases, is_wanted);
  if (wanted == s.phrases.end()) return false;
  std::vector<std::uint32_t> named = items.sure.items;
  if (named.empty()) named = family_of(*wanted, question_.language(), index_);
  return std::ranges::none_of(
      named, [&](std::uint32_t place) { return is_within(s, index_.items()[place]); });
}

// "for $3": an amount that is not the price of the requested item.
bool Turn::names_other_amount(const Sentence& s, const ItemAnswer& about) const {
  if (!names_amount(s.text)) return false;
  return std::none_of(about.items.begin(), about.items.end(), [&](std::uint32_t place) {
    const CatalogItem& item = index_.items()[place];
    return std::any_of(s.numbers.begin(), s.numbers.end(), [&](std::string_view number) {
      return item.has_price && parse_minor(number, currency_of(item)) == item.price_minor;
    });
  });
}

bool Turn::is_within(const Sentence& s, const CatalogItem& item) const {
  if (!s.prices.any()) return true;
  return item.has_price && s.prices.has(item.price_minor, currency_of(item));
}

const std::string& Turn::currency_of(const CatalogItem& item) const {
  return item.currency.empty() ? index_.profile().currency : item.currency;
}

// "cakes under $7": keeps only matching items; for an exact match its price is the answer.
void Turn::keep_within(const Sentence& s, SentenceItems& items) const {
  if (!s.prices.any()) return;
  for (ItemAnswer* answer : {&items.sure, &items.unsure}) {
    if (answer->fit == Fit::exact) continue;
    std::erase_if(answer->items,
                  [&](std::uint32_t place) { return !is_within(s, index_.items()[place]); });
    if (answer->items.empty()) *answer = {};
  }
}

Language Turn::language_of(const PastMessage& message) const {
  return index_.language_scores_of(message.text).choose(question_.language());
}

}  // namespace aura::agent
