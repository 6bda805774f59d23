// Parses a customer's text into sentences of question words and noun phrases.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "actors/agent/lexicon.h"
#include "actors/agent/price_range.h"
#include "actors/agent/retrieval.h"
#include "actors/agent/text.h"

namespace aura::agent {

// The role of a word in its noun phrase.
enum class Part : unsigned char {
  filler,    // "delicious": helps ranking only
  cue,       // "delivery", "vegan": a question word that may also be part of a name
  required,  // what the customer asks for
};

struct NounPhrase {
  std::vector<Word> words;
  std::vector<Part> parts;      // by word
  bool joined = false;          // to the previous phrase, by "and" or a comma
  bool joined_by_word = false;  // by "and": both may form one name, "fish and chips"
  bool refused = false;         // "without nuts", "not the latte"
  bool without = false;         // refused as what another thing must not hold: "without nuts"
  bool along = false;           // begins behind "with"
  // Where the words behind "in" begin: "milk in the latte"; 0: all of them, "milk is in the latte".
  static constexpr std::size_t kNone = SIZE_MAX;
  std::size_t holder = kNone;
  bool has_required() const;
};

struct Sentence {
  Roles roles = 0;
  std::vector<NounPhrase> phrases;
  std::vector<Word> topic_words;          // the words of hours, contact, delivery and payment cues
  std::vector<Word> day_words;            // of them: "Saturday"
  std::vector<Word> deeds;                // "bring", "order"
  std::string_view text;                  // as written
  std::vector<std::string_view> numbers;  // folded
  PriceRange prices;                      // "under 5 euros"
  bool asks = false;                      // begins like a question, or ends with its mark
  bool asks_being = false;                // "is the mug …?", "has it …?"
  bool names_ingredient = false;          // "milk", "eggs"
  bool several = false;                   // "two lattes": more than one of a thing
  bool asks_which = false;                // "which is …?"
  bool asks_extent = false;               // "how long?", "until when?"
  bool names_hours = false;               // by a word of its own: "open", not by a day
  bool picks = false;                     // "the green one"
  bool offers = false;                    // "the cake for 5 dollars": names what would be paid
  bool goes_on = false;                   // begins with "and", "with": continues the previous topic
  bool is(Role role) const { return (roles & bit(role)) != 0; }
};

// Owns the folded text that its sentences point into; `Sentence::text` points into the caller's
// text.
class Question {
 public:
  Question(std::string_view text, Language language, const RetrievalIndex& index);
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  const std::vector<Sentence>& sentences() const { return sentences_; }
  Language language() const { return language_; }

 private:
  class Reader;

  Tokens tokens_;
  std::vector<Sentence> sentences_;
  Language language_;
};

}  // namespace aura::agent
