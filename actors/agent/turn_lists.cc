// What a turn answers out of a list that it gave: "the second one", "2", "the first two", "for
// $5?".
#include <algorithm>
#include <cstdlib>

#include "actors/agent/asked_time.h"
#include "actors/agent/named_items.h"
#include "actors/agent/number_words.h"
#include "actors/agent/question_roles.h"
#include "actors/agent/turn.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

constexpr std::size_t kListLookBack = 8;  // messages searched for the list of "the second one"
constexpr std::size_t kMaxPickWords = 12;
constexpr int kAll = 0;  // places

// Places of a list, counted from one; of kLast from its end.
struct Pick {
  int first = 1;
  int count = 1;
};

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

bool says_any(const Sentence& s, const WordSet& words) {
  Tokens tokens;
  tokens.assign(s.text, kMaxPickWords);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (words.has(tokens.word(i))) return true;
  }
  return false;
}

// Reads what names a place without an ordinal word, if nothing else is said.
class PickReader {
 public:
  PickReader(const Sentence& s, Language language) : s_(s), language_(language) {
    tokens_.assign(s.text, kMaxPickWords);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      words_.push_back({tokens_.word(i), tokens_[i].accented});
      read(i);
    }
  }

  std::optional<Pick> pick() const {
    const bool of_topic = is_topic(s_) && !numbered_;
    if (of_topic || s_.prices.any()) return std::nullopt;
    std::optional<int> place = ordinal_of(s_, language_);
    if (!place && ordinal_ && clear_) place = number_;
    if (place && number_ && *place != number_)
      return *place == 1 || *place == kLast ? std::optional(Pick{*place, *number_}) : std::nullopt;
    if (place) return Pick{*place, 1};
    if (!clear_ || names_only_time(s_.text)) return std::nullopt;
    if (all_ && !number_) return Pick{1, kAll};
    const bool counts = s_.is(Role::pronoun) || linked_ || (number_ && !digits_ && !numbered_);
    return number_ && !counts ? std::optional(Pick{*number_, 1}) : std::nullopt;
  }

 private:
  void read(std::size_t i) {
    static const WordSet kAllOfThem("all todos todas tous toutes alle tutti tutte");
    static const WordSet kNumber("number no nr num nummer numero");
    static constexpr Roles kNamesMore = kTopicRoles | bit(Role::have) | bit(Role::ingredient) |
                                        bit(Role::substance) | bit(Role::diet);
    static const WordSet kEndings("st nd rd th o a e er eme te ten");  // of "2nd", "2º"
    const std::string_view word = words_[i].text;
    const bool behind_digit =
        i > 0 && tokens_[i - 1].number && tokens_[i - 1].end == tokens_[i].begin;
    if (tokens_[i].number || number_word(word, language_).value_or(0) > 1) {
      clear_ = clear_ && !number_ && word.find('.') == word.npos;
      digits_ = tokens_[i].number;
      number_ = digits_ ? std::atoi(std::string(word).c_str()) : *number_word(word, language_);
    } else if (behind_digit && kEndings.has(word)) {
      ordinal_ = true;
    } else if (kAllOfThem.has(word)) {
      all_ = true;
    } else if (kNumber.has(word)) {
      numbered_ = true;
    } else if (!ordinal_word(word, language_)) {
      const Roles roles = Lexicon::instance().phrase_at({&words_[i], 1}, 0, language_).roles;
      clear_ = clear_ && roles != 0 && (roles & kNamesMore) == 0;
      linked_ |= (roles & bit(Role::connector)) != 0 && (roles & bit(Role::article)) == 0;
    }
  }

  const Sentence& s_;
  Language language_;
  Tokens tokens_;
  std::vector<Word> words_;
  std::optional<int> number_;
  bool digits_ = false;   // the number is written with them
  bool ordinal_ = false;  // "2nd"
  bool numbered_ = false;
  bool all_ = false;
  bool linked_ = false;  // "for 2"
  bool clear_ = true;    // every word is understood
};

}  // namespace

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
      picked.insert(picked.end(), named.begin(), named.end());
      continue;
    }
    const bool of_it = std::ranges::all_of(picked, [&](std::uint32_t place) {
      return std::ranges::find(named, place) != named.end();
    });
    return of_it ? named : std::vector<std::uint32_t>{};
  }
  return {};
}

bool Turn::answer_place(const Sentence& s) {
  const auto pick = PickReader(s, question_.language()).pick();
  if (!pick) return false;
  const std::vector<std::uint32_t> listed = just_listed();
  const auto size = static_cast<int>(listed.size());
  const int count = pick->count == kAll ? size : pick->count;
  const int first = pick->first == kLast ? size - count : pick->first - 1;
  if (size < 2 || first < 0 || first + count > size) return false;
  const auto begin = listed.begin() + first;
  just_before_ = {Fit::exact, {begin, begin + count}, {}};
  Sentence of_each = s;
  of_each.several = false;  // its number is a place
  for (const std::uint32_t place : just_before_.items) say_item(index_.items()[place], of_each);
  note(s.is(Role::order) ? Intent::order : Intent::price, 0.85);
  offer_person_ |= s.is(Role::order);
  return true;
}

// "For $5?", "under $7?" behind a list: which of it; behind one item: what the customer would pay.
bool Turn::answer_offer_before(const Sentence& s) {
  static const WordSet kOne("one");
  if (!s.prices.any() || has_content(s)) return false;
  // "Can I get one for $50?"
  const bool for_one = s.prices.budget && s.roles == bit(Role::order) && says_any(s, kOne);
  if (s.roles != 0 && !for_one) return false;
  SentenceItems offered;
  offered.sure = just_before_;
  if (offered.sure.items.empty()) offered.sure.items = just_named();
  if (offered.sure.items.empty()) return false;
  if (offered.sure.items.size() > 1) {
    std::vector<std::uint32_t> within = offered.sure.items;
    std::erase_if(within,
                  [&](std::uint32_t place) { return !is_within(s, index_.items()[place]); });
    if (within.empty()) return answer_discount(offered);
    reply_.say(Phrase::found);
    say_items(within);
    note(Intent::listing, 0.8);
    return true;
  }
  if (!s.prices.begins && !for_one) return false;
  if (names_other_amount(s, offered.sure)) return answer_discount(offered);
  say_item(index_.items()[offered.sure.items[0]], s);
  note(Intent::price, 0.8);
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

}  // namespace aura::agent
