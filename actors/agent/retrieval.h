// Finds catalog items and document passages for a question: folds diacritics, stems in six
// languages, translates common shop words between them, tolerates typos and prefixes, and ranks
// like BM25 with names far above descriptions. Immutable, so all conversations of a workspace share
// one index and any thread may search it; a change builds a new one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actors/agent/knowledge.h"
#include "actors/agent/language.h"

namespace aura::agent {

enum class HitKind { item, document };

struct Hit {
  HitKind kind = HitKind::item;
  Id id;
  double score = 0;
  std::vector<std::string> matched_terms;  // the question's words, folded
};

// A sentence of a document (or of the profile's details), as a range of the source, and the heading
// it stands under, if any.
struct Passage {
  std::uint32_t document = 0;  // position in documents(); kProfile: the profile's details
  std::uint32_t begin = 0;     // byte range in the source text
  std::uint32_t end = 0;
  std::uint32_t heading_begin = 0;
  std::uint32_t heading_end = 0;
  bool operator==(const Passage&) const = default;
  bool has_heading() const { return heading_end > heading_begin; }
  static constexpr std::uint32_t kProfile = UINT32_MAX;
};

// A match of one noun phrase of a question with one unit of the index.
struct UnitMatch {
  std::uint32_t unit = 0;  // item position, or item count + passage position
  float score = 0;
  std::uint32_t terms = 0;       // bit i: term i of the phrase was found anywhere in the unit
  std::uint32_t name_terms = 0;  // … in its name (an option's or a title's words do not count)
  std::uint32_t weak_terms = 0;  // … only by a short typo or prefix
  bool whole_name = false;       // every significant word of the name matched
  bool ends_name = false;        // the last significant word of the name matched
};

class IndexTables;

class RetrievalIndex {
 public:
  static std::shared_ptr<const RetrievalIndex> build(BusinessProfile profile,
                                                     std::vector<CatalogItem> items,
                                                     std::vector<Document> documents);
  ~RetrievalIndex();
  RetrievalIndex(const RetrievalIndex&) = delete;
  RetrievalIndex& operator=(const RetrievalIndex&) = delete;

  std::vector<Hit> search(std::string_view query, std::size_t limit) const;
  // The items and sentences that a text has most in common with, the best first.
  std::vector<UnitMatch> matches(std::string_view text, std::size_t limit) const;

  const BusinessProfile& profile() const { return profile_; }
  const std::vector<CatalogItem>& items() const { return items_; }
  const std::vector<Document>& documents() const { return documents_; }
  const std::vector<Passage>& passages() const { return passages_; }
  std::string_view text_of(const Passage& passage) const;
  std::string_view heading_of(const Passage& passage) const;
  const CatalogItem* find_item(const Id& id) const;
  const Document* find_document(const Id& id) const;
  bool has_link(std::string_view link) const;  // exactly as in one of the sources

  const IndexTables& tables() const { return *tables_; }

  // What a customer's text tells of their language, leaving out the names of what is sold here.
  LanguageScores language_scores_of(std::string_view text) const;

 private:
  RetrievalIndex() = default;
  std::string_view source_of(const Passage& passage) const;

  BusinessProfile profile_;
  std::vector<CatalogItem> items_;
  std::vector<Document> documents_;
  std::vector<Passage> passages_;
  std::vector<std::uint32_t> items_by_id_;
  std::vector<std::uint32_t> documents_by_id_;
  std::vector<std::string> links_;
  std::unique_ptr<IndexTables> tables_;
};

}  // namespace aura::agent
