#include "actors/agent/lexicon.h"

#include <algorithm>
#include <bit>

#include "actors/agent/text.h"

namespace aura::agent {
namespace {

template <class Visit>
void for_each_part(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::vector<std::string> words_of(std::string_view phrase, bool& accented) {
  Tokens tokens;
  tokens.assign(phrase, 16);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    words.emplace_back(tokens.word(i));
    accented |= tokens[i].accented;
  }
  return words;
}

bool starts_here(const std::vector<std::string>& phrase, Words words, std::size_t at,
                 bool& accented) {
  if (phrase.size() > words.size() - at) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (phrase[i] != words[at + i].text) return false;
    accented |= words[at + i].accented;
  }
  return true;
}

constexpr std::size_t kShortestPart = 3;  // of a compound

bool same_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return std::is_permutation(a.begin(), a.end(), b.begin());
}

}  // namespace

const Lexicon& Lexicon::instance() {
  static const Lexicon lexicon;
  return lexicon;
}

Lexicon::Lexicon() {
  for (const RoleRow& row : role_rows()) {
    for_each_part(row.phrases, '|', [&](std::string_view phrase) { add_phrase(row, phrase); });
  }
  std::uint32_t id = 0;
  for (const ConceptRow& row : concept_rows()) {
    std::size_t column = 0;
    for_each_part(row.columns, '|', [&](std::string_view words) {
      const Language language = kLanguages[column++];
      for_each_part(words, ',', [&](std::string_view word) { add_concepts(id, language, word); });
    });
    ++id;
  }
  add_spellings();
}

void Lexicon::add_phrase(const RoleRow& row, std::string_view phrase) {
  bool accented = false;
  std::vector<std::string> words = words_of(phrase, accented);
  auto& places = phrases_by_word_[words.front()];
  auto place = std::find_if(places.begin(), places.end(),
                            [&](std::uint32_t p) { return phrases_[p].words == words; });
  if (place == places.end()) {
    places.push_back(static_cast<std::uint32_t>(phrases_.size()));
    place = places.end() - 1;
    phrases_.push_back(Phrase{std::move(words), {}, {}});
  }
  Phrase& entry = phrases_[*place];
  auto& roles = accented ? entry.accented : entry.plain;
  roles[index_of(row.language)] |= bit(row.role);
}

void Lexicon::add_concepts(std::uint32_t id, Language language, std::string_view phrase) {
  if (phrase.front() != '*') return add_concept(id, language, phrase);
  phrase.remove_prefix(1);
  for (const std::string_view ending : {"", "e", "er", "es", "en", "em"})
    add_concept(id, language, std::string(phrase).append(ending));
}

void Lexicon::add_concept(std::uint32_t id, Language language, std::string_view phrase) {
  ConceptPhrase entry;
  entry.id = id;
  entry.language = language;
  entry.speakers_only = phrase.front() == '~';
  entry.idiom = phrase.front() == '!';
  entry.words = words_of(phrase, entry.accented);
  concept_words_.insert(entry.words.begin(), entry.words.end());
  concepts_by_word_[entry.words.front()].push_back(static_cast<std::uint32_t>(concepts_.size()));
  concepts_.push_back(std::move(entry));
}

void Lexicon::add_spellings() {
  for (const Phrase& phrase : phrases_) {
    for (const Language language : kLanguages) {
      if ((phrase.plain[index_of(language)] | phrase.accented[index_of(language)]) == 0) continue;
      for (const std::string& word : phrase.words) {
        if (word.size() >= 3) {
          spellings_[index_of(language)].push_back({word, letter_set(word)});
        }
      }
    }
  }
}

Roles Lexicon::roles_of(const Phrase& phrase, bool accented, Language language) {
  constexpr std::size_t kAmbiguousBelow =
      4;  // "té" is not "te", but "habitación" may lose its mark
  const Roles plain = phrase.plain[index_of(language)];
  const Roles marked = phrase.accented[index_of(language)];
  if (!accented) return plain != 0 ? plain : marked;
  if (marked != 0) return marked;
  const bool clear = phrase.words.size() > 1 || phrase.words[0].size() >= kAmbiguousBelow;
  return clear ? plain : 0;
}

namespace {

// Calls `visit(phrase, accented)` for each expression that begins at `at`, if `may_be_better` says
// so of its number of words.
template <class Places, class Expression, class MayBeBetter, class Visit>
void for_each_match(const Places& places, const std::vector<Expression>& all, Words words,
                    std::size_t at, MayBeBetter may_be_better, Visit visit) {
  const auto found = places.find(words[at].text);
  if (found == places.end()) return;
  for (const std::uint32_t place : found->second) {
    const Expression& one = all[place];
    bool accented = false;
    if (may_be_better(one.words.size()) && starts_here(one.words, words, at, accented))
      visit(one, accented);
  }
}

}  // namespace

PhraseMatch Lexicon::phrase_at(Words words, std::size_t at, Language language) const {
  PhraseMatch best;
  const auto longer = [&](std::size_t count) { return count > best.words; };
  const auto take = [&](const Phrase& phrase, bool accented) {
    const Roles roles = roles_of(phrase, accented, language);
    if (roles == 0) return;
    // A "livre" is a book, and no "livré" without its mark.
    const bool lost_mark =
        !accented && phrase.words.size() == 1 && phrase.plain[index_of(language)] == 0;
    const ConceptPhrase* thing = lost_mark ? one_word_concept(phrase.words[0], language) : nullptr;
    if (thing == nullptr || thing->accented) best = {roles, phrase.words.size()};
  };
  for_each_match(phrases_by_word_, phrases_, words, at, longer, take);
  return best;
}

ConceptMatch Lexicon::concept_at(Words words, std::size_t at, Language reader,
                                 Language other) const {
  ConceptMatch best;
  int best_rank = 0;
  const auto no_shorter = [&](std::size_t count) { return count >= best.words; };
  const auto take = [&](const ConceptPhrase& phrase, bool accented) {
    // "the" is tea only to a French reader, "thé" to everyone.
    const bool lost_mark = phrase.accented && !accented && phrase.words[0].size() < 4;
    if ((phrase.speakers_only || lost_mark) && phrase.language != reader) return;
    const int rank = phrase.language == reader ? 3 : phrase.language == other ? 2 : 1;
    if (phrase.words.size() == best.words && rank <= best_rank) return;
    best = {phrase.id, phrase.words.size(), phrase.idiom};
    best_rank = rank;
  };
  for_each_match(concepts_by_word_, concepts_, words, at, no_shorter, take);
  return best;
}

Lexicon::LanguageMatch Lexicon::languages_of(const Phrase& phrase, bool accented) {
  // Nouns are told apart as concepts.
  constexpr Roles kNouns = bit(Role::ingredient);
  constexpr Roles kStrong =
      bit(Role::greeting) | bit(Role::thanks) | bit(Role::goodbye) | bit(Role::price);
  LanguageMatch match{0, phrase.words.size(), false};
  for (const Language language : kLanguages) {
    Roles roles = roles_of(phrase, accented, language) & ~kNouns;
    // English lists foreign connectors for names of dishes; they are no evidence for English.
    if (language == Language::en) roles &= ~bit(Role::connector);
    if (roles != 0) match.languages |= 1u << index_of(language);
    match.strong = match.strong || (roles & kStrong) != 0;
  }
  return match;
}

Lexicon::LanguageMatch Lexicon::languages_at(Words words, std::size_t at) const {
  LanguageMatch best;
  const auto longer = [&](std::size_t count) { return count > best.words; };
  const auto take = [&](const Phrase& phrase, bool accented) {
    const LanguageMatch match = languages_of(phrase, accented);
    if (match.languages != 0) best = match;
  };
  for_each_match(phrases_by_word_, phrases_, words, at, longer, take);
  return best;
}

unsigned Lexicon::concept_languages_of(const Word& word) const {
  unsigned languages = 0;
  const auto found = concepts_by_word_.find(word.text);
  if (found == concepts_by_word_.end()) return 0;
  for (const std::uint32_t place : found->second) {
    if (concepts_[place].words.size() == 1 && !concepts_[place].speakers_only) {
      languages |= 1u << index_of(concepts_[place].language);
    }
  }
  return languages;
}

std::string_view Lexicon::nearest_word(std::string_view word, Language language) const {
  if (word.size() < 3) return {};
  const int limit = word.size() >= 8 ? 2 : 1;
  const std::uint32_t letters = letter_set(word);
  std::string_view best;
  int best_distance = limit + 1;
  for (const Spelling& known : spellings_[index_of(language)]) {
    const auto sizes = static_cast<int>(known.word.size()) - static_cast<int>(word.size());
    if (std::abs(sizes) > limit || known.word[0] != word[0]) continue;
    if (std::popcount(letters ^ known.letters) > 2 * limit) continue;
    if (word.size() < 5 && !same_letters(word, known.word)) continue;
    const int distance = edit_distance(word, known.word, limit);
    if (distance == 0) return {};  // the word itself is part of an expression
    if (distance < best_distance) {
      best_distance = distance;
      best = known.word;
    }
  }
  return best;
}

const Lexicon::ConceptPhrase* Lexicon::one_word_concept(std::string_view word,
                                                        Language language) const {
  const auto found = concepts_by_word_.find(word);
  if (found == concepts_by_word_.end()) return nullptr;
  for (const std::uint32_t place : found->second) {
    const ConceptPhrase& phrase = concepts_[place];
    if (phrase.words.size() == 1 && phrase.language == language) return &phrase;
  }
  return nullptr;
}

std::vector<std::uint32_t> Lexicon::split_compound(std::string_view word) const {
  std::vector<std::uint32_t> parts;
  if (word.size() < 7) return parts;
  for (std::size_t cut = kShortestPart; cut + kShortestPart <= word.size(); ++cut) {
    const ConceptPhrase* head = one_word_concept(word.substr(cut), Language::de);
    if (head == nullptr) continue;
    std::string_view rest = word.substr(0, cut);
    const ConceptPhrase* first = one_word_concept(rest, Language::de);
    for (const std::string_view link : {"n", "s", "en", "e", "es"}) {
      if (first != nullptr || !rest.ends_with(link)) continue;
      first = one_word_concept(rest.substr(0, rest.size() - link.size()), Language::de);
    }
    if (first != nullptr) return {first->id, head->id};
  }
  return parts;
}

// What only looks like a kind is none: "Preis" is no "Eis" and no "Reis", "asiatisch" no "Tisch".
std::optional<std::uint32_t> Lexicon::compound_head(std::string_view word) const {
  const auto is_kind = [](std::string_view end) {
    return (end.size() > kShortestPart || end == "tee" || end == "rad") && !end.ends_with("isch");
  };
  for (std::size_t cut = kShortestPart; cut + kShortestPart <= word.size(); ++cut) {
    const std::string_view end = word.substr(cut);
    const ConceptPhrase* head = one_word_concept(end, Language::de);
    if (head != nullptr && !head->speakers_only && is_kind(end)) {
      const bool syllable = word.substr(0, cut).find_first_of("aeiouy") != word.npos;
      return syllable ? std::optional(head->id) : std::nullopt;
    }
    const Word alone{end, false};
    if (phrase_at({&alone, 1}, 0, Language::de).words == 1) return std::nullopt;
  }
  return std::nullopt;
}

std::string_view Lexicon::freed_of(Words words, std::size_t at, Language language) const {
  constexpr std::size_t kLongestEnding = 2;
  constexpr std::string_view kFree = "frei";
  std::string_view what = words[at].text;
  if (language == Language::de) {
    const std::size_t end = what.rfind(kFree);
    if (end == what.npos || what.size() - end > kFree.size() + kLongestEnding) return {};
    what = what.substr(0, end);
  } else if (at + 1 >= words.size() || words[at + 1].text != "free") {
    return {};
  }
  const Word word{what, false};
  if (what.empty()) return {};
  return (phrase_at({&word, 1}, 0, language).roles & bit(Role::ingredient)) != 0
             ? what
             : std::string_view();
}

std::optional<std::uint32_t> Lexicon::english_head(std::string_view word) const {
  for (std::size_t cut = kShortestPart; cut + kShortestPart < word.size(); ++cut) {
    const ConceptPhrase* head = one_word_concept(word.substr(cut), Language::en);
    if (head != nullptr && one_word_concept(word.substr(0, cut), Language::en) != nullptr)
      return head->id;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> concept_ids(std::string_view words) {
  std::vector<std::uint32_t> ids;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const Word word{words.substr(0, end), false};
    const ConceptMatch match =
        Lexicon::instance().concept_at({&word, 1}, 0, Language::en, Language::en);
    if (match.words > 0) ids.push_back(match.id);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return ids;
}

}  // namespace aura::agent
