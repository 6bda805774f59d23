#include <algorithm>
#include <cmath>

#include "actors/agent/currency_words.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/stemmer.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr float kNameWeight = 3.0F;
constexpr float kOptionWeight = 1.2F;
constexpr float kTextWeight = 0.6F;
constexpr float kTitleWeight = 1.4F;
constexpr float kPassageWeight = 1.0F;
constexpr std::size_t kMaxFieldWords = 4000;

}  // namespace

// Collects the terms of each unit, then writes the flat tables.
class TableBuilder {
 public:
  explicit TableBuilder(const BusinessProfile& profile) : out_(std::make_unique<IndexTables>()) {
    out_->language_ = language_of_locale(profile.locale);
    out_->currency_marks_ = currency_marks(profile.currency, profile.locale);
    out_->currency_names_ = currency_names(profile.currency, profile.locale);
  }

  void begin_unit() { unit_ = static_cast<std::uint32_t>(names_.size()), names_.emplace_back(); }

  void add_field(std::string_view text, float weight, bool is_name) {
    tokens_.assign(text, kMaxFieldWords, Codes::keep);
    words_.clear();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      words_.push_back({tokens_.word(i), tokens_[i].accented});
    }
    const float share =
        weight /
        (1.0F + 0.15F * static_cast<float>(std::min<std::size_t>(words_.size(), is_name ? 12 : 6)));
    places_of_words_.clear();
    concepts_.clear();
    for (const Word& word : words_) {
      places_of_words_.push_back(intern(word.text, word.accented));
      concepts_.push_back(own_concepts_[places_of_words_.back()]);
    }
    add_expressions(words_, out_->language_, Language::en, concepts_);
    const std::vector<Concepts> said = concepts_;
    if (is_name) add_kinds(words_, out_->language_, concepts_);
    for (std::size_t i = 0; i < words_.size(); ++i) {
      note(places_of_words_[i], share, is_name && !is_grammar(words_[i].text));
      for (const std::uint32_t concept_id : concepts_[i]) {
        if (concept_id != kNoTerm) note(kConceptBit | concept_id, share * 0.8F, is_name);
      }
      if (is_name) names_.back().push_back(name_word(i, said[i]));
      join_hyphenated(i, share, is_name);
    }
  }

  std::unique_ptr<IndexTables> finish(std::uint32_t item_count) {
    out_->item_count_ = item_count;
    out_->unit_count_ = static_cast<std::uint32_t>(names_.size());
    sort_words();
    lay_out_postings();
    lay_out_names();
    lay_out_stems();
    lay_out_sizes();
    return std::move(out_);
  }

 private:
  static constexpr std::uint32_t kConceptBit = 1u << 31;
  struct Note {
    std::uint32_t term = 0;
    std::uint32_t unit = 0;
    float weight = 0;
    bool in_name = false;
  };
  struct Name {
    std::uint32_t word = 0;
    Concepts concepts{};
    Concepts parts{kNoTerm, kNoTerm};
    bool significant = false;
  };

  // `said`: the word's concepts without the kind that it ends with.
  Name name_word(std::size_t i, const Concepts& said) const {
    Name name{places_of_words_[i], said, {kNoTerm, kNoTerm}, significant(i)};
    const Concepts& own = own_concepts_[places_of_words_[i]];
    if (own[0] != kNoTerm && own[1] != kNoTerm) {
      name.parts = own;
      name.concepts = {kNoTerm, said[1] == own[1] ? kNoTerm : said[1]};
    } else if (concepts_[i][1] != said[1]) {
      name.parts[1] = concepts_[i][1];
    }
    return name;
  }

  std::uint32_t intern(std::string_view word, bool accented = false) {
    const auto known = places_.find(word);
    if (known != places_.end()) return known->second;
    const auto place = static_cast<std::uint32_t>(places_.size());
    places_.emplace(std::string(word), place);
    own_concepts_.push_back(concepts_of_word({word, accented}, out_->language_, Language::en));
    return place;
  }

  void note(std::uint32_t term, float weight, bool in_name) {
    notes_.push_back({term, unit_, weight, in_name});
  }

  // Also indexes "Wi-Fi" as "wifi".
  void join_hyphenated(std::size_t i, float share, bool is_name) {
    if (i + 1 >= words_.size() || tokens_[i].gap != Gap::hyphen) return;
    if (tokens_[i + 1].begin != tokens_[i].end + 1) return;
    note(intern(std::string(words_[i].text) + std::string(words_[i + 1].text)), share, is_name);
  }

  bool significant(std::size_t i) const {
    if (words_[i].text.size() < 2 && !tokens_[i].number) return false;
    constexpr Roles kMinor = bit(Role::stop) | bit(Role::connector) | bit(Role::article) |
                             bit(Role::conjunction) | bit(Role::filler);
    return (Lexicon::instance().phrase_at(words_, i, out_->language_).roles & kMinor) == 0;
  }

  void sort_words() {
    std::vector<std::pair<std::string, std::uint32_t>> sorted(places_.begin(), places_.end());
    std::sort(sorted.begin(), sorted.end());
    new_place_.resize(sorted.size());
    out_->words_.reserve(sorted.size());
    for (auto& [word, old_place] : sorted) {
      new_place_[old_place] = static_cast<std::uint32_t>(out_->words_.size());
      out_->words_.push_back(std::move(word));
    }
    out_->word_places_.reserve(out_->words_.size());
    for (std::uint32_t i = 0; i < out_->words_.size(); ++i) {
      out_->word_places_.emplace(out_->words_[i], i);
    }
  }

  std::uint32_t final_term(std::uint32_t term) const {
    if ((term & kConceptBit) == 0) return new_place_[term];
    return static_cast<std::uint32_t>(out_->words_.size()) + (term & ~kConceptBit);
  }

  void lay_out_postings() {
    for (Note& n : notes_) n.term = final_term(n.term);
    std::sort(notes_.begin(), notes_.end(), [](const Note& a, const Note& b) {
      return a.term != b.term ? a.term < b.term : a.unit < b.unit;
    });
    std::vector<IndexTables::Posting>& postings = out_->postings_;
    const std::size_t terms = out_->words_.size() + concept_rows().size();
    out_->posting_begins_.assign(terms + 1, 0);
    out_->in_item_name_.assign(terms, false);
    std::size_t i = 0;
    for (std::size_t term = 0; term < terms; ++term) {
      out_->posting_begins_[term] = static_cast<std::uint32_t>(postings.size());
      for (; i < notes_.size() && notes_[i].term == term; ++i) {
        if (postings.size() == out_->posting_begins_[term] ||
            postings.back().unit != notes_[i].unit) {
          postings.push_back({notes_[i].unit, 0, false});
        }
        postings.back().impact += notes_[i].weight;
        postings.back().in_name |= notes_[i].in_name;
        if (notes_[i].in_name && notes_[i].unit < out_->item_count_)
          out_->in_item_name_[term] = true;
      }
      weigh(term);
    }
    out_->posting_begins_[terms] = static_cast<std::uint32_t>(postings.size());
  }

  // BM25: rare words weigh more, repetitions weigh less and less.
  void weigh(std::size_t term) {
    const std::size_t begin = out_->posting_begins_[term];
    const auto units = static_cast<float>(names_.size());
    const auto found = static_cast<float>(out_->postings_.size() - begin);
    const float rarity = std::log(1.0F + (units - found + 0.5F) / (found + 0.5F)) + 0.1F;
    for (std::size_t i = begin; i < out_->postings_.size(); ++i) {
      float& impact = out_->postings_[i].impact;
      impact = rarity * impact * 2.2F / (impact + 1.2F);
    }
  }

  void lay_out_names() {
    out_->ends_item_name_.assign(out_->words_.size(), false);
    out_->is_item_name_.assign(out_->words_.size(), false);
    for (const auto& name : names_) {
      out_->name_begins_.push_back(static_cast<std::uint32_t>(out_->name_words_.size()));
      const bool all =
          std::none_of(name.begin(), name.end(), [](auto& w) { return w.significant; });
      for (const Name& word : name) {
        if (!all && !word.significant) continue;
        IndexTables::NameWord laid{new_place_[word.word], word.concepts, word.parts};
        for (Concepts* ids : {&laid.concepts, &laid.parts}) {
          for (std::uint32_t& c : *ids) {
            if (c != kNoTerm) c += static_cast<std::uint32_t>(out_->words_.size());
          }
        }
        out_->name_words_.push_back(laid);
      }
      const bool of_item = out_->name_begins_.size() <= out_->item_count_;
      if (!of_item || name.empty()) continue;
      const std::uint32_t last = out_->name_words_.back().word;
      out_->ends_item_name_[last] = true;
      if (out_->name_words_.size() == out_->name_begins_.back() + 1)
        out_->is_item_name_[last] = true;
    }
    out_->name_begins_.push_back(static_cast<std::uint32_t>(out_->name_words_.size()));
  }

  bool is_grammar(std::string_view folded) const {
    // English lists foreign connectors for names of dishes.
    const Roles connector = out_->language_ == Language::en ? 0 : bit(Role::connector);
    const Roles grammar = bit(Role::stop) | bit(Role::article) | connector;
    const Word word{folded};
    return (Lexicon::instance().phrase_at({&word, 1}, 0, out_->language_).roles & grammar) != 0;
  }

  void lay_out_stems() {
    out_->stems_.reserve(out_->words_.size() * kLanguageCount);
    for (std::uint32_t i = 0; i < out_->words_.size(); ++i) {
      if (out_->words_[i].find_first_of("0123456789") != std::string::npos) continue;
      if (is_grammar(out_->words_[i])) continue;  // "thés" is no plural of "the"
      for (const Language language : kLanguages) {
        out_->stems_.push_back({stem_key(stem(out_->words_[i], language), language), i});
      }
    }
    std::sort(out_->stems_.begin(), out_->stems_.end());
  }

  void lay_out_sizes() {
    auto& order = out_->by_size_;
    for (std::uint32_t i = 0; i < out_->words_.size(); ++i) order.push_back(i);
    const auto size_of = [&](std::uint32_t i) { return out_->words_[i].size(); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return size_of(a) < size_of(b); });
    for (const std::uint32_t i : order) {
      while (out_->size_begins_.size() <= size_of(i)) {
        out_->size_begins_.push_back(static_cast<std::uint32_t>(out_->letters_.size()));
      }
      out_->letters_.push_back(letter_set(out_->words_[i]));
    }
    out_->size_begins_.push_back(static_cast<std::uint32_t>(out_->letters_.size()));
  }

  std::unique_ptr<IndexTables> out_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> places_;
  std::vector<Concepts> own_concepts_;  // by word
  std::vector<std::uint32_t> places_of_words_;
  std::vector<Concepts> concepts_;
  std::vector<std::uint32_t> new_place_;
  std::vector<Note> notes_;
  std::vector<std::vector<Name>> names_;
  std::uint32_t unit_ = 0;
  Tokens tokens_;
  std::vector<Word> words_;
};

std::uint64_t stem_key(std::string_view stem, Language language) {
  std::uint64_t hash = 0xcbf29ce484222325ULL + index_of(language) * 0x9e3779b97f4a7c15ULL;
  for (const char c : stem) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

Concepts concepts_of_word(const Word& word, Language reader, Language other) {
  const ConceptMatch alone = Lexicon::instance().concept_at({&word, 1}, 0, reader, other);
  if (alone.words == 1) return {alone.id, kNoTerm};
  const auto parts = Lexicon::instance().split_compound(word.text);
  if (parts.size() == 2) return {parts[0], parts[1]};
  return {kNoTerm, kNoTerm};
}

void add_expressions(Words words, Language reader, Language other, std::vector<Concepts>& out) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const ConceptMatch found = Lexicon::instance().concept_at(words, i, reader, other);
    if (found.words < 2) continue;
    for (std::size_t j = i; j < i + found.words; ++j) {
      out[j][1] = found.id;
      if (found.idiom) out[j][0] = found.id;
    }
  }
}

void add_kinds(Words name, Language home, std::vector<Concepts>& out) {
  if (home != Language::de && home != Language::en) return;
  const Lexicon& lexicon = Lexicon::instance();
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (out[i][1] != kNoTerm) continue;
    if (home == Language::en) {
      out[i][1] = lexicon.english_head(name[i].text).value_or(kNoTerm);
      continue;
    }
    const auto parts = lexicon.split_compound(name[i].text);
    if (!parts.empty()) {
      out[i][1] = parts.back();
    } else if (out[i][0] == kNoTerm) {
      out[i][1] = lexicon.compound_head(name[i].text).value_or(kNoTerm);
    }
  }
}

std::vector<Concepts> concepts_of(Words words, Language reader, Language other) {
  std::vector<Concepts> out;
  for (const Word& word : words) out.push_back(concepts_of_word(word, reader, other));
  add_expressions(words, reader, other, out);
  return out;
}

std::unique_ptr<IndexTables> build_tables(const BusinessProfile& profile,
                                          const std::vector<CatalogItem>& items,
                                          const std::vector<Document>& documents,
                                          const std::vector<Passage>& passages,
                                          const RetrievalIndex& texts) {
  TableBuilder builder(profile);
  for (const CatalogItem& item : items) {
    builder.begin_unit();
    builder.add_field(item.name, kNameWeight, true);
    builder.add_field(item.description, kTextWeight, false);
    builder.add_field(item.sku, kOptionWeight, false);
    for (const ItemOption& option : item.options)
      builder.add_field(option.name, kOptionWeight, false);
  }
  for (const Passage& passage : passages) {
    builder.begin_unit();
    if (passage.document != Passage::kProfile) {
      builder.add_field(documents[passage.document].title, kTitleWeight, true);
    }
    if (passage.has_heading()) builder.add_field(texts.heading_of(passage), kTitleWeight, true);
    builder.add_field(texts.text_of(passage), kPassageWeight, false);
  }
  return builder.finish(static_cast<std::uint32_t>(items.size()));
}

}  // namespace aura::agent
