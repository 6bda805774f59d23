#include "actors/agent/item_lookup.h"

#include <algorithm>
#include <bit>

#include "actors/agent/retrieval_tables.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr std::size_t kCandidates = 24;
constexpr std::size_t kMaxFamily = 6;
constexpr std::size_t kMaxClose = 3;

// One noun phrase against the items.
class Finder {
 public:
  Finder(const NounPhrase& phrase, Language reader, const RetrievalIndex& index)
      : index_(index), terms_(index.tables().terms_of(phrase.words, reader)) {
    for (std::size_t t = 0; t < terms_.terms.size(); ++t) {
      if (phrase.required[terms_.origin[t]]) required_ |= 1u << t;
    }
    index.tables().match(terms_.terms, reader, IndexTables::Among::items, kCandidates, matches_);
  }

  ItemAnswer find() {
    if (matches_.empty()) return {};
    if (required_ == 0) return by_cue_words();
    ItemAnswer answer = named();
    if (answer.fit == Fit::none) answer = several_names();
    if (answer.fit == Fit::none) answer = with_options();
    if (answer.fit == Fit::none) answer = related();
    if (answer.fit == Fit::none) answer = close();
    return answer;
  }

 private:
  bool has_all(std::uint32_t terms) const { return (terms & required_) == required_; }

  ItemAnswer whole_names(Fit fit) const {
    ItemAnswer answer;
    int most = 0;
    for (const UnitMatch& m : matches_) {
      if (!m.whole_name || !has_all(m.name_terms)) continue;
      most = std::max(most, std::popcount(m.name_terms));
    }
    for (const UnitMatch& m : matches_) {
      if (!m.whole_name || !has_all(m.name_terms)) continue;
      if (std::popcount(m.name_terms) == most && answer.items.size() < kMaxFamily) {
        answer.items.push_back(m.unit);
      }
    }
    if (!answer.items.empty()) answer.fit = fit;
    return answer;
  }

  // Question words alone: "delivery" is the row "Local delivery" only to who asks for its price.
  ItemAnswer by_cue_words() const {
    ItemAnswer answer = whole_names(Fit::exact);
    if (answer.fit != Fit::none) return answer;
    const std::uint32_t all = (1u << terms_.terms.size()) - 1;
    for (const UnitMatch& m : matches_) {
      if (m.name_terms == all && answer.items.size() < kMaxClose) answer.items.push_back(m.unit);
    }
    if (!answer.items.empty()) answer.fit = Fit::family;
    return answer;
  }

  // Everything asked for stands in the name.
  ItemAnswer named() const {
    ItemAnswer answer = whole_names(Fit::exact);
    bool weak = false;
    if (answer.items.empty()) {
      int most = 0;
      for (const UnitMatch& m : matches_) {
        if (has_all(m.name_terms)) most = std::max(most, std::popcount(m.name_terms));
      }
      for (const UnitMatch& m : matches_) {
        if (!has_all(m.name_terms) || std::popcount(m.name_terms) < most) continue;
        if (answer.items.size() < kMaxFamily) answer.items.push_back(m.unit);
      }
      if (!answer.items.empty()) answer.fit = answer.items.size() == 1 ? Fit::exact : Fit::family;
    }
    for (const UnitMatch& m : matches_) {
      if (!answer.items.empty() && m.unit == answer.items[0]) weak = is_doubtful(m);
    }
    if (weak) answer.fit = Fit::guess;
    return answer;
  }

  // A short mistyped word may be meant as it stands ("coat" is no "oat"), unless the rest of a
  // whole name says otherwise.
  bool is_doubtful(const UnitMatch& m) const {
    const std::uint32_t weak = m.weak_terms & required_;
    if (weak == 0) return false;
    return !(m.whole_name && (required_ & ~weak) != 0);
  }

  // "latte croissant": whole names one after the other.
  ItemAnswer several_names() const {
    ItemAnswer answer;
    std::uint32_t used = 0;
    for (const UnitMatch& m : matches_) {
      const std::uint32_t own = m.name_terms & required_;
      if (!m.whole_name || own == 0 || (used & own) != 0 || is_doubtful(m)) continue;
      used |= own;
      answer.items.push_back(m.unit);
    }
    if (answer.items.size() < 2 || used != required_) return {};
    answer.fit = Fit::exact;
    return answer;
  }

  // "latte with oat milk": the item by its name and the rest as an option of it.
  ItemAnswer with_options() const {
    ItemAnswer answer;
    bool named_whole = false;
    for (const UnitMatch& m : matches_) {
      if (answer.items.size() >= kMaxClose) break;
      if (!has_all(m.terms) || (m.weak_terms & required_) != 0) continue;
      const CatalogItem& item = index_.items()[m.unit];
      const auto option = std::find_if(item.options.begin(), item.options.end(), [&](auto& o) {
        return option_covers(o.name, required_ & ~m.name_terms);
      });
      if (option == item.options.end() || (named_whole && !m.whole_name)) continue;
      if (m.whole_name && !named_whole) answer = {};
      named_whole |= m.whole_name;
      answer.items.push_back(m.unit);
      answer.options.push_back({m.unit, static_cast<std::uint32_t>(option - item.options.begin())});
    }
    if (!answer.items.empty()) answer.fit = named_whole ? Fit::exact : Fit::family;
    return answer;
  }

  // The option is matched as a little index of its own would: by word, stem or concept.
  bool option_covers(const std::string& name, std::uint32_t needed) const {
    if (needed == 0) return false;
    Tokens tokens;
    tokens.assign(name, kMaxTerms, Codes::keep);
    std::vector<Word> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      words.push_back({tokens.word(i), tokens[i].accented});
    }
    const Language home = language_of_locale(index_.profile().locale);
    const auto concepts = concepts_of(words, home, Language::en);
    for (std::size_t t = 0; t < terms_.terms.size(); ++t) {
      if ((needed >> t & 1u) == 0) continue;
      const QueryTerm& term = terms_.terms[t];
      bool found = false;
      for (std::size_t i = 0; i < words.size() && !found; ++i) {
        found = words[i].text == term.text || same_concept(term.concepts, concepts[i]) ||
                (term.text.size() >= 4 && words[i].text.starts_with(term.text)) ||
                (words[i].text.size() >= 4 && term.text.starts_with(words[i].text));
      }
      if (!found) return false;
    }
    return true;
  }

  static bool same_concept(const Concepts& a, const Concepts& b) {
    return std::any_of(a.begin(), a.end(), [&](std::uint32_t id) {
      return id != kNoTerm && (id == b[0] || id == b[1]);
    });
  }

  ItemAnswer related() const {
    ItemAnswer answer;
    for (const UnitMatch& m : matches_) {
      if (!has_all(m.terms) || (m.weak_terms & required_) != 0) continue;
      if (answer.items.size() < kMaxFamily) answer.items.push_back(m.unit);
    }
    if (!answer.items.empty()) answer.fit = Fit::related;
    return answer;
  }

  ItemAnswer close() const {
    ItemAnswer answer;
    int most = 0;
    for (const UnitMatch& m : matches_) {
      if ((m.weak_terms & m.name_terms) == m.name_terms) continue;  // typos alone are not close
      const int found = std::popcount(m.name_terms & required_ & ~m.weak_terms);
      if (found == 0 || found < most || answer.items.size() >= kMaxClose) continue;
      most = found;
      answer.items.push_back(m.unit);
    }
    if (!answer.items.empty()) answer.fit = Fit::close;
    return answer;
  }

  const RetrievalIndex& index_;
  PhraseTerms terms_;
  std::uint32_t required_ = 0;
  std::vector<UnitMatch> matches_;
};

void add(ItemAnswer& to, const ItemAnswer& more) {
  for (const std::uint32_t item : more.items) {
    if (std::find(to.items.begin(), to.items.end(), item) == to.items.end())
      to.items.push_back(item);
  }
  to.options.insert(to.options.end(), more.options.begin(), more.options.end());
  to.fit = std::max(to.fit, more.fit);
}

bool is_sure(const ItemAnswer& answer) { return answer.fit >= Fit::family; }

NounPhrase merged(const NounPhrase& a, const NounPhrase& b) {
  NounPhrase out = a;
  out.words.insert(out.words.end(), b.words.begin(), b.words.end());
  out.required.insert(out.required.end(), b.required.begin(), b.required.end());
  return out;
}

}  // namespace

ItemAnswer look_up(const NounPhrase& phrase, Language reader, const RetrievalIndex& index) {
  return Finder(phrase, reader, index).find();
}

SentenceItems look_up(const Sentence& sentence, Language reader, const RetrievalIndex& index) {
  SentenceItems out;
  bool matched_before = false;
  for (std::size_t i = 0; i < sentence.phrases.size(); ++i) {
    const NounPhrase* phrase = &sentence.phrases[i];
    const bool joined = phrase->joined;
    ItemAnswer answer;
    NounPhrase both;
    const bool pairs = i + 1 < sentence.phrases.size() && sentence.phrases[i + 1].joined_by_word;
    if (pairs) {  // "fish and chips" is one name, "latte and croissant" are two
      both = merged(*phrase, sentence.phrases[i + 1]);
      answer = look_up(both, reader, index);
      if (answer.fit == Fit::exact && answer.items.size() == 1) {
        phrase = &both;
        ++i;
      } else {
        answer = {};
      }
    }
    if (answer.fit == Fit::none) answer = look_up(*phrase, reader, index);
    if (is_sure(answer)) {
      add(out.sure, answer);
      out.required |= phrase->has_required();
    } else if (phrase->has_required()) {
      if (answer.fit > out.unsure.fit) out.unsure = answer;
      const bool next_joined = i + 1 < sentence.phrases.size() && sentence.phrases[i + 1].joined;
      out.missed_one |= (joined && matched_before) || (next_joined && sentence.phrases.size() > 1);
    }
    matched_before = is_sure(answer);
  }
  out.missed_one &= is_sure(out.sure);
  return out;
}

}  // namespace aura::agent
