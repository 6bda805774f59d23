// What the embedded agent knows of words: which are mere grammar, which ask for something (a price,
// the hours, a person), and which name the same thing in another language. Built once from the
// tables of lexicon_{words,courtesy,quantities,needs,degrees,contents,concepts}.cc; immutable
// afterwards, any thread may read.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "actors/agent/language.h"

namespace aura::agent {

enum class Role : unsigned char {
  stop,       // grammar: ends a noun phrase
  connector,  // "with", "of": joins two parts of one noun phrase
  article,
  conjunction,  // "and", "or": joins two noun phrases
  filler,       // "please", "delicious", "slice": says nothing about which item is meant
  pronoun,      // "it", "that one": the item spoken of before
  price,
  have,
  list,
  hours,
  contact,
  delivery,
  payment,
  booking,
  order,
  discount,
  greeting,
  thanks,
  goodbye,
  person,
  yes,
  complaint,  // something went wrong, "my order": a person should see it
  returns,    // goods or money back
  identity,   // "are you a bot?"
  fine,       // "ok", "no", "that's all": nothing more is wanted
  diet,       // what an item may call itself: "vegan"
  substance,  // what it must not hold: "nuts", "lactose"
  allergy,    // who may be harmed: "allergic", "contains"
  negation,   // "without", "don't want": what follows is not wanted
  below,      // before an amount: "under"
  compare,    // "cheaper", "difference between"
  code,       // before a number: "item"
  cheapest,   // of a kind
  dearest,
  both,        // of what was spoken of, the last two
  nutrition,   // "calories"
  inside,      // "in": what stands before it is a part of what follows
  along,       // "with": what follows goes with what was spoken of
  ingredient,  // "milk": a thing of its own, or what another is made of
  total,       // "altogether"
  beside,      // "on", "at": what follows is mentioned in passing
  options,     // "which sizes"
  distress,    // in need of a human being, at once
  anew,        // "I", "but": what is refused before it ends here
};
using Roles = std::uint64_t;
constexpr Roles bit(Role role) { return Roles{1} << static_cast<unsigned>(role); }

// A row of the tables: phrases separated by '|'.
struct RoleRow {
  Language language;
  Role role;
  std::string_view phrases;
};

// One thing in six languages: columns in the order of kLanguages separated by '|', words of a
// column by ','. A word after '~' means it only to a speaker of the language ("latte").
struct ConceptRow {
  std::string_view columns;
};

const std::vector<RoleRow>& role_rows();
std::span<const RoleRow> courtesy_rows();  // parts of role_rows()
std::span<const RoleRow> quantity_rows();
std::span<const RoleRow> need_rows();
std::span<const RoleRow> degree_rows();
std::span<const RoleRow> content_rows();
const std::vector<ConceptRow>& concept_rows();

struct Word {
  std::string_view text;  // folded
  bool accented = false;
  bool link = false;  // "of", "with": part of an expression, nothing to look for
};
using Words = std::span<const Word>;

struct PhraseMatch {
  Roles roles = 0;
  std::size_t words = 0;
};

struct ConceptMatch {
  std::uint32_t id = 0;
  std::size_t words = 0;  // 0: none
};

class Lexicon {
 public:
  static const Lexicon& instance();

  // The longest phrase of `language` that starts at `at`, with everything it can mean.
  PhraseMatch phrase_at(Words words, std::size_t at, Language language) const;

  // The longest concept that starts at `at`, as a reader of `reader` or `other` understands it.
  ConceptMatch concept_at(Words words, std::size_t at, Language reader, Language other) const;

  // Which languages have a word or expression of their grammar or questions here, and its length:
  // bit index_of(language).
  struct LanguageMatch {
    unsigned languages = 0;
    std::size_t words = 0;
    bool strong = false;  // a greeting or a question for a price: said in one's own language
  };
  LanguageMatch languages_at(Words words, std::size_t at) const;
  unsigned concept_languages_of(const Word& word) const;

  // The grammar or question word a mistyped word stands for, or "".
  std::string_view nearest_word(std::string_view word, Language language) const;

  // The concepts a compound is made of ("Schokoladenkuchen"); empty if it is none.
  std::vector<std::uint32_t> split_compound(std::string_view word) const;

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
  void add_concept(std::uint32_t id, Language language, std::string_view phrase);
  void add_spellings();
  static Roles roles_of(const Phrase& phrase, bool accented, Language language);

  std::vector<Phrase> phrases_;
  PlacesByWord phrases_by_word_;
  std::vector<ConceptPhrase> concepts_;
  PlacesByWord concepts_by_word_;
  std::array<std::vector<Spelling>, kLanguageCount> spellings_;
};

// What these English words mean, separated by spaces.
std::vector<std::uint32_t> concept_ids(std::string_view words);

}  // namespace aura::agent
