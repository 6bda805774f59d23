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
    {"¿", Language::es, 12}, {"¡", Language::es, 12}, {"ñ", Language::es, 6},
    {"ß", Language::de, 12}, {"ä", Language::de, 6},  {"ö", Language::de, 4},
    {"ü", Language::de, 4},  {"ã", Language::pt, 8},  {"õ", Language::pt, 8},
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

std::array<int, kLanguageCount> language_scores(std::string_view text) {
  constexpr std::size_t kEnough = 64;  // words
  std::array<int, kLanguageCount> scores{};
  thread_local Tokens tokens;
  thread_local std::vector<Word> words;
  tokens.assign(text, kEnough);
  words.clear();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    words.push_back({tokens.word(i), tokens[i].accented});
  }
  for (std::size_t i = 0; i < words.size();) {
    const auto match = Lexicon::instance().languages_at(words, i);
    i += std::max<std::size_t>(match.words, 1);
    if (match.languages == 0) continue;
    const int share = static_cast<int>(match.words) * 12 / std::popcount(match.languages);
    for (const Language language : kLanguages) {
      if ((match.languages >> index_of(language) & 1u) != 0) scores[index_of(language)] += share;
    }
  }
  if (std::any_of(text.begin(), text.end(), [](char c) { return c < 0; })) {
    const std::string_view start = text.substr(0, 512);
    for (const Sign& sign : kSigns) {
      if (start.find(sign.text) != start.npos) scores[index_of(sign.language)] += sign.weight;
    }
  }
  return scores;
}

Language detect_language(std::string_view text, Language hint) {
  auto scores = language_scores(text);
  const auto best = std::max_element(scores.begin(), scores.end());
  if (*best == 0 || scores[index_of(hint)] == *best) return hint;
  return kLanguages[static_cast<std::size_t>(best - scores.begin())];
}

}  // namespace aura::agent
