#include "actors/agent/question_places.h"

#include "actors/agent/number_words.h"

namespace aura::agent {
namespace {

Roles roles_at(const Place& at, std::size_t i) {
  return Lexicon::instance().phrase_at(at.words, i, at.language).roles;
}

}  // namespace

Word corrected(const Tokens& tokens, std::size_t i, Language language, const IndexTables& tables) {
  const Word word{tokens.word(i), tokens[i].accented};
  const Lexicon& lexicon = Lexicon::instance();
  if (tokens[i].number || lexicon.languages_at({&word, 1}, 0).words != 0) return word;
  if (ordinal_word(word.text, language)) return word;
  if (lexicon.concept_languages_of(word) != 0 || lexicon.is_in_concept(word.text) ||
      tables.knows(word.text, language) || tables.begins_compound(word.text)) {
    return word;
  }
  const std::string_view meant = lexicon.nearest_word(word.text, language);
  return meant.empty() ? word : Word{meant, false};
}

bool is_possessive(const Place& at) {
  return at.words[at.i].text == "s" && at.i > 0 && at.tokens[at.i - 1].gap == Gap::hyphen;
}

bool is_one(const Place& at) {
  const std::string_view word = at.words[at.i].text;
  return at.language == Language::en && (word == "one" || word == "ones");
}

bool is_count(const Place& at) {
  const std::string_view word = at.words[at.i].text;
  return word.size() > 1 && word[0] == 'x' &&
         word.find_first_not_of("0123456789", 1) == std::string_view::npos &&
         !at.tables.has_word(word);
}

bool counts_several(const Place& at) {
  constexpr std::size_t kMostDigits = 2;
  const std::string_view word = at.words[at.i].text;
  const std::string_view number = word.substr(word[0] == 'x' ? 1 : 0);
  const bool whole = number.find('.') == std::string_view::npos && number.size() <= kMostDigits;
  const std::uint32_t begin = at.tokens[at.i].begin;
  const bool apart = begin == 0 || at.text[begin - 1] == ' ' || at.text[begin - 1] == '\n';
  const bool behind =
      is_count(at) || (at.i + 1 < at.words.size() && at.tokens[at.i].gap < Gap::comma);
  return whole && apart && behind && number != "0" && number != "1" && !at.tables.names_item(word);
}

bool is_place(const Place& at) {
  if (at.i == 0 || !ordinal_word(at.words[at.i].text, at.language)) return false;
  if ((roles_at(at, at.i - 1) & bit(Role::article)) == 0) return false;
  const bool last = at.i + 1 == at.words.size() || at.tokens[at.i].gap == Gap::sentence;
  return last || (roles_at(at, at.i + 1) & bit(Role::filler)) != 0;
}

bool is_refused_part(const Place& at) {
  if (at.language != Language::en || at.words[at.i].text != "no") return false;
  if (at.i + 2 >= at.words.size() || at.tokens[at.i + 1].gap >= Gap::comma) return false;
  return (roles_at(at, at.i + 1) & bit(Role::ingredient)) != 0;
}

}  // namespace aura::agent
