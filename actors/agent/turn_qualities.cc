// What a turn answers about the properties of a thing: only what its row or a document says of it.
#include <algorithm>
#include <string>

#include "actors/agent/number_words.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMostDescribed = 3;
constexpr std::size_t kMaxTold = 80;  // words of a name or description that are looked at
constexpr Roles kOtherwiseAnswered = bit(Role::price) | bit(Role::have) | bit(Role::list) |
                                     bit(Role::order) | bit(Role::discount) | bit(Role::compare) |
                                     bit(Role::hours) | bit(Role::delivery) | bit(Role::booking) |
                                     bit(Role::reserve);

// Words that answer "what colour?" and "what is it made of?", a number that answers "how big?".
bool tells_quality(const Sentence& s, const std::string& text, Language home) {
  static const std::vector<std::uint32_t> colours =
      concept_ids("red green blue black white yellow");
  static const std::vector<std::uint32_t> materials =
      concept_ids("cotton leather wool linen silk steel wood");
  const auto& telling = s.is(Role::colour) ? colours : materials;
  const bool of_number = !s.is(Role::colour) && !s.is(Role::material);
  Tokens tokens;
  tokens.assign(text, kMaxTold, Codes::keep);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (of_number && (tokens[i].number || is_quantity_word(tokens.word(i)))) return true;
    if (of_number) continue;
    const Concepts means =
        concepts_of_word({tokens.word(i), tokens[i].accented}, home, Language::en);
    if (std::find(telling.begin(), telling.end(), means[0]) != telling.end()) return true;
  }
  return false;
}

bool asks_more_than_name(const SentenceItems& items) {
  const bool partly = items.sure.items.empty() && items.unsure.fit >= Fit::close;
  return !items.all || partly;
}

}  // namespace

// Whether the row says everything that the sentence asks about it.
bool Turn::is_said(const Sentence& s, std::uint32_t place) const {
  return std::all_of(s.phrases.begin(), s.phrases.end(), [&](const NounPhrase& phrase) {
    return !is_wanted(phrase) || says_of(phrase, place, question_.language(), index_);
  });
}

// "Is the shirt cotton?", "how big is the mug?": that it is sold, and for how much, is no answer.
bool Turn::answer_quality(const Sentence& s, const SentenceItems& items) {
  if ((s.roles & kOtherwiseAnswered) != 0) return false;
  if (items.required && names_amount(s.text)) return false;  // "is $20 enough for the cake?"
  const bool cue = s.is(Role::quality) || s.asks_extent;
  if (!cue && !(s.asks_being && asks_more_than_name(items))) return false;
  ItemAnswer about = items.required ? items.sure : ItemAnswer{};
  if (about.items.empty() && s.is(Role::pronoun)) about = spoken_of();  // "is it strong?"
  if (about.items.empty() && items.unsure.fit != Fit::guess) about = items.unsure;
  if (about.items.empty() && !has_content(s)) about = spoken_of();
  if (about.items.empty() || about.items.size() > kMostDescribed) return false;
  if ((!cue || s.asks_extent) && answer_documents(s, Found::wholly)) return true;
  const Language home = language_of_locale(index_.profile().locale);
  bool known = true;
  for (const std::uint32_t place : about.items) {
    const CatalogItem& item = index_.items()[place];
    const bool said = is_said(s, place) && (!cue || tells_quality(s, item.description, home) ||
                                            asks_more_than_name(items));
    if (!describe(item)) reply_.say(Phrase::about, item);
    known = known && said;
  }
  if (!known) reply_.say(Phrase::no_information);
  offer_person_ |= !known;
  note(Intent::question, known ? 0.8 : 0.3);
  return true;
}

}  // namespace aura::agent
