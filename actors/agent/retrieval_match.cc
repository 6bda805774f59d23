#include <algorithm>
#include <bit>

#include "actors/agent/retrieval_tables.h"
#include "actors/agent/stemmer.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr float kExact = 1.0F;
constexpr float kStem = 0.9F;
constexpr float kConcept = 0.75F;
constexpr float kTypo = 0.6F;
constexpr float kSamePrefix = 0.55F;
constexpr std::size_t kMaxLooseWords = 24;  // candidates per prefix or typo
constexpr std::size_t kClearTypo = 6;  // from this length on, a typo rarely yields another word
constexpr std::size_t kClearPrefix = 5;

bool same_concept(const Concepts& a, const Concepts& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](std::uint32_t id) { return id != kNoTerm && (id == b[0] || id == b[1]); });
}

bool all_digits(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

bool says(std::string_view word, const Concepts& concepts, const QueryTerm& term) {
  constexpr std::size_t kStem = 4;  // from this length on, a common prefix counts
  return word == term.text || same_concept(term.concepts, concepts) ||
         (term.text.size() >= kStem && word.starts_with(term.text)) ||
         (word.size() >= kStem && term.text.starts_with(word));
}

// Per-thread buffers for matching, reused to avoid allocations.
struct IndexTables::Scratch {
  struct Unit {
    float score = 0;
    float best_of_term = 0;
    std::uint32_t terms = 0;
    std::uint32_t name_terms = 0;
    std::uint32_t last_term = kNoTerm;
  };
  std::vector<Unit> units;  // all zero between matches
  std::vector<std::uint32_t> touched;
  std::vector<std::uint32_t> term_stamps;  // equal to `stamp`: the term is in the question
  std::uint32_t stamp = 0;
  std::vector<Expansion> expansions;

  void begin(std::size_t unit_count, std::size_t term_count) {
    if (units.size() < unit_count) units.resize(unit_count);
    if (term_stamps.size() < term_count) term_stamps.resize(term_count, 0);
    touched.clear();
    if (++stamp == 0) {
      std::fill(term_stamps.begin(), term_stamps.end(), 0);
      stamp = 1;
    }
  }
};

std::uint32_t IndexTables::find_word(std::string_view folded) const {
  const auto found = word_places_.find(folded);
  return found == word_places_.end() ? kNoTerm : found->second;
}

PhraseTerms IndexTables::terms_of(Words words, Language reader) const {
  PhraseTerms out;
  const auto concepts = concepts_of(words, reader, language_);
  for (std::size_t i = 0; i < words.size() && out.terms.size() < kMaxTerms; ++i) {
    const std::string_view text = words[i].text;
    if (words[i].link) continue;
    if (is_idiom(concepts[i])) {
      out.terms.push_back({std::string(), {concepts[i][0], kNoTerm}});
      out.origin.push_back(i);
      continue;
    }
    if (i + 1 < words.size() && !has_word(text)) {
      std::string joined(text);
      joined += words[i + 1].text;
      if (has_word(joined)) {
        out.terms.push_back({std::move(joined), concepts[i]});
        out.origin.push_back(i++);
        continue;
      }
    }
    if (const std::size_t cut = known_cut(words[i], concepts[i], reader)) {  // "lobsterroll"
      for (const std::string_view part : {text.substr(0, cut), text.substr(cut)}) {
        out.terms.push_back({std::string(part), concepts_of_word({part}, reader, language_)});
        out.origin.push_back(i);
      }
      continue;
    }
    const bool compound = concepts[i][0] != kNoTerm && concepts[i][1] != kNoTerm &&
                          !Lexicon::instance().split_compound(text).empty();
    if (compound && names_item(text)) {  // that item, none of its kind
      out.terms.push_back({std::string(text)});
    } else if (compound) {
      out.terms.push_back({std::string(), {concepts[i][0], kNoTerm}});
      out.origin.push_back(i);
      out.terms.push_back({std::string(), {concepts[i][1], kNoTerm}});
    } else {
      out.terms.push_back({std::string(text), concepts[i]});
    }
    out.origin.push_back(i);
  }
  return out;
}

// Where a word that is not known parts into two that are; 0: nowhere.
std::size_t IndexTables::known_cut(const Word& word, const Concepts& means, Language reader) const {
  constexpr std::size_t kShortest = 4;
  const std::string_view text = word.text;
  const bool unknown = means[0] == kNoTerm && means[1] == kNoTerm && !knows(text, reader);
  for (std::size_t cut = kShortest; unknown && cut + kShortest <= text.size(); ++cut) {
    const std::string_view first = text.substr(0, cut);
    if (names_item(text.substr(cut)) && knows(first, reader)) return cut;
  }
  return 0;
}

bool IndexTables::knows(std::string_view folded, Language reader) const {
  if (has_word(folded)) return true;
  const auto by_stem = [&](Language language) {
    const std::uint64_t key = stem_key(stem(folded, language), language);
    const auto at = std::lower_bound(stems_.begin(), stems_.end(), StemEntry{key, 0});
    return at != stems_.end() && at->key == key;
  };
  return by_stem(reader) || (language_ != reader && by_stem(language_));
}

bool IndexTables::names_item(std::string_view folded) const {
  const std::uint32_t word = find_word(folded);
  return word != kNoTerm && in_item_name_[word];
}

bool IndexTables::ends_item_name(std::string_view folded) const {
  const std::uint32_t word = find_word(folded);
  if (word != kNoTerm && ends_item_name_[word]) return true;
  std::vector<Expansion> related;
  expand_stems(folded, language_, related);
  return std::any_of(related.begin(), related.end(),
                     [&](const Expansion& other) { return ends_item_name_[other.term]; });
}

bool IndexTables::is_item_name(std::string_view folded) const {
  const std::uint32_t word = find_word(folded);
  return word != kNoTerm && is_item_name_[word];
}

bool IndexTables::begins_compound(std::string_view folded) const {
  constexpr std::size_t kShortestHead = 4;
  if (language_ != Language::de) return false;
  const std::string_view head = stem(folded, language_);
  const auto at = std::lower_bound(words_.begin(), words_.end(), head);
  return head.size() >= kShortestHead && at != words_.end() && at->starts_with(head);
}

bool IndexTables::may_name_item(const Word& word, Language reader) const {
  return has_word(word.text) || means_item(word, reader);
}

bool IndexTables::means_item(const Word& word, Language reader) const {
  if (names_item(word.text)) return true;
  const Concepts means = concepts_of_word(word, reader, language_);
  return std::any_of(means.begin(), means.end(), [&](std::uint32_t concept_id) {
    if (concept_id == kNoTerm) return false;
    return in_item_name_[words_.size() + concept_id];
  });
}

void IndexTables::expand_stems(std::string_view word, Language language,
                               std::vector<Expansion>& out) const {
  const std::uint64_t key = stem_key(stem(word, language), language);
  auto at = std::lower_bound(stems_.begin(), stems_.end(), StemEntry{key, 0});
  for (; at != stems_.end() && at->key == key; ++at) out.push_back({at->word, kStem});
}

bool IndexTables::expand_prefix(std::string_view word, std::vector<Expansion>& out) const {
  if (word.size() < 3) return false;
  const std::size_t before = out.size();
  auto at = std::lower_bound(words_.begin(), words_.end(), word);
  for (; at != words_.end() && at->starts_with(word) && out.size() - before < kMaxLooseWords;
       ++at) {
    out.push_back({static_cast<std::uint32_t>(at - words_.begin()), kSamePrefix});
  }
  return out.size() > before;
}

// "cke": a word of three letters lacks one, if other words were found beside it.
bool IndexTables::expand_typos(std::string_view word, bool alone,
                               std::vector<Expansion>& out) const {
  constexpr std::size_t kShort = 3;
  const bool lacks_letter = word.size() == kShort && !alone;
  if (word.size() <= kShort && !lacks_letter) return false;
  const int limit = word.size() >= 8 ? 2 : 1;
  const std::uint32_t letters = letter_set(word);
  const auto size_begin = [&](std::size_t size) {
    return size_begins_[std::min(size, size_begins_.size() - 1)];
  };
  const auto slack = static_cast<std::size_t>(limit);
  const std::uint32_t end = size_begin(word.size() + slack + 1);
  int best = limit;
  const std::size_t before = out.size();
  for (std::uint32_t i = size_begin(word.size() - slack); i < end; ++i) {
    if (std::popcount(letters ^ letters_[i]) > 2 * limit) continue;
    const std::string& known = words_[by_size_[i]];
    if (lacks_letter && (known.size() <= kShort || known[0] != word[0])) continue;
    const int distance = edit_distance(word, known, best);
    if (distance > best) continue;
    if (distance < best) out.resize(before);  // only the nearest spellings count
    best = distance;
    if (out.size() - before < kMaxLooseWords) out.push_back({by_size_[i], kTypo});
  }
  return out.size() > before;
}

// German compounds: "Krone" is in "Zahnkrone", and "Zahnschmerzen" are "Schmerzen".
IndexTables::Tail IndexTables::expand_tails(std::string_view word, bool names_only,
                                            std::vector<Expansion>& out) const {
  constexpr std::size_t kShortestTail = 5;
  constexpr std::size_t kShortestHead = 2;
  const auto is_tail = [](std::string_view tail, std::string_view whole) {
    return tail.size() >= kShortestTail && whole.size() >= tail.size() + kShortestHead &&
           whole.ends_with(tail);
  };
  if (language_ != Language::de || word.size() < kShortestTail) return Tail::none;
  Tail found = Tail::none;
  for (std::uint32_t i = 0; i < words_.size() && out.size() < kMaxLooseWords; ++i) {
    const bool of_name = is_tail(word, words_[i]) && (!names_only || in_item_name_[i]);
    if (!of_name && (names_only || found == Tail::of_name || !is_tail(words_[i], word))) continue;
    if (of_name && found == Tail::of_question) out.clear();  // what is called so comes first
    found = of_name ? Tail::of_name : Tail::of_question;
    out.push_back({i, kSamePrefix});
  }
  return found;
}

// Returns whether the term could only be placed by a short typo or prefix.
bool IndexTables::expand(const QueryTerm& term, Language reader, bool alone, Among among,
                         std::vector<Expansion>& out) const {
  out.clear();
  if (!term.text.empty()) {
    if (const std::uint32_t word = find_word(term.text); word != kNoTerm)
      out.push_back({word, kExact});
    if (!all_digits(term.text)) {
      expand_stems(term.text, reader, out);
      if (language_ != reader) expand_stems(term.text, language_, out);
    }
  }
  bool known = false;
  for (const std::uint32_t concept_id : term.concepts) {
    if (concept_id == kNoTerm) continue;
    known = true;
    out.push_back({static_cast<std::uint32_t>(words_.size()) + concept_id, kConcept});
  }
  if (known || all_digits(term.text)) return false;
  if (!out.empty()) {  // "Krone" may be said of other things than the "Zahnkrone"
    const auto names = [&](const Expansion& e) { return in_item_name_[e.term]; };
    if (std::none_of(out.begin(), out.end(), names)) expand_tails(term.text, true, out);
    return false;
  }
  if (expand_prefix(term.text, out)) return term.text.size() < kClearPrefix;
  if (const Tail tail = expand_tails(term.text, false, out); tail != Tail::none)
    return tail == Tail::of_question && among == Among::items;
  std::string_view word = term.text;
  if (!expand_typos(word, alone, out)) {  // "capuchinos": the plural of a mistyped word
    if (!word.ends_with('s') || word.size() <= kClearTypo) return false;
    word.remove_suffix(1);
    if (!expand_typos(word, alone, out)) return false;
  }
  const bool same_start = std::any_of(out.begin(), out.end(), [&](const Expansion& e) {
    return words_[e.term][0] == term.text[0];
  });
  return term.text.size() < kClearTypo || !same_start;
}

// Determines which significant words of the unit's name are in the question.
void IndexTables::compare_name(UnitMatch& match, const Scratch& scratch) const {
  const auto asked = [&](std::uint32_t term) {
    return term != kNoTerm && scratch.term_stamps[term] == scratch.stamp;
  };
  bool all = name_begins_[match.unit] < name_begins_[match.unit + 1];
  for (std::uint32_t i = name_begins_[match.unit]; i < name_begins_[match.unit + 1]; ++i) {
    const NameWord& word = name_words_[i];
    const bool whole = asked(word.word) || asked(word.concepts[0]) || asked(word.concepts[1]) ||
                       (asked(word.parts[0]) && asked(word.parts[1]));
    match.ends_name = whole || asked(word.parts[1]);
    all = all && whole;
  }
  match.whole_name = all;
}

void IndexTables::match(std::span<const QueryTerm> terms, Language reader, Among among,
                        std::size_t limit, std::vector<UnitMatch>& out) const {
  thread_local Scratch scratch;
  scratch.begin(unit_count_, words_.size() + concept_rows().size());
  const std::uint32_t first = among == Among::passages ? item_count_ : 0;
  const std::uint32_t last = among == Among::items ? item_count_ : unit_count_;
  std::uint32_t weak_terms = 0;
  terms = terms.first(std::min(terms.size(), kMaxTerms));
  for (std::uint32_t t = 0; t < terms.size(); ++t) {
    if (expand(terms[t], reader, terms.size() == 1, among, scratch.expansions))
      weak_terms |= 1u << t;
    for (const Expansion& e : scratch.expansions) {
      scratch.term_stamps[e.term] = scratch.stamp;
      for (std::uint32_t p = posting_begins_[e.term]; p < posting_begins_[e.term + 1]; ++p) {
        const Posting& posting = postings_[p];
        if (posting.unit < first || posting.unit >= last) continue;
        Scratch::Unit& unit = scratch.units[posting.unit];
        if (unit.terms == 0) scratch.touched.push_back(posting.unit);
        if (unit.last_term != t) unit.best_of_term = 0;
        unit.last_term = t;
        unit.terms |= 1u << t;
        if (posting.in_name) unit.name_terms |= 1u << t;
        const float gain = posting.impact * e.weight - unit.best_of_term;
        if (gain > 0) {
          unit.score += gain;
          unit.best_of_term += gain;
        }
      }
    }
  }
  out.clear();
  for (const std::uint32_t place : scratch.touched) {
    const Scratch::Unit& unit = scratch.units[place];
    const auto found = static_cast<float>(std::popcount(unit.terms));
    const float share = found / static_cast<float>(terms.size());
    out.push_back({place, unit.score * (0.4F + 0.6F * share), unit.terms, unit.name_terms,
                   weak_terms & unit.terms, false, false});
    scratch.units[place] = {};
  }
  const auto better = [](const UnitMatch& a, const UnitMatch& b) {
    return a.score != b.score ? a.score > b.score : a.unit < b.unit;
  };
  const std::size_t keep = std::min(limit, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(keep), out.end(),
                    better);
  out.resize(keep);
  for (UnitMatch& match : out) {
    if (match.name_terms != 0) compare_name(match, scratch);
    if (match.whole_name) match.score *= 1.3F;
  }
  std::sort(out.begin(), out.end(), better);
}

}  // namespace aura::agent
