#include "actors/agent/language.h"

#include <algorithm>
#include <bit>

#include "actors/agent/lexicon.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr std::array<std::string_view, kLanguageCount> kCodes{"en", "es", "fr", "de", "pt", "it"};

// Letters and punctuation marks that indicate a language by themselves.
struct Sign {
  std::string_view text;
  Language language;
  int weight;
};
constexpr Sign kSigns[] = {
    {"¿", Language::es, 24}, {"¡", Language::es, 24}, {"ñ", Language::es, 24},
    {"ß", Language::de, 24}, {"ä", Language::de, 6},  {"ö", Language::de, 4},
    {"ü", Language::de, 4},  {"ã", Language::pt, 24}, {"õ", Language::pt, 24},
    {"ê", Language::fr, 2},  {"ê", Language::pt, 2},  {"œ", Language::fr, 8},
    {"ù", Language::fr, 2},  {"ù", Language::it, 2},  {"ò", Language::it, 6},
    {"ì", Language::it, 6},  {"ç", Language::fr, 2},  {"ç", Language::pt, 3},
};

}  // namespace

std::string_view code(Language language) { return kCodes[index_of(language)]; }

Language language_of_locale(std::string_view locale) {
  const std::string lower =
      fold(locale.substr(0, std::min(locale.find_first_of("-_"), locale.size())));
  for (const Language language : kLanguages) {
    if (lower == code(language)) return language;
  }
  return Language::en;
}

namespace {

constexpr int kLead = LanguageScores::kWord + 4;  // a word of its own, and one that three share

// Gives so many words to the languages that have them.
void credit(LanguageScores& scores, unsigned languages, int words, int points) {
  if (languages == 0) return;
  const int share = points / std::popcount(languages);
  for (const Language language : kLanguages) {
    if ((languages >> index_of(language) & 1u) == 0) continue;
    scores.points[index_of(language)] += share;
    scores.known[index_of(language)] += words;
  }
}

void add_signs(std::string_view text, LanguageScores& scores) {
  if (std::none_of(text.begin(), text.end(), [](char c) { return c < 0; })) return;
  for (const Sign& sign : kSigns) {
    if (text.find(sign.text) != text.npos) scores.points[index_of(sign.language)] += sign.weight;
  }
}

}  // namespace

bool LanguageScores::tell() const {
  return std::any_of(points.begin(), points.end(), [](int p) { return p != 0; });
}

std::optional<Language> LanguageScores::leader(int by) const {
  const auto best = std::max_element(points.begin(), points.end());
  const auto near = [&](int p) { return p > *best - by; };
  if (std::count_if(points.begin(), points.end(), near) > 1 || *best < by) return std::nullopt;
  return kLanguages[static_cast<std::size_t>(best - points.begin())];
}

Language LanguageScores::choose(Language hint) const {
  const auto best =
      static_cast<std::size_t>(std::max_element(points.begin(), points.end()) - points.begin());
  const std::size_t own = index_of(hint);
  const int lead = points[best] - points[own];
  const bool has_all = known[best] == words && known[own] < words;
  return lead >= kLead || (lead > 0 && has_all) ? kLanguages[best] : hint;
}

LanguageScores language_scores(std::string_view text, const IsName& is_name) {
  constexpr std::size_t kEnough = 64;           // words
  constexpr std::size_t kEnoughForSigns = 512;  // bytes
  constexpr int kThing = 3;                     // what is spoken of tells less than how it is said
  LanguageScores scores;
  LanguageScores things;
  thread_local Tokens tokens;
  thread_local std::vector<Word> words;
  tokens.assign(text, kEnough);
  words.clear();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    words.push_back({tokens.word(i), tokens[i].accented});
  }
  for (std::size_t i = 0; i < words.size();) {
    auto match = Lexicon::instance().languages_at(words, i);
    const bool grammar = match.languages != 0;
    if (!grammar) match = {Lexicon::instance().concept_languages_of(words[i]), 1};
    const bool names = match.words == 1 && is_name && is_name(words[i].text);
    if (names || tokens[i].number) match = {};  // tells nothing
    const int count = static_cast<int>(match.words);
    const int weight = match.strong ? 2 : 1;
    credit(grammar ? scores : things, match.languages, count,
           count * weight * LanguageScores::kWord);
    scores.words += count;
    i += std::max<std::size_t>(match.words, 1);
  }
  const bool only_things = !scores.tell();
  for (std::size_t i = 0; i < kLanguageCount; ++i) {
    scores.points[i] += only_things ? things.points[i] : things.points[i] / kThing;
    scores.known[i] += things.known[i];
  }
  add_signs(text.substr(0, kEnoughForSigns), scores);
  return scores;
}

Language detect_language(std::string_view text, Language hint) {
  return language_scores(text).choose(hint);
}

}  // namespace aura::agent
