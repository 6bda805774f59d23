#include "actors/agent/retrieval.h"

#include <algorithm>

#include "actors/agent/claims.h"
#include "actors/agent/headings.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMaxQueryWords = 48;

template <class Row>
std::vector<std::uint32_t> order_by_id(const std::vector<Row>& rows) {
  std::vector<std::uint32_t> order(rows.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return rows[a].id < rows[b].id; });
  return order;
}

template <class Row>
const Row* find_by_id(const std::vector<Row>& rows, const std::vector<std::uint32_t>& order,
                      const Id& id) {
  const auto at =
      std::lower_bound(order.begin(), order.end(), id,
                       [&](std::uint32_t i, const Id& key) { return rows[i].id < key; });
  return at != order.end() && rows[*at].id == id ? &rows[*at] : nullptr;
}

void add_passages(std::string_view text, std::uint32_t document, std::vector<Passage>& out) {
  for (const Quotable& part : split_quotable(text))
    out.push_back({document, part.begin, part.end, part.heading_begin, part.heading_end});
}

}  // namespace

RetrievalIndex::~RetrievalIndex() = default;

std::shared_ptr<const RetrievalIndex> RetrievalIndex::build(BusinessProfile profile,
                                                            std::vector<CatalogItem> items,
                                                            std::vector<Document> documents) {
  std::shared_ptr<RetrievalIndex> index(new RetrievalIndex);
  index->profile_ = std::move(profile);
  index->items_ = std::move(items);
  index->documents_ = std::move(documents);
  index->items_by_id_ = order_by_id(index->items_);
  index->documents_by_id_ = order_by_id(index->documents_);
  for (std::uint32_t i = 0; i < index->documents_.size(); ++i) {
    add_passages(index->documents_[i].text, i, index->passages_);
  }
  add_passages(index->profile_.details, Passage::kProfile, index->passages_);
  const auto take_links = [&](std::string_view text) {
    for (const std::string_view link : find_links(text)) index->links_.emplace_back(link);
  };
  take_links(index->profile_.name);
  take_links(index->profile_.details);
  for (const Document& document : index->documents_) take_links(document.text);
  for (const CatalogItem& item : index->items_) {
    take_links(item.name);
    take_links(item.description);
    for (const std::string& url : item.image_urls) take_links(url);
  }
  std::sort(index->links_.begin(), index->links_.end());
  index->tables_ =
      build_tables(index->profile_, index->items_, index->documents_, index->passages_, *index);
  return index;
}

namespace {

// The words of a text that tell what it is about; they point into `tokens`.
void words_of(std::string_view text, Language reader, Tokens& tokens, std::vector<Word>& words) {
  constexpr Roles kGrammar = bit(Role::stop) | bit(Role::article) | bit(Role::conjunction);
  tokens.assign(text, kMaxQueryWords, Codes::keep);
  words.clear();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Word word{tokens.word(i), tokens[i].accented};
    const Roles roles = Lexicon::instance().phrase_at({&word, 1}, 0, reader).roles;
    word.link = (roles & bit(Role::connector)) != 0;
    if (word.link || (roles & kGrammar) == 0) words.push_back(word);
  }
}

}  // namespace

std::vector<UnitMatch> RetrievalIndex::matches(std::string_view text, std::size_t limit) const {
  thread_local Tokens tokens;
  thread_local std::vector<Word> words;
  const Language reader = detect_language(text, language_of_locale(profile_.locale));
  words_of(text, reader, tokens, words);
  std::vector<UnitMatch> found;
  tables_->match(tables_->terms_of(words, reader).terms, reader, IndexTables::Among::all, limit,
                 found);
  return found;
}

std::vector<Hit> RetrievalIndex::search(std::string_view query, std::size_t limit) const {
  thread_local Tokens tokens;
  thread_local std::vector<Word> words;
  thread_local std::vector<UnitMatch> matches;
  const Language reader = detect_language(query, language_of_locale(profile_.locale));
  words_of(query, reader, tokens, words);
  const PhraseTerms phrase = tables_->terms_of(words, reader);
  constexpr std::size_t kPassagesADocument = 4;
  tables_->match(phrase.terms, reader, IndexTables::Among::all, limit * kPassagesADocument,
                 matches);
  std::vector<Hit> hits;
  for (const UnitMatch& match : matches) {
    if (hits.size() == limit) break;
    Hit hit;
    hit.score = match.score;
    if (match.unit < items_.size()) {
      hit.id = items_[match.unit].id;
    } else {
      const Passage& passage = passages_[match.unit - items_.size()];
      hit.kind = HitKind::document;
      if (passage.document != Passage::kProfile) hit.id = documents_[passage.document].id;
      const auto same = [&](const Hit& h) { return h.kind == hit.kind && h.id == hit.id; };
      if (std::any_of(hits.begin(), hits.end(), same)) continue;
    }
    for (std::size_t t = 0; t < phrase.terms.size(); ++t) {
      if ((match.terms >> t & 1u) != 0) {
        hit.matched_terms.emplace_back(words[phrase.origin[t]].text);
      }
    }
    hits.push_back(std::move(hit));
  }
  return hits;
}

LanguageScores RetrievalIndex::language_scores_of(std::string_view text) const {
  return language_scores(text, [this](std::string_view word) { return tables_->names_item(word); });
}

std::string_view RetrievalIndex::source_of(const Passage& passage) const {
  return passage.document == Passage::kProfile ? profile_.details
                                               : documents_[passage.document].text;
}

std::string_view RetrievalIndex::text_of(const Passage& passage) const {
  return source_of(passage).substr(passage.begin, passage.end - passage.begin);
}

std::string_view RetrievalIndex::heading_of(const Passage& passage) const {
  return source_of(passage).substr(passage.heading_begin,
                                   passage.heading_end - passage.heading_begin);
}

const CatalogItem* RetrievalIndex::find_item(const Id& id) const {
  return find_by_id(items_, items_by_id_, id);
}

const Document* RetrievalIndex::find_document(const Id& id) const {
  return find_by_id(documents_, documents_by_id_, id);
}

bool RetrievalIndex::has_link(std::string_view link) const {
  return std::binary_search(links_.begin(), links_.end(), link);
}

}  // namespace aura::agent
