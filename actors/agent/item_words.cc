#include "actors/agent/item_words.h"

#include <algorithm>

namespace aura::agent {
namespace {

Roles roles_alone(const Word& word, Language home) {
  return Lexicon::instance().phrase_at({&word, 1}, 0, home).roles;
}

}  // namespace

std::uint32_t words_said(std::span<const QueryTerm> terms, const std::string& text, Language home,
                         Refused behind_refusal, std::size_t first) {
  Tokens tokens;
  tokens.assign(text, first, Codes::keep);
  std::vector<Word> words;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    words.push_back({tokens.word(i), tokens[i].accented});
    if (first == kMaxSaid) continue;
    if ((roles_alone(words.back(), home) & bit(Role::connector)) != 0) break;
  }
  const auto concepts = concepts_of(words, home, Language::en);
  std::uint32_t said = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool refused = i > 0 && (Lexicon::instance().phrase_at(words, i - 1, home).roles &
                                   bit(Role::negation)) != 0;
    if (refused && behind_refusal == Refused::no) continue;
    for (std::size_t t = 0; t < terms.size(); ++t) {
      if (says(words[i].text, concepts[i], terms[t])) said |= 1u << t;
    }
  }
  return said;
}

bool says_without(std::span<const QueryTerm> terms, const std::string& text, Language home) {
  Tokens tokens;
  tokens.assign(text, kMaxSaid, Codes::keep);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Word word{tokens.word(i), tokens[i].accented};
    const Concepts concepts = concepts_of_word(word, home, Language::en);
    const bool said =
        std::ranges::any_of(terms, [&](auto& term) { return says(word.text, concepts, term); });
    if (!said) continue;
    const Word before{i > 0 ? tokens.word(i - 1) : std::string_view(), false};
    const bool refused = i > 0 && (roles_alone(before, home) & bit(Role::negation)) != 0;
    const std::string_view next = i + 1 < tokens.size() ? tokens.word(i + 1) : std::string_view();
    if (refused || next == "free" || word.text.ends_with("frei")) return true;
  }
  return false;
}

}  // namespace aura::agent
