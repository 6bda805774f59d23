// What a turn answers out of the messages before it: "it", "the second one", "and tomorrow?".
#include <algorithm>

#include "actors/agent/asked_time.h"
#include "actors/agent/money.h"
#include "actors/agent/named_items.h"
#include "actors/agent/number_words.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kLookBack = 4;      // messages searched for what "it" refers to
constexpr std::size_t kListLookBack = 8;  // messages searched for the list of "the second one"
constexpr std::size_t kMostMeant = 3;     // items that "it" may mean at once
constexpr std::size_t kMostSpokenOf = 8;  // items

void add(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& more) {
  for (const std::uint32_t place : more) {
    const bool known = std::find(to.begin(), to.end(), place) != to.end();
    if (!known && to.size() < kMostSpokenOf) to.push_back(place);
  }
}

// "The second one" names nothing but a place in a list.
std::optional<int> ordinal_of(const Sentence& s, Language language) {
  std::optional<int> place;
  for (const NounPhrase& phrase : s.phrases) {
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
      if (phrase.parts[i] != Part::required) continue;
      const auto ordinal = ordinal_word(phrase.words[i].text, language);
      if (!ordinal || place || phrase.refused) return std::nullopt;
      place = ordinal;
    }
  }
  return place;
}

}  // namespace

// "And two of them?"
bool Turn::counts_before(const Sentence& s) const {
  return s.several && (s.goes_on || s.is(Role::pronoun)) && !has_content(s) && !is_topic(s) &&
         !spoken_of().items.empty();
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

// "For $5?" behind an item: no budget, but what the customer would pay for it.
bool Turn::answer_offer_before(const Sentence& s) {
  if (!s.prices.begins || s.roles != 0 || has_content(s)) return false;
  SentenceItems offered;
  offered.sure = just_before_;
  if (offered.sure.items.empty()) offered.sure.items = just_named();
  if (offered.sure.items.empty() || offered.sure.items.size() > kMostMeant) return false;
  if (names_other_amount(s, offered.sure)) return answer_discount(offered);
  for (const std::uint32_t place : offered.sure.items) say_item(index_.items()[place], s);
  note(Intent::price, 0.8);
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

// The list that the last replies gave; those behind it name only what was picked from it.
std::vector<std::uint32_t> Turn::just_listed() const {
  const auto& before = context_.history.messages();
  const std::size_t count = std::min(kListLookBack, before.size());
  std::vector<std::uint32_t> picked;
  for (std::size_t back = 1; back <= count; ++back) {
    const PastMessage& message = before[before.size() - back];
    if (message.author != Author::ai) continue;
    std::vector<std::uint32_t> named = items_named_in(message.text, index_);
    if (named.size() < 2) {
      add(picked, named);
      continue;
    }
    const bool of_it = std::ranges::all_of(picked, [&](std::uint32_t place) {
      return std::ranges::find(named, place) != named.end();
    });
    return of_it ? named : std::vector<std::uint32_t>{};
  }
  return {};
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

bool Turn::answer_ordinal(const Sentence& s) {
  if (is_topic(s) || s.several) return false;
  const auto ordinal = ordinal_of(s, question_.language());
  if (!ordinal) return false;
  const std::vector<std::uint32_t> listed = just_listed();
  const auto count = static_cast<int>(listed.size());
  const int place = *ordinal == kLast ? count : *ordinal;
  if (count < 2 || place > count) return false;
  just_before_ = {Fit::exact, {listed[static_cast<std::size_t>(place) - 1]}, {}};
  say_item(index_.items()[just_before_.items[0]], s);
  note(s.is(Role::order) ? Intent::order : Intent::price, 0.85);
  offer_person_ |= s.is(Role::order);
  return true;
}

// "The green one, please": of what was just listed.
void Turn::keep_listed(const Sentence& s, SentenceItems& items) const {
  const bool picks = s.picks || s.roles == 0 || s.roles == bit(Role::order);
  const bool open =
      items.sure.items.empty() ? !items.unsure.items.empty() : items.sure.items.size() > 1;
  if (!picks || !open || s.is(Role::have) || s.is(Role::list) || is_topic(s)) return;
  const std::vector<std::uint32_t> listed = just_named();
  if (listed.size() < 2) return;
  const bool sure = !items.sure.items.empty();
  ItemAnswer& found = sure ? items.sure : items.unsure;
  std::vector<std::uint32_t> among = found.items;
  std::erase_if(among, [&](std::uint32_t place) {
    return std::find(listed.begin(), listed.end(), place) == listed.end();
  });
  if (among.empty() || among.size() == found.items.size()) return;
  found.items = std::move(among);
  std::erase_if(found.options, [&](const FoundOption& option) {
    return std::find(found.items.begin(), found.items.end(), option.item) == found.items.end();
  });
}

// "Which one is cheaper?": the prices of what was spoken of say it.
bool Turn::answer_compared_before(const Sentence& s) {
  const bool degree = s.is(Role::cheapest) || s.is(Role::dearest);
  if (!s.asks_which || !(s.is(Role::compare) || degree) || has_content(s) || s.is(Role::list))
    return false;
  // The cheapest of a kind that was listed is chosen from the whole kind.
  if (degree && just_named().size() != 1) return false;
  const ItemAnswer before = spoken_of(2);
  if (before.items.size() < 2) return false;
  say_items(before.items);
  note(Intent::price, 0.85);
  return true;
}

bool Turn::answer_pick_before(const Sentence& s) {
  if (!s.picks || !s.is(Role::compare) || has_content(s)) return false;
  std::vector<std::uint32_t> of = spoken_of(2).items;
  std::erase_if(of, [&](std::uint32_t place) { return !index_.items()[place].has_price; });
  if (of.size() < 2) return false;
  const auto price = [&](std::uint32_t place) { return index_.items()[place].price_minor; };
  const auto [least, most] = std::ranges::minmax(of, {}, price);
  say_item(index_.items()[s.is(Role::discount) ? least : most], s);  // "cheaper"; "more expensive"
  note(Intent::price, 0.8);
  return true;
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
  const auto topic = topic_before();
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
