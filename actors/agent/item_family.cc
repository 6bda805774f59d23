#include "actors/agent/item_family.h"

#include <algorithm>
#include <map>

#include "actors/agent/retrieval_tables.h"

namespace aura::agent {
namespace {

constexpr std::size_t kNameWords = 80;
constexpr std::size_t kHeadWords = 3;  // "Strong black coffee: …"

using Ids = std::vector<std::uint32_t>;

// Members of a kind whose name does not contain it: a tea is a drink.
const Ids& kinds_of(std::uint32_t thing) {
  static const std::map<std::uint32_t, Ids> kinds{
      {concept_ids("drink").front(),
       concept_ids("coffee tea cocoa juice water beer wine lemonade smoothie soda")}};
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
      if (is_said(item.name, kNameWords, Kinds::no))
        named.push_back(place);
      else if (is_said(item.name, kNameWords, Kinds::yes) ||
               is_said(item.description, kHeadWords, Kinds::yes))
        described.push_back(place);
    }
    // A bag of coffee does not count as a drink if the menu has drinks.
    keep_if_any(described, [](ItemKind kind) { return kind == ItemKind::menu_item; });
    named.insert(named.end(), described.begin(), described.end());
    keep_if_any(named, [](ItemKind kind) { return kind != ItemKind::service; });
    return named;
  }

 private:
  enum class Kinds { no, yes };

  template <class Wanted>
  void keep_if_any(std::vector<std::uint32_t>& places, Wanted wanted) const {
    const auto is_wanted = [&](std::uint32_t place) { return wanted(index_.items()[place].kind); };
    if (std::any_of(places.begin(), places.end(), is_wanted))
      std::erase_if(places, [&](std::uint32_t place) { return !is_wanted(place); });
  }

  // Whether the first words of the text contain all that is asked for, before a connector ("for
  // coffee" is about something else).
  bool is_said(const std::string& text, std::size_t first, Kinds by_kind) const {
    Tokens tokens;
    tokens.assign(text, first, Codes::keep);
    std::vector<Word> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Word word{tokens.word(i), tokens[i].accented};
      const Roles roles = Lexicon::instance().phrase_at({&word, 1}, 0, home_).roles;
      if (first == kHeadWords && (roles & bit(Role::connector)) != 0) break;
      words.push_back(word);
    }
    const auto concepts = concepts_of(words, home_, Language::en);
    return std::all_of(terms_.begin(), terms_.end(), [&](const QueryTerm& term) {
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (says(words[i].text, concepts[i], term)) return true;
        if (by_kind == Kinds::yes && is_kind_of(concepts[i], term.concepts)) return true;
      }
      return false;
    });
  }

  const RetrievalIndex& index_;
  Language home_;
  std::vector<QueryTerm> terms_;
};

}  // namespace

std::vector<std::uint32_t> family_of(const NounPhrase& phrase, Language reader,
                                     const RetrievalIndex& index) {
  return Family(phrase, reader, index).find();
}

}  // namespace aura::agent
