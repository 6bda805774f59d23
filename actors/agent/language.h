// The six languages of the embedded agent. A language is detected by words that only it uses; the
// workspace's locale breaks ties.
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

// Evidence for each language in a text; all zero if there is none.
std::array<int, kLanguageCount> language_scores(std::string_view text);
Language detect_language(std::string_view text, Language hint);

}  // namespace aura::agent
