// The internals of RetrievalIndex: an inverted index of words and concepts over units (an item, or
// a sentence of a document). Built once by TableBuilder, then read-only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "actors/agent/lexicon.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

inline constexpr std::uint32_t kNoTerm = UINT32_MAX;
inline constexpr std::size_t kMaxTerms = 32;  // per phrase: one bit each in UnitMatch
inline constexpr std::size_t kHeadWords = 3;  // of a description: "Strong black coffee: …"

// The concepts of a word, as positions in concept_rows(): [0] of the word alone or of a compound's
// first part, [1] of an expression that contains it ("ice cream") or of a compound's second part.
using Concepts = std::array<std::uint32_t, 2>;

// A word of a question, with its concepts in the question's language.
struct QueryTerm {
  std::string text;
  Concepts concepts{kNoTerm, kNoTerm};
};

// Whether a word or one of its concepts matches the term.
bool says(std::string_view word, const Concepts& concepts, const QueryTerm& term);

// The terms of a phrase: words with their concepts; joined where the index has one word ("wi fi"),
// unknown compounds split. `origin[i]`: position in `words` of term i.
struct PhraseTerms {
  std::vector<QueryTerm> terms;
  std::vector<std::size_t> origin;
};

// An idiom: nothing but what the words mean together.
inline bool is_idiom(const Concepts& means) { return means[0] != kNoTerm && means[0] == means[1]; }

Concepts concepts_of_word(const Word& word, Language reader, Language other);
void add_expressions(Words words, Language reader, Language other, std::vector<Concepts>& out);
std::vector<Concepts> concepts_of(Words words, Language reader, Language other);
// In a name: the kind that a compound ends with, though it is a word of its own ("Käsekuchen",
// "cheesecake") or begins with an unknown one ("Kirschkuchen").
void add_kinds(Words name, Language home, std::vector<Concepts>& out);

class IndexTables {
 public:
  struct Posting {
    std::uint32_t unit = 0;
    float impact = 0;
    bool in_name = false;
  };
  struct NameWord {
    std::uint32_t word = kNoTerm;
    Concepts concepts{kNoTerm, kNoTerm};
    Concepts parts{kNoTerm, kNoTerm};  // of a compound; [0] of none: an unknown part
  };

  PhraseTerms terms_of(Words words, Language reader) const;
  bool has_word(std::string_view folded) const { return find_word(folded) != kNoTerm; }
  bool names_item(std::string_view folded) const;              // the word itself
  bool ends_item_name(std::string_view folded) const;          // the word itself or its stem
  bool is_item_name(std::string_view folded) const;            // the whole of one
  bool knows(std::string_view folded, Language reader) const;  // the word itself or its stem
  bool begins_compound(std::string_view folded) const;         // its stem, of a German word
  // Whether the word, or one of its concepts, occurs in an item's name.
  bool means_item(const Word& word, Language reader) const;
  // Whether the word occurs anywhere, or one of its concepts occurs in an item's name.
  bool may_name_item(const Word& word, Language reader) const;

  // With which the shop's prices are written, beside the currency signs.
  const std::vector<std::string>& currency_marks() const { return currency_marks_; }
  const std::vector<std::string>& currency_names() const { return currency_names_; }

  // Best units first. Terms beyond kMaxTerms are ignored.
  enum class Among { items, passages, all };
  void match(std::span<const QueryTerm> terms, Language reader, Among among, std::size_t limit,
             std::vector<UnitMatch>& out) const;

 private:
  friend class TableBuilder;
  struct Expansion {
    std::uint32_t term = 0;
    float weight = 0;
  };
  struct StemEntry {
    std::uint64_t key = 0;  // hash of language and stem
    std::uint32_t word = 0;
    auto operator<=>(const StemEntry&) const = default;
  };
  struct Scratch;

  std::size_t known_cut(const Word& word, const Concepts& means, Language reader) const;
  std::uint32_t find_word(std::string_view folded) const;
  bool expand(const QueryTerm& term, Language reader, bool alone, Among among,
              std::vector<Expansion>& out) const;
  enum class Tail { none, of_name, of_question };
  Tail expand_tails(std::string_view word, bool names_only, std::vector<Expansion>& out) const;
  void expand_stems(std::string_view word, Language language, std::vector<Expansion>& out) const;
  bool expand_prefix(std::string_view word, std::vector<Expansion>& out) const;
  bool expand_typos(std::string_view word, bool alone, std::vector<Expansion>& out) const;
  void compare_name(UnitMatch& match, const Scratch& scratch) const;

  Language language_ = Language::en;
  std::vector<std::string> currency_marks_;
  std::vector<std::string> currency_names_;
  std::uint32_t item_count_ = 0;
  std::uint32_t unit_count_ = 0;
  std::vector<std::string> words_;  // sorted; a word's position is its term
  std::unordered_map<std::string_view, std::uint32_t> word_places_;
  std::vector<bool> in_item_name_;             // by term
  std::vector<bool> ends_item_name_;           // by word
  std::vector<bool> is_item_name_;             // by word
  std::vector<StemEntry> stems_;               // sorted
  std::vector<std::uint32_t> by_size_;         // words by length
  std::vector<std::uint32_t> letters_;         // letter_set of the words in by_size_
  std::vector<std::uint32_t> size_begins_;     // first position of each length
  std::vector<std::uint32_t> posting_begins_;  // by term: words, then concepts
  std::vector<Posting> postings_;
  std::vector<std::uint32_t> name_begins_;  // by unit
  std::vector<NameWord> name_words_;        // significant words only
};

std::uint64_t stem_key(std::string_view stem, Language language);

std::unique_ptr<IndexTables> build_tables(const BusinessProfile& profile,
                                          const std::vector<CatalogItem>& items,
                                          const std::vector<Document>& documents,
                                          const std::vector<Passage>& passages,
                                          const RetrievalIndex& texts);

}  // namespace aura::agent
