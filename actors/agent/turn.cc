#include "actors/agent/turn.h"

#include <algorithm>

namespace aura::agent {
namespace {

constexpr std::size_t kMaxAnswers = 3;  // sentences of one burst that are answered
constexpr std::size_t kListed = 8;      // items of a listing
constexpr std::size_t kLookBack = 4;    // messages searched for what "it" is
constexpr std::size_t kMaxSpokenOf = 3;
constexpr std::size_t kShortDescription = 160;

struct Topic {
  Role role;
  Intent intent;
};
constexpr Topic kTopics[] = {{Role::delivery, Intent::delivery},
                             {Role::payment, Intent::payment},
                             {Role::booking, Intent::question},
                             {Role::hours, Intent::opening_hours},
                             {Role::contact, Intent::contact}};

bool asks_about_item(const Sentence& s) {
  return s.is(Role::price) || s.is(Role::have) || s.is(Role::order);
}

bool is_topic(const Sentence& s) {
  return std::any_of(std::begin(kTopics), std::end(kTopics),
                     [&](const Topic& t) { return s.is(t.role); });
}

bool has_content(const Sentence& s) {
  return std::any_of(s.phrases.begin(), s.phrases.end(),
                     [](const NounPhrase& p) { return p.has_required(); });
}

}  // namespace

Turn::Turn(const TurnContext& context, std::string_view text, Language language)
    : context_(context),
      index_(*context.index),
      question_(text, language, *context.index),
      reply_(language, context) {}

Proposal Turn::run() {
  const auto& sentences = question_.sentences();
  const bool person = std::any_of(sentences.begin(), sentences.end(),
                                  [&](const Sentence& s) { return wants_person(s); });
  if (person || accepts_person()) {
    note(Intent::person, 1);
    reply_.say(Phrase::handover);
    return finish(Action::handover);
  }
  Roles all = 0;
  for (const Sentence& sentence : sentences) all |= sentence.roles;
  if ((all & bit(Role::greeting)) != 0) reply_.say(Phrase::hello);
  std::size_t answered = 0;
  for (const Sentence& sentence : sentences) {
    if (answered < kMaxAnswers && answer(sentence)) ++answered;
  }
  if (answered == 0) answer_courtesy(all);
  if (offer_person_) {
    reply_.add(intent_ == Intent::order ? Phrase::order_by_person : Phrase::offer_person);
  }
  return finish(Action::reply);
}

bool Turn::wants_person(const Sentence& sentence) const {
  if (!sentence.is(Role::person) || sentence.is(Role::price) || sentence.is(Role::identity))
    return false;
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
  const SentenceItems items = look_up(s, question_.language(), index_);
  const bool sure = !items.sure.items.empty();
  if (s.is(Role::identity)) return answer_identity();
  const bool trouble = s.is(Role::complaint) || s.is(Role::returns);
  if (trouble && !(sure && s.is(Role::price))) return answer_trouble(s);
  if (s.is(Role::discount)) {
    reply_.say(Phrase::listed_prices_only);
    if (sure) say_items(items.sure.items);
    note(Intent::discount, 0.8);
    return offer_person_ = true;
  }
  if (answer_topic(s, items)) return true;
  if (s.is(Role::list) && !items.required) {
    say_listing();
    return true;
  }
  if (sure && (items.required || asks_about_item(s))) return answer_sure(s, items);
  if (asks_about_item(s) && !has_content(s)) return answer_before(s);
  if (items.unsure.fit == Fit::related && asks_about_item(s)) return answer_unsure(s, items);
  return answer_documents(s) || answer_unsure(s, items) || answer_missing(s);
}

bool Turn::answer_topic(const Sentence& s, const SentenceItems& items) {
  if (!items.sure.items.empty()) {
    const bool about_item =
        s.is(Role::price) || ((s.is(Role::have) || s.is(Role::order)) && items.required);
    if (about_item) return false;
  }
  bool found = false;
  for (const Topic& topic : kTopics) {
    if (!s.is(topic.role) || (found && topic.role == Role::contact)) continue;
    const DocumentAnswer answer = look_up_documents(s, &topic.role, question_.language(), index_);
    if (!answer.found()) continue;
    say_documents(answer, s);
    note(topic.intent, 0.85);
    found = true;
  }
  return found;
}

bool Turn::answer_sure(const Sentence& s, const SentenceItems& items) {
  const ItemAnswer& sure = items.sure;
  const Intent intent = s.is(Role::order)   ? Intent::order
                        : s.is(Role::price) ? Intent::price
                                            : Intent::availability;
  note(intent, 0.95);
  const bool few = sure.items.size() == 1 || (sure.fit == Fit::exact && sure.items.size() <= 3);
  if (sure.options.empty() || few) {
    if (few) {
      for (const std::uint32_t place : sure.items) say_item(index_.items()[place], s);
    } else {
      reply_.say(Phrase::found);
      say_items(sure.items);
    }
  }
  say_options(sure);
  if (sure.items.size() == 1 && sure.options.empty() && intent == Intent::availability) {
    const CatalogItem& item = index_.items()[sure.items.front()];
    const bool fits = !item.description.empty() && item.description.size() <= kShortDescription;
    if (item.available && fits && !names_amount(item.description)) reply_.quote_description(item);
  }
  if (items.missed_one && items.unsure.fit == Fit::none) reply_.say(Phrase::other_not_found);
  if (items.missed_one && items.unsure.fit != Fit::none) {
    reply_.say(Phrase::closest_other);
    say_items(items.unsure.items);
  }
  offer_person_ |= intent == Intent::order;
  return true;
}

// People are told that they speak with a program.
bool Turn::answer_identity() {
  reply_.say(Phrase::automated);
  note(Intent::question, 0.9);
  return offer_person_ = true;
}

// What went wrong no rule can settle: a person is offered. Of returns the documents may speak.
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

bool Turn::answer_before(const Sentence& s) {
  const ItemAnswer before = spoken_of();
  if (!before.items.empty()) {
    for (const std::uint32_t place : before.items) say_item(index_.items()[place], s);
    note(s.is(Role::price) ? Intent::price : Intent::availability, 0.75);
    return true;
  }
  if (is_topic(s)) return false;  // "how much is shipping": no reason to list the catalog
  // "Sell me the cake for 2. Confirm the price.": of what was just answered, not of everything.
  const bool told =
      intent_ == Intent::price || intent_ == Intent::availability || intent_ == Intent::order;
  if (s.is(Role::price) && !s.is(Role::pronoun)) {
    if (!told) say_listing();
    return true;
  }
  if (!s.is(Role::price) && !s.is(Role::pronoun) && !s.is(Role::order)) return false;
  reply_.say(Phrase::which_item);
  offer_listing_ = true;
  note(s.is(Role::order) ? Intent::order : Intent::price, 0.5);
  return true;
}

bool Turn::answer_documents(const Sentence& s) {
  if (!has_content(s)) return false;
  const DocumentAnswer answer = look_up_documents(s, nullptr, question_.language(), index_);
  if (!answer.found()) return false;
  say_documents(answer, s);
  note(Intent::question, 0.7);
  return true;
}

bool Turn::answer_unsure(const Sentence& s, const SentenceItems& items) {
  const ItemAnswer& unsure = items.unsure;
  if (unsure.fit == Fit::none) return false;
  const bool bare = s.phrases.size() == 1 && s.roles == 0;
  if (!asks_about_item(s) && !bare) return false;
  reply_.say(unsure.fit == Fit::related ? Phrase::found
             : unsure.fit == Fit::guess ? Phrase::did_you_mean
                                        : Phrase::closest);
  say_items(unsure.items);
  note(s.is(Role::price) ? Intent::price : Intent::availability,
       unsure.fit == Fit::related ? 0.7 : 0.5);
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

// Nothing of the burst was a question the agent can answer.
void Turn::answer_courtesy(Roles roles) {
  reply_.clear();
  const auto is = [&](Role role) { return (roles & bit(role)) != 0; };
  if (is(Role::goodbye)) {
    reply_.say(Phrase::goodbye);
    note(Intent::goodbye, 0.9);
  } else if (is(Role::thanks)) {
    reply_.say(Phrase::thanks);
    note(Intent::thanks, 0.9);
  } else if (is(Role::greeting)) {
    reply_.say(Phrase::greeting);
    note(Intent::greeting, 0.9);
    offer_listing_ = true;
  } else {
    reply_.say(Phrase::unknown);
    offer_person_ = true;
    offer_listing_ = true;
    note(Intent::unknown, 0.1);
  }
}

void Turn::say_item(const CatalogItem& item, const Sentence& s) {
  const bool asks_stock = s.is(Role::have) || s.is(Role::order);
  if (item.has_price && (s.is(Role::price) || (item.available && !asks_stock))) {
    reply_.say(item.available ? Phrase::price : Phrase::price_unavailable, item);
  } else if (!item.available) {
    reply_.say(Phrase::unavailable, item);
  } else if (s.is(Role::price)) {
    reply_.say(Phrase::no_price, item);
    offer_person_ = true;
  } else {
    reply_.say(item.has_price ? Phrase::available : Phrase::available_unpriced, item);
  }
}

void Turn::say_options(const ItemAnswer& answer) {
  for (const FoundOption& found : answer.options) {
    const CatalogItem& item = index_.items()[found.item];
    const ItemOption& option = item.options[found.option];
    if (!item.available) continue;
    reply_.say(option.price_delta_minor == 0 ? Phrase::option_free : Phrase::option, item, &option);
  }
}

void Turn::say_items(const std::vector<std::uint32_t>& places) {
  for (const std::uint32_t place : places) {
    const CatalogItem& item = index_.items()[place];
    reply_.say(!item.available  ? Phrase::line_unavailable
               : item.has_price ? Phrase::line
                                : Phrase::line_unpriced,
               item);
  }
}

void Turn::say_listing() {
  std::vector<std::uint32_t> listed;
  for (std::uint32_t i = 0; i < index_.items().size() && listed.size() < kListed; ++i) {
    if (index_.items()[i].available) listed.push_back(i);
  }
  note(Intent::listing, listed.empty() ? 0.3 : 0.9);
  if (listed.empty()) {
    reply_.say(Phrase::no_items);
    offer_person_ = true;
    return;
  }
  reply_.say(Phrase::offering);
  say_items(listed);
  if (listed.size() < index_.items().size()) reply_.say(Phrase::offering_end);
}

void Turn::say_documents(const DocumentAnswer& answer, const Sentence& s) {
  if (!answer.passages.empty()) {
    const std::uint32_t document = answer.passages.front().document;
    if (std::find(quoted_.begin(), quoted_.end(), document) != quoted_.end()) return;
    quoted_.push_back(document);
    reply_.quote(answer.passages);
  }
  if (answer.left_out_amount && (s.is(Role::price) || answer.passages.empty())) {
    reply_.say(Phrase::amount_from_person);
    offer_person_ = true;
  }
}

// What the last messages were about, newest first.
ItemAnswer Turn::spoken_of() const {
  const auto& before = context_.history.messages();
  const std::size_t count = std::min(kLookBack, before.size());
  for (std::size_t back = 1; back <= count; ++back) {
    const Question question(before[before.size() - back].text, question_.language(), index_);
    for (const Sentence& sentence : question.sentences()) {
      SentenceItems items = look_up(sentence, question_.language(), index_);
      if (items.sure.items.empty() || !items.required) continue;
      if (items.sure.items.size() > kMaxSpokenOf) items.sure.items.resize(kMaxSpokenOf);
      return items.sure;
    }
  }
  return {};
}

// The first answer names the intent of the whole; the least sure one its confidence.
void Turn::note(Intent intent, double confidence) {
  if (intent_ == Intent::unknown) {
    intent_ = intent;
    confidence_ = confidence;
  }
  confidence_ = std::min(confidence_, confidence);
}

Proposal Turn::finish(Action action) {
  Proposal proposal;
  proposal.action = action;
  proposal.text = reply_.take_text();
  proposal.claims = reply_.take_claims();
  proposal.intent = intent_;
  proposal.confidence = confidence_;
  proposal.language = reply_.language();
  const auto suggest = [&](Phrase which) {
    const std::string_view title = phrase(which, proposal.language);
    if (proposal.quick_replies.size() >= context_.channel.max_quick_replies) return;
    const auto chars = std::count_if(title.begin(), title.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    if (static_cast<std::size_t>(chars) > context_.channel.max_quick_reply_chars) return;
    proposal.quick_replies.emplace_back(title);
  };
  if (action == Action::handover) return proposal;
  if (offer_listing_ && !index_.items().empty()) suggest(Phrase::reply_offering);
  if (intent_ == Intent::greeting) suggest(Phrase::reply_hours);
  if (offer_person_ || intent_ == Intent::greeting) suggest(Phrase::reply_person);
  return proposal;
}

}  // namespace aura::agent
