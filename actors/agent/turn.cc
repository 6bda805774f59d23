#include "actors/agent/turn.h"

#include <algorithm>
#include <utility>

namespace aura::agent {
namespace {

constexpr std::size_t kMaxAnswers = 6;  // sentences answered per burst
constexpr std::size_t kShortDescription = 160;

bool asks_about_item(const Sentence& s) {
  return s.is(Role::price) || s.is(Role::have) || s.is(Role::order);
}

// "Person": nothing else is said.
bool only_names_person(std::string_view text) {
  constexpr std::string_view kPersons[] = {"person", "a person", "persona",    "personne",
                                           "pessoa", "humano",   "real person"};
  return std::find(std::begin(kPersons), std::end(kPersons), fold(text)) != std::end(kPersons);
}

// A message of symbols only (an emoji, ":)"): no letter and no question mark.
bool only_signs(std::string_view text) {
  Tokens tokens;
  tokens.assign(text, 1);
  return tokens.size() == 0 && text.find_first_of("?.") == text.npos &&
         std::any_of(text.begin(), text.end(), [](char c) { return c < 0 || c == ':'; });
}

}  // namespace

bool has_content(const Sentence& s) {
  return std::any_of(s.phrases.begin(), s.phrases.end(), is_wanted);
}

bool leaves_something_out(const Sentence& s) {
  return std::any_of(s.phrases.begin(), s.phrases.end(), [](const NounPhrase& p) {
    return p.without && p.refused && p.has_required();
  });
}

Turn::Turn(const TurnContext& context, std::string_view text, Language language)
    : context_(context),
      index_(*context.index),
      question_(text, language, *context.index),
      reply_(language, context) {}

Proposal Turn::run() {
  const auto& sentences = question_.sentences();
  if (std::any_of(sentences.begin(), sentences.end(),
                  [](const Sentence& s) { return s.is(Role::distress); })) {
    note(Intent::person, 1);
    reply_.say(Phrase::distress);
    return finish(Action::handover);
  }
  const bool person = std::any_of(sentences.begin(), sentences.end(),
                                  [&](const Sentence& s) { return wants_person(s); });
  if (person || only_names_person(context_.text) || accepts_person()) {
    note(Intent::person, 1);
    reply_.say(Phrase::handover);
    return finish(Action::handover);
  }
  Roles all = 0;
  for (const Sentence& sentence : sentences) all |= sentence.roles;
  allergy_ = (all & bit(Role::allergy)) != 0;
  if ((all & bit(Role::greeting)) != 0) reply_.say(Phrase::hello);
  std::size_t answered = 0;
  bool left_one = false;
  for (const Sentence& sentence : sentences) {
    const bool told = answered < kMaxAnswers && answer(sentence);
    if (told) ++answered;
    left_one |= !told && sentence.asks && has_content(sentence);
  }
  if (answered == 0) {
    answer_courtesy(all);
  } else if (left_one) {
    reply_.say(Phrase::other_unknown);
    offer_person_ = true;
  }
  if (offer_person_) {
    const bool orders = intent_ == Intent::order && !haggled_;
    reply_.add(orders ? Phrase::order_by_person : Phrase::offer_person);
  }
  return finish(Action::reply);
}

bool Turn::wants_person(const Sentence& sentence) const {
  const bool books = sentence.is(Role::booking) || sentence.is(Role::reserve);
  const bool wanted = sentence.is(Role::person) || (sentence.is(Role::somebody) && !books);
  if (!wanted || sentence.is(Role::price) || sentence.is(Role::identity)) return false;
  if (!sentence.is(Role::have)) return true;
  return look_up(sentence, question_.language(), index_).sure.items.empty();
}

bool Turn::accepts_person() const {
  if (question_.sentences().size() != 1) return false;
  const Sentence& only = question_.sentences().front();
  if (!only.is(Role::yes) || has_content(only)) return false;
  const auto& before = context_.history.messages();
  return !before.empty() && before.back().author == Author::ai && offers_person(before.back().text);
}

bool Turn::answer(const Sentence& s) {
  SentenceItems items = look_up(s, question_.language(), index_);
  if (!s.prices.budget && s.day_words.empty()) return answer_meant(s, std::move(items));
  const Sentence meant = settled(s, items);
  return answer_meant(meant, std::move(items));
}

bool Turn::answer_meant(const Sentence& s, SentenceItems items) {
  keep_within(s, items);
  keep_options_of(just_before_.items, items.sure);
  keep_listed(s, items);
  keep_measured(s, items);
  const bool answered = answer(s, items);
  if (!items.sure.items.empty()) just_before_ = items.sure;
  return answered;
}

bool Turn::answer(const Sentence& s, const SentenceItems& items) {
  const bool sure = !items.sure.items.empty();
  if (s.is(Role::identity)) return answer_identity();
  if (answer_place(s) || answer_topic_before(s) || answer_offer_before(s)) return true;
  if (!(sure && s.is(Role::price)) && answer_same_question(s)) return true;
  const bool trouble = s.is(Role::complaint) || s.is(Role::returns);
  if (trouble && !(sure && s.is(Role::price))) return answer_trouble(s);
  if (answer_variety(s, items) || answer_contents(s)) return true;
  if (asks_diet(s, items)) return answer_diet(s, items);
  if (only_refuses(s)) return answer_without(s);
  if (s.is(Role::nutrition)) return answer_nutrition(s, items);
  if (answer_compared_before(s) || answer_pick_before(s)) return true;
  if (asks_extreme(s) && answer_extreme(s)) return true;
  const bool compares = s.is(Role::compare) && items.sure.items.size() > 1;
  const bool free_service = s.is(Role::gratis) && is_topic(s);  // "is delivery free?"
  if (s.is(Role::discount) && !compares && !free_service) {
    const bool of_document = s.is(Role::gratis) && !sure && answer_documents(s, Found::anyhow);
    return of_document || answer_discount(items);  // "ist das WLAN kostenlos?"
  }
  if (s.is(Role::total) && !s.is(Role::have) && answer_total(s, items)) return true;
  if (s.is(Role::options) && answer_options(s, items)) return true;
  if (answer_free_of(s, items) || answer_quality(s, items)) return true;
  if (answer_deed(s) || answer_topic(s, items)) return true;
  if (!answer_items(s, items)) return false;
  const bool delivered = sure && s.is(Role::delivery) && s.is(Role::price);
  if (delivered && !s.is(Role::takeaway) && !is_name(s, items)) answer_topic(s, {});
  return true;
}

bool Turn::answer_items(const Sentence& s, const SentenceItems& items) {
  const bool sure = !items.sure.items.empty();
  if ((!sure || names_shop_kind(s)) && answer_kind(s)) return true;
  const bool any = s.prices.any() && !has_content(s);
  if ((s.is(Role::list) && !items.required) || (any && !sure)) {
    say_listing(s);
    return true;
  }
  if (answer_option_of_before(s, items)) return true;
  // "How long do you hold a table?": that a table can be had is less than what
  // a document says.
  if (sure && !items.all && !s.is(Role::price) &&
      (answer_documents(s, Found::wholly) || answer_beyond_item(s, items)))
    return true;
  if (sure && (items.required || asks_about_item(s))) return answer_sure(s, items);
  if (asks_about_item(s) && !has_content(s)) return answer_before(s);
  if (counts_before(s)) return answer_before(s);
  if (items.unsure.fit == Fit::related && asks_about_item(s)) return answer_unsure(s, items);
  return answer_documents(s, Found::anyhow) || answer_going_on(s, items) ||
         answer_unsure(s, items) || answer_missing(s);
}

bool Turn::answer_sure(const Sentence& s, const SentenceItems& items) {
  const ItemAnswer& sure = items.sure;
  const Intent intent = s.is(Role::order)   ? Intent::order
                        : s.is(Role::price) ? Intent::price
                                            : Intent::availability;
  const bool pays = s.offers || (intent == Intent::order && !s.prices.budget) ||
                    (intent == Intent::availability && !s.prices.any());
  const bool haggles = pays && names_other_amount(s, sure);
  haggled_ |= haggles;
  if (haggles) reply_.say(Phrase::listed_prices_only);
  note(haggles ? Intent::discount : intent, haggles ? 0.8 : 0.95);
  const bool few = sure.items.size() == 1 || (sure.fit == Fit::exact && sure.items.size() <= 3);
  const bool lists_options = !few && !sure.options.empty() && s.is(Role::price);
  if (few) {
    for (const std::uint32_t place : sure.items) say_item(index_.items()[place], s);
  } else if (sure.options.empty() || lists_options) {
    reply_.say(Phrase::found);
  }
  if (!few && sure.options.empty()) say_items(sure.items);
  lists_options ? say_option_prices(sure) : say_options(sure);
  if (sure.items.size() == 1 && sure.options.empty() && intent == Intent::availability) {
    const CatalogItem& item = index_.items()[sure.items.front()];
    const bool fits = !item.description.empty() && item.description.size() <= kShortDescription;
    if (item.available && fits && !names_amount(item.description, index_))
      reply_.quote_description(item);
  }
  if (items.missed_one && items.unsure.fit == Fit::none) reply_.say(Phrase::other_not_found);
  if (items.missed_one && items.unsure.fit != Fit::none) {
    reply_.say(Phrase::closest_other);
    say_items(items.unsure.items);
  }
  // "a croissant without butter": that there are croissants does not say so.
  const bool leaves_out = leaves_something_out(s);
  if (leaves_out && few) reply_.say(Phrase::contents_unknown);
  offer_person_ |= intent == Intent::order || (leaves_out && few);
  return true;
}

// Tells people that they are talking to a program.
bool Turn::answer_identity() {
  if (!std::exchange(introduced_, true)) reply_.say(Phrase::automated);
  note(Intent::question, 0.9);
  return offer_person_ = true;
}

bool Turn::answer_discount(const SentenceItems& items) {
  reply_.say(Phrase::listed_prices_only);
  say_items(items.sure.items);
  note(Intent::discount, 0.8);
  return offer_person_ = true;
}

// A complaint needs a person, so one is offered. Returns may be covered by the documents.
bool Turn::answer_trouble(const Sentence& s) {
  constexpr Role kReturns = Role::returns;
  DocumentAnswer answer;
  if (s.is(kReturns)) answer = look_up_documents(s, &kReturns, question_.language(), index_);
  if (answer.found()) {
    say_documents(answer, s);
  } else {
    reply_.say(s.is(Role::complaint) ? Phrase::concern : Phrase::no_information);
  }
  note(Intent::question, answer.found() ? 0.8 : 0.3);
  offer_person_ |= !answer.found() || s.is(Role::complaint);
  return true;
}

bool Turn::answer_unsure(const Sentence& s, const SentenceItems& items) {
  const ItemAnswer& unsure = items.unsure;
  if (unsure.fit == Fit::none) return false;
  const bool bare = s.phrases.size() == 1 && s.roles == 0;
  if (!asks_about_item(s) && !bare) return false;
  if (answer_described(s, unsure)) return true;
  reply_.say(unsure.fit == Fit::guess ? Phrase::did_you_mean : Phrase::closest);
  say_items(unsure.items);
  note(s.is(Role::price) ? Intent::price : Intent::availability, 0.5);
  return true;
}

// "A yellow lamp?": the name and the text of one row together say all that is asked for.
bool Turn::answer_described(const Sentence& s, const ItemAnswer& related) {
  if (related.fit != Fit::related || related.items.size() != 1) return false;
  const CatalogItem& item = index_.items()[related.items[0]];
  const bool named = std::ranges::any_of(s.phrases, [&](const NounPhrase& phrase) {
    return is_wanted(phrase) && names_part(phrase, related.items[0], question_.language(), index_);
  });
  if (!named || leaves_something_out(s) || names_amount(item.description, index_)) return false;
  say_item(item, s);
  reply_.quote_description(item);
  note(s.is(Role::price) ? Intent::price : Intent::availability, 0.7);
  offer_person_ |= s.is(Role::order);
  return true;
}

bool Turn::answer_missing(const Sentence& s) {
  if (is_topic(s)) {
    reply_.say(Phrase::no_information);
    note(Intent::question, 0.2);
  } else if (asks_about_item(s) && has_content(s)) {
    reply_.say(Phrase::not_found);
    offer_listing_ = true;
    note(s.is(Role::price) ? Intent::price : Intent::availability, 0.4);
  } else {
    return false;
  }
  return offer_person_ = true;
}

// "ok", "no", "I don't want the cheesecake", a thumbs-up.
bool Turn::nothing_is_wanted(Roles roles) const {
  const auto& sentences = question_.sentences();
  const bool said = (roles & bit(Role::fine)) != 0 ||
                    std::any_of(sentences.begin(), sentences.end(), only_refuses);
  if (!said) return only_signs(context_.text);
  return std::none_of(sentences.begin(), sentences.end(),
                      [](const Sentence& s) { return has_content(s) || is_topic(s); });
}

// "Hello, do you also make wedding cakes?": a greeting alone would not answer that.
bool Turn::asks_unanswered() const {
  const auto& sentences = question_.sentences();
  return std::any_of(sentences.begin(), sentences.end(), [](const Sentence& s) {
    return has_content(s) && s.text.find('?') != std::string_view::npos;
  });
}

// For a burst without a question that the agent can answer.
void Turn::answer_courtesy(Roles roles) {
  reply_.clear();
  const auto is = [&](Role role) { return (roles & bit(role)) != 0; };
  if (is(Role::goodbye)) {
    reply_.say(Phrase::goodbye);
    note(Intent::goodbye, 0.9);
  } else if (is(Role::thanks)) {
    reply_.say(Phrase::thanks);
    note(Intent::thanks, 0.9);
  } else if (is(Role::greeting) && !asks_unanswered()) {
    reply_.say(Phrase::greeting);
    note(Intent::greeting, 0.9);
    offer_listing_ = true;
  } else if (nothing_is_wanted(roles)) {
    reply_.say(Phrase::all_right);
    note(Intent::thanks, 0.8);
  } else {
    reply_.say(Phrase::unknown);
    offer_person_ = true;
    offer_listing_ = true;
    note(Intent::unknown, 0.1);
  }
}

}  // namespace aura::agent
