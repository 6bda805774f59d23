#include "actors/agent/item_lookup.h"

#include <algorithm>
#include <bit>

#include "actors/agent/item_words.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/shop_kind.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr std::size_t kCandidateItems = 24;
constexpr std::size_t kMaxFamily = 6;
constexpr std::size_t kMaxClose = 3;

// Matches one noun phrase against the items.
class Finder {
 public:
  Finder(const NounPhrase& phrase, Language reader, const RetrievalIndex& index)
      : index_(index),
        home_(language_of_locale(index.profile().locale)),
        terms_(index.tables().terms_of(phrase.words, reader)),
        along_(phrase.along) {
    for (std::size_t t = 0; t < terms_.terms.size(); ++t) {
      const Part part = phrase.parts[terms_.origin[t]];
      if (part == Part::required) required_ |= 1u << t;
      if (part == Part::cue) cues_ |= 1u << t;
    }
    head_ = head_of(phrase, reader);
    index.tables().match(terms_.terms, reader, IndexTables::Among::items, kCandidateItems,
                         matches_);
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

  bool names_part(std::uint32_t place) const {
    return (covered(index_.items()[place].name, Refused::no) & head_) != 0;
  }

  bool says_of(std::uint32_t place) const {
    const CatalogItem& item = index_.items()[place];
    return required_ != 0 &&
           has_all(covered(item.name, Refused::yes) | covered(item.description, Refused::yes));
  }

  // What says that it holds none of it: "no caffeine", "sugar-free".
  ItemAnswer without() const {
    ItemAnswer answer;
    for (const UnitMatch& m : matches_) {
      const CatalogItem& item = index_.items()[m.unit];
      if (says_without(terms_.terms, item.name, home_) ||
          says_without(terms_.terms, item.description, home_))
        answer.items.push_back(m.unit);
    }
    if (!answer.items.empty()) answer.fit = Fit::family;
    return answer;
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
    if (is_in_other_words(answer)) answer = {};
    bool weak = false;
    bool added = false;
    if (answer.items.empty()) {
      int most = 0;
      for (const UnitMatch& m : matches_) {
        if (has_all(m.name_terms)) most = std::max(most, std::popcount(m.name_terms));
      }
      for (const UnitMatch& m : matches_) {
        if (!has_all(m.name_terms) || std::popcount(m.name_terms) < most) continue;
        if (answer.items.size() < kMaxFamily) answer.items.push_back(m.unit);
      }
      if (answer.items.size() == 1) added = add_described(answer);
      if (!answer.items.empty()) answer.fit = answer.items.size() == 1 ? Fit::exact : Fit::family;
    }
    for (const UnitMatch& m : matches_) {
      if (answer.items.empty() || m.unit != answer.items[0]) continue;
      weak = is_doubtful(m);
      answer.by_kind = m.whole_name || ends_with_what_it_is(m);
    }
    if (weak) answer.fit = Fit::guess;
    // "Coffee" is rather a latte than coffee beans.
    if (added) std::rotate(answer.items.begin(), answer.items.begin() + 1, answer.items.end());
    return answer;
  }

  // "A bicycle" is every bicycle, though the name "E-Bike" says nothing else in other words.
  bool is_in_other_words(const ItemAnswer& answer) const {
    if (answer.items.size() != 1 || !std::has_single_bit(required_)) return false;
    const auto term = static_cast<std::size_t>(std::countr_zero(required_));
    const QueryTerm word{terms_.terms[term].text};
    return words_said({&word, 1}, index_.items()[answer.items[0]].name, home_, Refused::yes) == 0;
  }

  // "a coffee" may mean more than "House Roast Coffee Beans" if other items are described as
  // coffee. Not so for "Blueberry Muffin", which ends with its kind.
  bool add_described(ItemAnswer& answer) const {
    for (const UnitMatch& m : matches_) {
      if (m.unit == answer.items[0] && ends_with_what_it_is(m)) return false;
    }
    for (const UnitMatch& m : matches_) {
      if (m.unit == answer.items[0] || answer.items.size() >= kMaxFamily) continue;
      if (!has_all(m.terms)) continue;
      const std::uint32_t said = covered(index_.items()[m.unit].description, Refused::no);
      if (has_all(said | m.weak_terms | m.name_terms)) answer.items.push_back(m.unit);
    }
    return answer.items.size() > 1;
  }

  bool ends_with_what_it_is(const UnitMatch& m) const {
    return m.ends_name && (home_ == Language::en || home_ == Language::de);
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
    std::uint32_t whole = 0;  // the names of items: a large espresso is no Americano made of one
    for (const UnitMatch& m : matches_) {
      if (m.whole_name) whole |= m.name_terms & required_ & ~m.weak_terms;
    }
    for (const UnitMatch& m : matches_) {
      if (answer.items.size() >= kMaxClose) break;
      if (!has_all(m.terms) || (m.weak_terms & required_) != 0) continue;
      if (named_whole && !m.whole_name) continue;
      const std::uint32_t rest = required_ & ~m.name_terms;
      const std::uint32_t said =
          m.whole_name ? 0 : rest & covered(index_.items()[m.unit].description, Refused::yes);
      if ((said & whole) != 0 && options_of(m.unit, rest).empty()) continue;
      const auto options = options_of(m.unit, said == rest ? rest : rest & ~said);
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

  std::uint32_t covered(const std::string& text, Refused behind_refusal,
                        std::size_t first = kMaxSaid) const {
    return words_said(terms_.terms, text, home_, behind_refusal, first);
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
      if (!has_all(m.terms) || (m.weak_terms & required_) != 0 || !is_of_kind(m)) continue;
      if (answer.items.size() < kMaxFamily) answer.items.push_back(m.unit);
    }
    if (answer.items.size() == named) return {};
    answer.fit = Fit::related;
    return answer;
  }

  // A fish in beer batter is no beer: what only the description has must be
  // what it begins with, unless something "with" it is asked for.
  bool is_of_kind(const UnitMatch& m) const {
    if (along_ || (m.name_terms & required_) != 0) return true;
    return (covered(index_.items()[m.unit].description, Refused::no, kHeadWords) & required_) != 0;
  }

  // What the phrase is about: "cake" of "red velvet cake with cream", "tarta" of "tarta de queso".
  std::uint32_t head_of(const NounPhrase& phrase, Language reader) const {
    const bool last = reader == Language::en || reader == Language::de;
    const auto link = std::find_if(phrase.words.begin(), phrase.words.end(),
                                   [](const Word& word) { return word.link; });
    const auto end = static_cast<std::size_t>(link - phrase.words.begin());
    std::uint32_t head = 0;
    for (std::size_t t = 0; t < terms_.terms.size(); ++t) {
      const bool named = (required_ >> t & 1u) != 0 && (head == 0 || last);
      if (named && (terms_.origin[t] < end || head == 0)) head = 1u << t;
    }
    return head;
  }

  // What has another part of what was asked for in its name comes close only if
  // it is such a thing.
  ItemAnswer close() const {
    ItemAnswer answer;
    int most = 0;
    for (const UnitMatch& m : matches_) {
      if ((m.weak_terms & m.name_terms) == m.name_terms) continue;  // matched only by typos
      const int found = std::popcount(m.name_terms & required_ & ~m.weak_terms);
      if (!m.whole_name && (m.name_terms & ~m.weak_terms & head_) == 0) continue;
      if (found == 0 || found < most || answer.items.size() >= kMaxClose) continue;
      most = found;
      answer.by_kind |= m.whole_name;
      answer.items.push_back(m.unit);
    }
    if (!answer.items.empty()) answer.fit = Fit::close;
    return answer;
  }

  const RetrievalIndex& index_;
  Language home_;
  PhraseTerms terms_;
  std::uint32_t required_ = 0;
  std::uint32_t cues_ = 0;
  std::uint32_t head_ = 0;
  bool along_ = false;
  std::vector<UnitMatch> matches_;
};

}  // namespace

ItemAnswer look_up(const NounPhrase& phrase, Language reader, const RetrievalIndex& index) {
  ItemAnswer answer = Finder(phrase, reader, index).find();
  const bool several = std::ranges::count(phrase.parts, Part::required) > 1;
  if (answer.fit >= Fit::family || !several) return answer;
  // "The pizza Margherita" in a pizzeria; of all its pizzas nothing is said here.
  ShopKind of_shop = of_shop_kind(phrase, reader, index);
  if (of_shop.all || of_shop.items.empty() || of_shop.items.size() > kMaxFamily) return answer;
  answer = {of_shop.items.size() == 1 ? Fit::exact : Fit::family, std::move(of_shop.items)};
  return answer;
}

bool says_of(const NounPhrase& phrase, std::uint32_t item, Language reader,
             const RetrievalIndex& index) {
  return Finder(phrase, reader, index).says_of(item);
}

bool names_part(const NounPhrase& phrase, std::uint32_t item, Language reader,
                const RetrievalIndex& index) {
  return Finder(phrase, reader, index).names_part(item);
}

bool is_in_name(const NounPhrase& phrase, std::uint32_t item, Language reader,
                const RetrievalIndex& index) {
  return Finder(phrase, reader, index).speaks_of(item, false);
}

ItemAnswer look_up_without(const NounPhrase& phrase, Language reader, const RetrievalIndex& index) {
  return Finder(phrase, reader, index).without();
}

std::vector<FoundOption> look_up_options(const NounPhrase& phrase, std::uint32_t item,
                                         Language reader, const RetrievalIndex& index) {
  return Finder(phrase, reader, index).options_of(item);
}

// A name that was asked for in full stays, whatever its description says.
void drop_refused(const NounPhrase& refused, Language reader, const RetrievalIndex& index,
                  ItemAnswer& answer) {
  const Finder finder(refused, reader, index);
  const bool in_description = answer.fit != Fit::exact;
  std::erase_if(answer.items,
                [&](std::uint32_t item) { return finder.speaks_of(item, in_description); });
  const auto gone = [&](const FoundOption& option) {
    return std::find(answer.items.begin(), answer.items.end(), option.item) == answer.items.end();
  };
  std::erase_if(answer.options, gone);
  if (answer.items.empty()) answer.fit = Fit::none;
}

}  // namespace aura::agent
