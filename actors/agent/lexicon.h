// The embedded agent's vocabulary: grammar words, words that ask for something (a price, the hours,
// a person), and words with the same meaning across languages. Built once from the tables in
// lexicon_{words,courtesy,quantities,qualities,needs,degrees,contents,concepts,topics,trades}.cc;
// immutable afterwards, any thread may read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "actors/agent/language.h"

namespace aura::agent {

enum class Role : unsigned char {
  stop,       // grammar: ends a noun phrase
  connector,  // "with", "of": joins two parts of one noun phrase
  article,
  conjunction,  // "and", "or": joins two noun phrases
  filler,       // "please", "delicious", "slice": does not identify an item
  pronoun,      // "it", "that one": the item mentioned before
  price,
  have,
  list,
  hours,
  contact,
  delivery,
  payment,
  booking,
  reserve,  // "to book", whatever it is
  order,
  discount,
  greeting,
  thanks,
  goodbye,
  person,
  somebody,  // "a person": of the team, but a guest in a booking
  yes,
  complaint,  // something went wrong, "my order": for a person
  returns,    // goods or money back
  identity,   // "are you a bot?"
  fine,       // "ok", "no", "that's all": no further request
  diet,       // an item's property: "vegan"
  substance,  // an unwanted ingredient: "nuts", "lactose"
  allergy,    // a possible harm: "allergic", "contains"
  negation,   // "without", "don't want": refuses what follows
  below,      // before an amount: "under"
  above,      // before an amount: "over"
  between,    // before two amounts
  inclusive,  // of such a limit: "up to"
  compare,    // "cheaper", "difference between"
  code,       // before a number: "item"
  cheapest,   // of a kind
  dearest,
  both,        // the last two items mentioned
  nutrition,   // "calories"
  inside,      // "in": the words before it are a part of the words after it
  along,       // "with": the words after it go with what was mentioned
  ingredient,  // "milk": an item of its own, or a part of another one
  total,       // "altogether"
  beside,      // "on", "at": the words after it are mentioned in passing
  options,     // "which sizes"
  distress,    // needs a person at once
  anew,        // "I", "but": a refusal before it ends here
  several,     // "two": a count of more than one
  quality,     // "how big", "what colour": a property of a thing
  colour,      // of such a property
  material,    //
  being,       // "is", "has": asks whether a thing has one
  gratis,      // "free": of what is offered, or of what a thing must not hold
  which,       // asks to choose: "which is", "welcher"
  budget,      // before an amount to spend: "for"
  takeaway,    // "to take away": how a thing is wanted, if one is named
  extent,      // "how long", "until when": asks about what was spoken of, if nothing is named
  deed,        // "bring": what the customer would do; asked about if a document tells of it
};
using Roles = std::uint64_t;
constexpr Roles bit(Role role) { return Roles{1} << static_cast<unsigned>(role); }

// A row of the tables: phrases separated by '|'.
struct RoleRow {
  Language language;
  Role role;
  std::string_view phrases;
};

// One concept in six languages: columns in the order of kLanguages, separated by '|', words of a
// column by ','. A word after '~' has this meaning only to speakers of the language ("latte"), one
// after '*' also with the endings of a German adjective ("grün"). An expression after '!' is more
// than its words: a "pomme de terre" is no apple.
struct ConceptRow {
  std::string_view columns;
};

const std::vector<RoleRow>& role_rows();
std::span<const RoleRow> courtesy_rows();  // parts of role_rows()
std::span<const RoleRow> quantity_rows();
std::span<const RoleRow> need_rows();
std::span<const RoleRow> degree_rows();
std::span<const RoleRow> content_rows();
std::span<const RoleRow> quality_rows();
const std::vector<ConceptRow>& concept_rows();
std::span<const ConceptRow> topic_concept_rows();  // part of concept_rows()

struct Word {
  std::string_view text;  // folded
  bool accented = false;
  bool link = false;  // "of", "with": part of an expression, not searched for
};
using Words = std::span<const Word>;

struct PhraseMatch {
  Roles roles = 0;
  std::size_t words = 0;
};

struct ConceptMatch {
  std::uint32_t id = 0;
  std::size_t words = 0;  // 0: none
  bool idiom = false;     // more than its words
};

class Lexicon {
 public:
  static const Lexicon& instance();

  // The longest phrase of `language` that starts at `at`, with all its possible roles.
  PhraseMatch phrase_at(Words words, std::size_t at, Language language) const;

  // The longest concept that starts at `at`, as understood by readers of `reader` or `other`.
  ConceptMatch concept_at(Words words, std::size_t at, Language reader, Language other) const;

  // The languages (bit index_of(language)) with a grammar or question expression at this position,
  // and its length in words.
  struct LanguageMatch {
    unsigned languages = 0;
    std::size_t words = 0;
    bool strong = false;  // a greeting or a question for a price: said in one's own language
  };
  LanguageMatch languages_at(Words words, std::size_t at) const;
  unsigned concept_languages_of(const Word& word) const;
  bool is_in_concept(std::string_view word) const { return concept_words_.contains(word); }

  // The grammar or question word that a mistyped word stands for, or "".
  std::string_view nearest_word(std::string_view word, Language language) const;

  // The concepts of a compound word ("Schokoladenkuchen"); empty if it is not a compound.
  std::vector<std::uint32_t> split_compound(std::string_view word) const;
  // The kind that a German compound ends with, though its first part is unknown ("Kirschkuchen").
  std::optional<std::uint32_t> compound_head(std::string_view word) const;
  // The ingredient that "caffeine free" or "koffeinfrei" says is not in it; empty: none.
  std::string_view freed_of(Words words, std::size_t at, Language language) const;
  // The kind that an English compound of two known words ends with ("cheesecake", not "pancake").
  std::optional<std::uint32_t> english_head(std::string_view word) const;

 private:
  struct Phrase {
    std::vector<std::string> words;
    std::array<Roles, kLanguageCount> plain{};     // written without diacritics
    std::array<Roles, kLanguageCount> accented{};  // written with them: "où" is not "ou"
  };
  struct ConceptPhrase {
    std::vector<std::string> words;
    std::uint32_t id = 0;
    Language language = Language::en;
    bool speakers_only = false;
    bool idiom = false;
    bool accented = false;
  };
  struct Spelling {
    std::string word;
    std::uint32_t letters = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  using PlacesByWord =
      std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>>;

  Lexicon();
  void add_phrase(const RoleRow& row, std::string_view phrase);
  void add_concepts(std::uint32_t id, Language language, std::string_view phrase);
  void add_concept(std::uint32_t id, Language language, std::string_view phrase);
  void add_spellings();
  const ConceptPhrase* one_word_concept(std::string_view word, Language language) const;
  static Roles roles_of(const Phrase& phrase, bool accented, Language language);
  static LanguageMatch languages_of(const Phrase& phrase, bool accented);

  std::vector<Phrase> phrases_;
  PlacesByWord phrases_by_word_;
  std::vector<ConceptPhrase> concepts_;
  PlacesByWord concepts_by_word_;                                         // their first words
  std::unordered_set<std::string, Hash, std::equal_to<>> concept_words_;  // all of them
  std::array<std::vector<Spelling>, kLanguageCount> spellings_;
};

// What a shop of that trade sells: books in a "bookshop".
std::optional<std::uint32_t> thing_of_trade(std::string_view word);

// The concept ids of English words, separated by spaces.
std::vector<std::uint32_t> concept_ids(std::string_view words);

}  // namespace aura::agent
