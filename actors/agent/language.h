// The six languages of the embedded agent, and how one is recognised: by words that only one of
// them uses, weighed against the hint of the conversation or the workspace's locale. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace aura::agent {

enum class Language : unsigned char { en, es, fr, de, pt, it };
inline constexpr std::size_t kLanguageCount = 6;
inline constexpr std::array kLanguages{Language::en, Language::es, Language::fr,
                                       Language::de, Language::pt, Language::it};

constexpr std::size_t index_of(Language language) { return static_cast<std::size_t>(language); }

std::string_view code(Language language);              // "en"
Language language_of_locale(std::string_view locale);  // "de-AT" → de; others → en

// How strongly a text looks like each language. Words that occur in a name of the shop's catalog
// tell nothing about the customer's language ("pain au chocolat").
struct LanguageScores {
  std::array<int, kLanguageCount>
      points{};  // kWord for a word that only this language has; else less
  std::array<int, kLanguageCount> known{};  // words of the text that the language has
  int words = 0;                            // words of the text that could tell
  static constexpr int kWord = 12;

  bool tell() const;
  // The language that leads every other by so many points; by default two words or a sign.
  std::optional<Language> leader(int by = 2 * kWord) const;
  // Another language than the hint only if it leads the hint by more than a word, or has every word
  // of the text while the hint has not. A short text that could be either stays in the hint.
  Language choose(Language hint) const;
};
using IsName = std::function<bool(std::string_view folded)>;
LanguageScores language_scores(std::string_view text, const IsName& is_name = {});
Language detect_language(std::string_view text, Language hint);

}  // namespace aura::agent
