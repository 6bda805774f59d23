#include "actors/agent/item_family.h"

#include <algorithm>
#include <map>

#include "actors/agent/retrieval_tables.h"
#include "actors/agent/shop_kind.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

constexpr std::size_t kNameWords = 80;

using Ids = std::vector<std::uint32_t>;

// Members of a kind whose name does not contain it: a tea is a drink.
const Ids& kinds_of(std::uint32_t thing) {
  static const std::map<std::uint32_t, Ids> kinds = [] {
    std::map<std::uint32_t, Ids> all;
    const auto add = [&](std::string_view thing_word, std::string_view kind_words) {
      all[concept_ids(thing_word).front()] = concept_ids(kind_words);
    };
    constexpr std::string_view kMeals =
        "soup salad sandwich burger pizza pasta rice fish chicken beef lobster";
    constexpr std::string_view kSweets =
        "cake cheesecake pie cookie brownie muffin pastry croissant sorvete "
        "pancake";
    add("drink", "coffee tea cocoa juice water beer wine lemonade smoothie soda cola");
    add("dessert",
        "cake cheesecake pie cookie brownie muffin sorvete tiramisu pannacotta mousse pudding");
    add("sweet", kSweets);
    add("dish", "soup salad sandwich burger pizza pasta rice fish chicken beef lobster toast egg");
    add("pastry", "croissant muffin");
    add("seafood", "fish salmon tuna lobster shrimp");
    add("lunch", kMeals);
    add("dinner", kMeals);
    return all;
  }();
  static const Ids none;
  const auto found = kinds.find(thing);
  return found == kinds.end() ? none : found->second;
}

bool is_kind_of(const Concepts& what, const Concepts& thing) {
  return std::any_of(thing.begin(), thing.end(), [&](std::uint32_t id) {
    const Ids& kinds = kinds_of(id);
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](std::uint32_t kind) { return kind == what[0] || kind == what[1]; });
  });
}

class Family {
 public:
  Family(const NounPhrase& phrase, Language reader, const RetrievalIndex& index)
      : index_(index), home_(language_of_locale(index.profile().locale)) {
    PhraseTerms terms = index.tables().terms_of(phrase.words, reader);
    for (std::size_t t = 0; t < terms.terms.size(); ++t) {
      if (phrase.parts[terms.origin[t]] == Part::required)
        terms_.push_back(std::move(terms.terms[t]));
    }
  }

  std::vector<std::uint32_t> find() const {
    std::vector<std::uint32_t> named;
    std::vector<std::uint32_t> described;
    for (std::uint32_t place = 0; !terms_.empty() && place < index_.items().size(); ++place) {
      const CatalogItem& item = index_.items()[place];
      const std::vector<Said> name = read(item.name, kNameWords);
      std::vector<Said> all = name;
      if (is_all_said(name, Kinds::no) && is_all_said(head_of(name), Kinds::no)) {
        named.push_back(place);
        continue;
      }
      const std::vector<Said> begin = read(item.description, kHeadWords);
      all.insert(all.end(), begin.begin(), begin.end());
      if (is_all_said(all, Kinds::yes)) described.push_back(place);
    }
    // A bag of coffee does not count as a drink if the menu has drinks.
    keep_if_any(described, [](ItemKind kind) { return kind == ItemKind::menu_item; });
    named.insert(named.end(), described.begin(), described.end());
    keep_if_any(named, [](ItemKind kind) { return kind != ItemKind::service; });
    std::sort(named.begin(), named.end());
    return named;
  }

  bool names_kind() const {
    return std::any_of(terms_.begin(), terms_.end(), [](const QueryTerm& term) {
      return std::any_of(term.concepts.begin(), term.concepts.end(),
                         [](std::uint32_t id) { return !kinds_of(id).empty(); });
    });
  }

 private:
  enum class Kinds { no, yes };

  template <class Wanted>
  void keep_if_any(std::vector<std::uint32_t>& places, Wanted wanted) const {
    const auto is_wanted = [&](std::uint32_t place) { return wanted(index_.items()[place].kind); };
    if (std::any_of(places.begin(), places.end(), is_wanted))
      std::erase_if(places, [&](std::uint32_t place) { return !is_wanted(place); });
  }

  struct Said {
    std::string word;
    Concepts means;
  };

  // The text's first words; "for coffee" speaks of something else.
  std::vector<Said> read(const std::string& text, std::size_t first) const {
    static const WordSet kPer("per pro je por par");  // the price "per bicycle" is none of one
    Tokens tokens;
    tokens.assign(text, first, Codes::keep);
    std::vector<Word> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Word word{tokens.word(i), tokens[i].accented};
      const Roles roles = Lexicon::instance().phrase_at({&word, 1}, 0, home_).roles;
      const bool links = (roles & bit(Role::connector)) != 0 || kPer.has(word.text);
      if (first == kHeadWords && links) break;
      words.push_back(word);
    }
    auto concepts = concepts_of(words, home_, Language::en);
    if (first == kNameWords) add_kinds(words, home_, concepts);
    std::vector<Said> said;
    for (std::size_t i = 0; i < words.size(); ++i)
      said.push_back({std::string(words[i].text), concepts[i]});
    return said;
  }

  // "Coffee beans" are beans: in English and German the last words of a name
  // say what it is.
  std::vector<Said> head_of(const std::vector<Said>& name) const {
    const bool last = home_ == Language::en || home_ == Language::de;
    if (!last || terms_.size() > 1 || name.empty()) return name;
    const Word word{name.back().word, false};
    const Roles roles = Lexicon::instance().phrase_at({&word, 1}, 0, home_).roles;
    return roles == 0 && name.back().means[0] != kNoTerm ? std::vector<Said>{name.back()} : name;
  }

  bool is_all_said(const std::vector<Said>& said, Kinds by_kind) const {
    return std::all_of(terms_.begin(), terms_.end(), [&](const QueryTerm& term) {
      return std::any_of(said.begin(), said.end(), [&](const Said& s) {
        return says(s.word, s.means, term) ||
               (by_kind == Kinds::yes && is_kind_of(s.means, term.concepts));
      });
    });
  }

  const RetrievalIndex& index_;
  Language home_;
  std::vector<QueryTerm> terms_;
};

}  // namespace

std::vector<std::uint32_t> family_of(const NounPhrase& phrase, Language reader,
                                     const RetrievalIndex& index) {
  const ShopKind of_shop = of_shop_kind(phrase, reader, index);
  return of_shop.items.empty() ? Family(phrase, reader, index).find() : of_shop.items;
}

bool names_kind(const NounPhrase& phrase, Language reader, const RetrievalIndex& index) {
  return Family(phrase, reader, index).names_kind();
}

}  // namespace aura::agent
