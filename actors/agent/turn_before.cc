// What a turn answers out of the messages before it: "it", "the second one", "and tomorrow?".
#include <algorithm>

#include "actors/agent/asked_time.h"
#include "actors/agent/item_words.h"
#include "actors/agent/money.h"
#include "actors/agent/named_items.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kLookBack = 4;      // messages searched for what "it" refers to
constexpr std::size_t kMostMeant = 3;     // items that "it" may mean at once
constexpr std::size_t kMostSpokenOf = 8;  // items
constexpr std::size_t kMeasureWords = 2;  // of a description: "A bag of …"

void add(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& more) {
  for (const std::uint32_t place : more) {
    const bool known = std::find(to.begin(), to.end(), place) != to.end();
    if (!known && to.size() < kMostSpokenOf) to.push_back(place);
  }
}

}  // namespace

// "How much for 3 bags?" behind the coffee beans, which are "a bag of our roast": not the row that
// has "bag" in its name.
void Turn::keep_measured(const Sentence& s, SentenceItems& items) const {
  const bool counts = !s.numbers.empty() || s.several;
  const auto wanted = std::ranges::find_if(s.phrases, is_wanted);
  const bool one = std::ranges::count_if(s.phrases, is_wanted) == 1 &&
                   std::ranges::count(wanted->parts, Part::required) == 1;
  if (!counts || !one) return;
  const bool whole = std::ranges::any_of(items.sure.items, [&](std::uint32_t place) {
    return index_.items()[place].name.find(' ') == std::string::npos;  // "2 espressos"
  });
  if (whole) return;
  const ItemAnswer before = spoken_of();
  if (before.items.size() != 1) return;
  const Word word =
      wanted->words[std::ranges::find(wanted->parts, Part::required) - wanted->parts.begin()];
  const auto terms = index_.tables().terms_of({&word, 1}, question_.language()).terms;
  const std::string& text = index_.items()[before.items[0]].description;
  const Language home = language_of_locale(index_.profile().locale);
  if (words_said(terms, text, home, Refused::no, kMeasureWords) == 0) return;
  items.sure = before;
  items.unsure = {};
}

// "And two of them?", "3, please".
bool Turn::counts_before(const Sentence& s) const {
  constexpr std::size_t kMostDigits = 2;
  if (has_content(s) || is_topic(s) || names_only_time(s.text)) return false;
  const std::size_t before = spoken_of().items.size();
  if (s.several && (s.goes_on || s.is(Role::pronoun))) return before > 0;
  const bool number = s.numbers.size() == 1 && s.numbers[0].size() <= kMostDigits;
  return (s.several || number) && s.roles == 0 && !s.prices.any() && before == 1;
}

bool Turn::answer_before(const Sentence& s) {
  const ItemAnswer before = spoken_of(s.is(Role::both) ? 2 : 1);
  if (!before.items.empty()) {
    if (before.items.size() > kMostMeant) return answer_which(before);
    for (const std::uint32_t place : before.items) say_item(index_.items()[place], s);
    if (s.is(Role::price)) say_options(options_just_named(before));
    note(s.is(Role::order)   ? Intent::order
         : s.is(Role::price) ? Intent::price
                             : Intent::availability,
         0.75);
    offer_person_ |= s.is(Role::order);
    return true;
  }
  if (is_topic(s)) return false;  // "how much is shipping": do not list the catalog
  // "Sell me the cake for 2. Confirm the price.": refers to the item just answered, not to
  // everything.
  const bool told =
      intent_ == Intent::price || intent_ == Intent::availability || intent_ == Intent::order;
  if (s.is(Role::price) && !s.is(Role::pronoun)) {
    if (!told) say_listing(s);
    return true;
  }
  if (!s.is(Role::price) && !s.is(Role::pronoun) && !s.is(Role::order)) return false;
  reply_.say(Phrase::which_item);
  offer_listing_ = true;
  note(s.is(Role::order) ? Intent::order : Intent::price, 0.5);
  return true;
}

// "I'll take it" behind a list.
bool Turn::answer_which(const ItemAnswer& of) {
  reply_.say(Phrase::which_item);
  say_items(of.items);
  note(Intent::price, 0.5);
  return true;
}

// What the last reply named.
std::vector<std::uint32_t> Turn::just_named() const {
  const auto& before = context_.history.messages();
  if (before.empty() || before.back().author != Author::ai) return {};
  return items_named_in(before.back().text, index_);
}

// The options that the last reply told the prices of: "Large for Latte (+$0.75)".
ItemAnswer Turn::options_just_named(const ItemAnswer& of) const {
  ItemAnswer named;
  const auto& before = context_.history.messages();
  if (before.empty() || before.back().author != Author::ai) return named;
  const std::string& reply = before.back().text;
  for (const std::uint32_t place : of.items) {
    const CatalogItem& item = index_.items()[place];
    for (std::uint32_t o = 0; o < item.options.size(); ++o) {
      const ItemOption& option = item.options[o];
      const std::string price =
          format_money(option.price_delta_minor, currency_of(item), index_.profile().locale);
      if (reply.find(option.name) != reply.npos && reply.find("+" + price) != reply.npos)
        named.options.push_back({place, o});
    }
  }
  return named;
}

// What the customer's last question was about, if that was a topic.
std::optional<Role> Turn::topic_before() const {
  const auto& before = context_.history.messages();
  const std::size_t count = std::min(kLookBack, before.size());
  for (std::size_t back = 1; back <= count; ++back) {
    const PastMessage& message = before[before.size() - back];
    if (message.author != Author::contact) continue;
    const Question question(message.text, language_of(message), index_);
    for (const Sentence& sentence : question.sentences()) {
      if (const auto topic = topic_of(sentence)) return topic;
      if (has_content(sentence)) return std::nullopt;
    }
  }
  return std::nullopt;
}

// "And tomorrow?", "until when?" behind a question about the hours or the delivery.
bool Turn::answer_topic_before(const Sentence& s) {
  constexpr Roles kOfBefore = bit(Role::hours) | bit(Role::pronoun);
  if ((s.roles & ~kOfBefore) != 0 || s.names_hours) return false;
  const bool asks = s.asks_extent && !has_content(s);
  if (!asks && !names_only_time(s.text)) return false;
  auto topic = topic_before();
  const bool of_us = s.asks_being && !s.is(Role::pronoun);  // "seid ihr morgen da?"
  if (!topic && !asks && of_us) topic = Role::hours;
  if (!topic) return asks && answer_documents_before(s);
  const DocumentAnswer answer = look_up_documents(s, &*topic, question_.language(), index_);
  if (!answer.found()) return false;
  if (*topic == Role::hours) say_open(answer, s);
  say_documents(answer, s);
  note(Intent::question, 0.75);
  return true;
}

// "Until when?" behind "can I cancel?", which a document answers.
bool Turn::answer_documents_before(const Sentence& s) {
  const auto& before = context_.history.messages();
  const auto last = std::find_if(before.rbegin(), before.rend(), [](const PastMessage& message) {
    return message.author == Author::contact;
  });
  if (last == before.rend() || !just_named().empty()) return false;
  const Language language = language_of(*last);
  const Question question(last->text, language, index_);
  return std::ranges::any_of(question.sentences(), [&](const Sentence& asked) {
    const DocumentAnswer answer =
        has_content(asked) ? look_up_documents(asked, nullptr, language, index_) : DocumentAnswer{};
    if (!answer.found()) return false;
    say_documents(answer, s);
    note(Intent::question, 0.7);
    return true;
  });
}

// Items mentioned in the last messages, newest message first, until at least `least` are found.
// What a reply named is what the question before it meant.
ItemAnswer Turn::spoken_of(std::size_t least) const {
  if (!just_before_.items.empty() && just_before_.items.size() >= least) return just_before_;
  ItemAnswer found;
  const auto& before = context_.history.messages();
  const std::size_t count = std::min(kLookBack, before.size());
  bool replied = false;
  for (std::size_t back = 1; back <= count && found.items.size() < least; ++back) {
    const PastMessage& message = before[before.size() - back];
    std::vector<std::uint32_t> named;
    if (message.author == Author::ai) {
      named = items_named_in(message.text, index_);
      replied = !named.empty();
    } else if (!replied) {
      named = items_meant(message);
    }
    add(found.items, named);
  }
  if (!found.items.empty()) found.fit = Fit::family;
  return found;
}

// The question "do you deliver?" may mean the row "Local Delivery".
std::vector<std::uint32_t> Turn::items_meant(const PastMessage& message) const {
  std::vector<std::uint32_t> meant;
  const Language language = language_of(message);
  const Question question(message.text, language, index_);
  for (const Sentence& sentence : question.sentences())
    add(meant, look_up(sentence, language, index_).sure.items);
  return meant;
}

}  // namespace aura::agent
