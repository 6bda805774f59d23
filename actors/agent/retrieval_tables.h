// The inside of RetrievalIndex: an inverted index of words and concepts over units (an item, or a
// sentence of a document). Built once by TableBuilder, then only read.
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
inline constexpr std::size_t kMaxTerms = 32;  // of one phrase: a bit each in UnitMatch

// What a word means, as places in concept_rows(): alone or as a compound's first part, and as a
// part of an expression ("ice cream") or a compound's second part.
using Concepts = std::array<std::uint32_t, 2>;

// A word of a question. `concepts`: what it means, as read in the question's language.
struct QueryTerm {
  std::string text;
  Concepts concepts{kNoTerm, kNoTerm};
};

// Whether a word, or what it means, says what the term asks for.
bool says(std::string_view word, const Concepts& concepts, const QueryTerm& term);

// Looks the words up in the lexicon, joins what the index writes as one word ("wi fi") and splits
// compounds it does not know. `origin[i]`: the place in `words` of term i.
struct PhraseTerms {
  std::vector<QueryTerm> terms;
  std::vector<std::size_t> origin;
};

Concepts concepts_of_word(const Word& word, Language reader, Language other);
void add_expressions(Words words, Language reader, Language other, std::vector<Concepts>& out);
std::vector<Concepts> concepts_of(Words words, Language reader, Language other);

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
  };

  PhraseTerms terms_of(Words words, Language reader) const;
  bool has_word(std::string_view folded) const { return find_word(folded) != kNoTerm; }
  bool names_item(std::string_view folded) const;              // as it stands
  bool knows(std::string_view folded, Language reader) const;  // as it stands or by its stem
  // Whether a word stands somewhere, or what it means does in an item's name.
  bool may_name_item(const Word& word, Language reader) const;

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

  std::uint32_t find_word(std::string_view folded) const;
  bool expand(const QueryTerm& term, Language reader, std::vector<Expansion>& out) const;
  void expand_stems(std::string_view word, Language language, std::vector<Expansion>& out) const;
  bool expand_prefix(std::string_view word, std::vector<Expansion>& out) const;
  bool expand_typos(std::string_view word, std::vector<Expansion>& out) const;
  void compare_name(UnitMatch& match, const Scratch& scratch) const;

  Language language_ = Language::en;
  std::uint32_t item_count_ = 0;
  std::uint32_t unit_count_ = 0;
  std::vector<std::string> words_;  // sorted; a word's place is its term
  std::unordered_map<std::string_view, std::uint32_t> word_places_;
  std::vector<bool> in_item_name_;             // by term
  std::vector<StemEntry> stems_;               // sorted
  std::vector<std::uint32_t> by_size_;         // words by length
  std::vector<std::uint32_t> letters_;         // letter_set, in that order
  std::vector<std::uint32_t> size_begins_;     // where a length begins
  std::vector<std::uint32_t> posting_begins_;  // by term: words, then concepts
  std::vector<Posting> postings_;
  std::vector<std::uint32_t> name_begins_;  // by unit
  std::vector<NameWord> name_words_;        // the significant ones
};

std::uint64_t stem_key(std::string_view stem, Language language);

// Sentences of a text as byte ranges; line breaks end one too.
std::vector<std::pair<std::uint32_t, std::uint32_t>> split_sentences(std::string_view text);

std::unique_ptr<IndexTables> build_tables(const BusinessProfile& profile,
                                          const std::vector<CatalogItem>& items,
                                          const std::vector<Document>& documents,
                                          const std::vector<Passage>& passages,
                                          const RetrievalIndex& texts);

}  // namespace aura::agent
