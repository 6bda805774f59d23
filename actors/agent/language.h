// The six languages the embedded agent speaks, and how one is recognised: words that only one of
// them uses, with the workspace's locale as the tie-break.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace aura::agent {

enum class Language : unsigned char { en, es, fr, de, pt, it };
inline constexpr std::size_t kLanguageCount = 6;
inline constexpr std::array kLanguages{Language::en, Language::es, Language::fr,
                                       Language::de, Language::pt, Language::it};

constexpr std::size_t index_of(Language language) { return static_cast<std::size_t>(language); }

std::string_view code(Language language);              // "en"
Language language_of_locale(std::string_view locale);  // "de-AT" → de; others → en

// How strongly a text looks like each language; all zero when nothing tells.
std::array<int, kLanguageCount> language_scores(std::string_view text);
Language detect_language(std::string_view text, Language hint);

}  // namespace aura::agent
