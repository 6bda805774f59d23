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
constexpr std::size_t kMaxSaid = 80;  // words considered of a name, option or description

// Matches one noun phrase against the items.
class Finder {
 public:
  Finder(const NounPhrase& phrase, Language reader, const RetrievalIndex& index)
      : index_(index), terms_(index.tables().terms_of(phrase.words, reader)) {
    for (std::size_t t = 0; t < terms_.terms.size(); ++t) {
      const Part part = phrase.parts[terms_.origin[t]];
      if (part == Part::required) required_ |= 1u << t;
      if (part == Part::cue) cues_ |= 1u << t;
    }
    index.tables().match(terms_.terms, reader, IndexTables::Among::items, kCandidates, matches_);
  }

  // Options of one item that cover everything asked for.
  std::vector<FoundOption> options_of(std::uint32_t item) const {
    if (required_ == 0) return {};
    return options_of(item, required_);
  }

  // Whether the phrase refers to the item: by its name or, optionally, its description.
  bool speaks_of(std::uint32_t place, bool in_description) const {
    const CatalogItem& item = index_.items()[place];
    std::uint32_t found = covered(item.name, Refused::no);
    if (in_description) found |= covered(item.description, Refused::no);
    return required_ != 0 && has_all(found);
  }

  bool says_of(std::uint32_t place) const {
    const CatalogItem& item = index_.items()[place];
    return required_ != 0 &&
           has_all(covered(item.name, Refused::yes) | covered(item.description, Refused::yes));
  }

  ItemAnswer find() {
    if (matches_.empty()) return {};
    if (required_ == 0) return by_cue_words();
    ItemAnswer answer = coded();
    if (answer.fit == Fit::none) answer = named();
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

  // For question words alone: "delivery" means the row "Local delivery" only in a question about
  // price.
  ItemAnswer by_cue_words() const {
    ItemAnswer answer = whole_names(Fit::exact);
    if (answer.fit != Fit::none) return answer;
    for (const UnitMatch& m : matches_) {
      const bool all = cues_ != 0 && (m.name_terms & cues_) == cues_;
      if (all && answer.items.size() < kMaxClose) answer.items.push_back(m.unit);
    }
    if (!answer.items.empty()) answer.fit = Fit::family;
    return answer;
  }

  // "ADM-124", or just "124" if nothing else was asked for.
  ItemAnswer coded() const {
    std::string code;
    for (std::size_t t = 0; t < terms_.terms.size(); ++t) {
      const bool digit = !terms_.terms[t].text.empty() && is_digit(terms_.terms[t].text[0]);
      if ((required_ >> t & 1u) != 0 || digit) code += terms_.terms[t].text;
    }
    if (!std::any_of(code.begin(), code.end(), is_digit)) return {};
    ItemAnswer answer;
    for (const UnitMatch& m : matches_) {
      std::string sku = fold(index_.items()[m.unit].sku);
      const bool ends = is_digit(code[0]) && sku.ends_with(" " + code);
      std::erase(sku, ' ');
      if (ends || sku == code) answer.items.push_back(m.unit);
    }
    if (answer.items.size() != 1) return {};
    answer.fit = Fit::exact;
    return answer;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  // Matches by name alone.
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
      if (answer.items.size() == 1) add_described(answer);
      if (!answer.items.empty()) answer.fit = answer.items.size() == 1 ? Fit::exact : Fit::family;
    }
    for (const UnitMatch& m : matches_) {
      if (answer.items.empty() || m.unit != answer.items[0]) continue;
      weak = is_doubtful(m);
      answer.by_kind = m.whole_name || ends_with_what_it_is(m);
    }
    if (weak) answer.fit = Fit::guess;
    return answer;
  }

  // "a coffee" may mean more than "House Roast Coffee Beans" if other items are described as
  // coffee. Not so for "Blueberry Muffin", which ends with its kind.
  void add_described(ItemAnswer& answer) const {
    for (const UnitMatch& m : matches_) {
      if (m.unit == answer.items[0] && ends_with_what_it_is(m)) return;
    }
    for (const UnitMatch& m : matches_) {
      if (m.unit == answer.items[0] || answer.items.size() >= kMaxFamily) continue;
      if (!has_all(m.terms)) continue;
      const std::uint32_t said = covered(index_.items()[m.unit].description, Refused::no);
      const std::uint32_t mistyped = m.weak_terms;
      if (has_all(said | mistyped | m.name_terms)) answer.items.push_back(m.unit);
    }
  }

  bool ends_with_what_it_is(const UnitMatch& m) const {
    const Language home = language_of_locale(index_.profile().locale);
    return m.ends_name && (home == Language::en || home == Language::de);
  }

  // A short word taken for a typo may be meant literally ("coat" is not "oat"), unless the rest
  // matches a whole name.
  bool is_doubtful(const UnitMatch& m) const {
    const std::uint32_t weak = m.weak_terms & required_;
    if (weak == 0) return false;
    return !(m.whole_name && (required_ & ~weak) != 0);
  }

  // "latte croissant": several whole names in sequence.
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

  // "large latte with oat milk": an item by name, the rest as its options.
  ItemAnswer with_options() const {
    ItemAnswer answer;
    bool named_whole = false;
    for (const UnitMatch& m : matches_) {
      if (answer.items.size() >= kMaxClose) break;
      if (!has_all(m.terms) || (m.weak_terms & required_) != 0) continue;
      if (named_whole && !m.whole_name) continue;
      std::uint32_t rest = required_ & ~m.name_terms;
      if (!m.whole_name) {
        const std::uint32_t said = rest & covered(index_.items()[m.unit].description, Refused::yes);
        if (said != rest) rest &= ~said;
      }
      const auto options = options_of(m.unit, rest);
      if (options.empty()) continue;
      if (m.whole_name && !named_whole) answer = {};
      named_whole |= m.whole_name;
      answer.items.push_back(m.unit);
      answer.options.insert(answer.options.end(), options.begin(), options.end());
    }
    if (!answer.items.empty()) answer.fit = named_whole ? Fit::exact : Fit::family;
    return answer;
  }

  // Greedily chooses options that cover `needed`, the widest coverage first; none if they do not
  // cover it.
  std::vector<FoundOption> options_of(std::uint32_t place, std::uint32_t needed) const {
    const std::vector<ItemOption>& all = index_.items()[place].options;
    std::vector<FoundOption> found;
    while (needed != 0) {
      std::uint32_t best = 0;
      std::uint32_t best_option = 0;
      for (std::uint32_t o = 0; o < all.size(); ++o) {
        const std::uint32_t says = covered(all[o].name, Refused::yes) & needed;
        if (std::popcount(says) > std::popcount(best)) best = says, best_option = o;
      }
      if (best == 0) return {};
      found.push_back({place, best_option});
      needed &= ~best;
    }
    return found;
  }

  // The terms that a text contains, by word, stem or concept. `behind_refusal`: whether "caffeine"
  // counts in "no caffeine".
  enum class Refused { no, yes };
  std::uint32_t covered(const std::string& text, Refused behind_refusal) const {
    Tokens tokens;
    tokens.assign(text, kMaxSaid, Codes::keep);
    std::vector<Word> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      words.push_back({tokens.word(i), tokens[i].accented});
    }
    const Language home = language_of_locale(index_.profile().locale);
    const auto concepts = concepts_of(words, home, Language::en);
    std::uint32_t said = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool refused = i > 0 && (Lexicon::instance().phrase_at(words, i - 1, home).roles &
                                     bit(Role::negation)) != 0;
      if (refused && behind_refusal == Refused::no) continue;
      for (std::size_t t = 0; t < terms_.terms.size(); ++t) {
        if (says(words[i].text, concepts[i], terms_.terms[t])) said |= 1u << t;
      }
    }
    return said;
  }

  // Items whose whole name was given come first: "hot latte" means the latte, not a hot tea.
  ItemAnswer related() const {
    ItemAnswer answer;
    for (const UnitMatch& m : matches_) {
      const bool all = has_all(m.terms) && (m.weak_terms & required_) == 0;
      if (m.whole_name && !all && answer.items.empty()) answer.items.push_back(m.unit);
    }
    const std::size_t named = answer.items.size();
    for (const UnitMatch& m : matches_) {
      if (!has_all(m.terms) || (m.weak_terms & required_) != 0) continue;
      if (answer.items.size() < kMaxFamily) answer.items.push_back(m.unit);
    }
    if (answer.items.size() == named) return {};
    answer.fit = Fit::related;
    return answer;
  }

  ItemAnswer close() const {
    ItemAnswer answer;
    int most = 0;
    for (const UnitMatch& m : matches_) {
      if ((m.weak_terms & m.name_terms) == m.name_terms) continue;  // matched only by typos
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
  std::uint32_t cues_ = 0;
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
  out.parts.insert(out.parts.end(), b.parts.begin(), b.parts.end());
  return out;
}

// Removes items that the customer refuses. An item asked for by its full name stays, whatever its
// description says.
void drop_refused(ItemAnswer& answer, const Finder& refused) {
  const bool in_description = answer.fit != Fit::exact;
  std::erase_if(answer.items,
                [&](std::uint32_t item) { return refused.speaks_of(item, in_description); });
  const auto gone = [&](const FoundOption& option) {
    return std::find(answer.items.begin(), answer.items.end(), option.item) == answer.items.end();
  };
  std::erase_if(answer.options, gone);
  if (answer.items.empty()) answer.fit = Fit::none;
}

SentenceItems look_up_wanted(const Sentence& sentence, Language reader,
                             const RetrievalIndex& index) {
  SentenceItems out;
  bool matched_before = false;
  for (std::size_t i = 0; i < sentence.phrases.size(); ++i) {
    const NounPhrase* phrase = &sentence.phrases[i];
    if (phrase->refused) continue;
    const bool joined = phrase->joined;
    ItemAnswer answer;
    NounPhrase both;
    const bool pairs = i + 1 < sentence.phrases.size() && sentence.phrases[i + 1].joined_by_word &&
                       !sentence.phrases[i + 1].refused;
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

}  // namespace

ItemAnswer look_up(const NounPhrase& phrase, Language reader, const RetrievalIndex& index) {
  return Finder(phrase, reader, index).find();
}

bool says_of(const NounPhrase& phrase, std::uint32_t item, Language reader,
             const RetrievalIndex& index) {
  return Finder(phrase, reader, index).says_of(item);
}

std::vector<FoundOption> look_up_options(const Sentence& sentence, std::uint32_t item,
                                         Language reader, const RetrievalIndex& index) {
  std::vector<FoundOption> found;
  for (const NounPhrase& phrase : sentence.phrases) {
    if (phrase.refused) continue;
    const auto options = Finder(phrase, reader, index).options_of(item);
    found.insert(found.end(), options.begin(), options.end());
  }
  return found;
}

void drop_refused(const Sentence& sentence, Language reader, const RetrievalIndex& index,
                  ItemAnswer& answer) {
  for (const NounPhrase& phrase : sentence.phrases) {
    if (phrase.refused) drop_refused(answer, Finder(phrase, reader, index));
  }
}

SentenceItems look_up(const Sentence& sentence, Language reader, const RetrievalIndex& index) {
  SentenceItems out = look_up_wanted(sentence, reader, index);
  drop_refused(sentence, reader, index, out.sure);
  drop_refused(sentence, reader, index, out.unsure);
  return out;
}

}  // namespace aura::agent
