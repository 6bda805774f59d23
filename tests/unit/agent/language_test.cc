#include "actors/agent/language.h"

#include <gtest/gtest.h>

namespace aura::agent {
namespace {

TEST(Language, IsRecognised) {
  EXPECT_EQ(detect_language("how much is the cake?", Language::de), Language::en);
  EXPECT_EQ(detect_language("¿cuánto cuesta el pastel?", Language::en), Language::es);
  EXPECT_EQ(detect_language("combien coûte le gâteau ?", Language::en), Language::fr);
  EXPECT_EQ(detect_language("was kostet der Kuchen?", Language::en), Language::de);
  EXPECT_EQ(detect_language("quanto custa o bolo?", Language::en), Language::pt);
  EXPECT_EQ(detect_language("quanto costa la torta?", Language::en), Language::it);
}

TEST(Language, HintDecidesWhenNothingTells) {
  EXPECT_EQ(detect_language("latte?", Language::fr), Language::fr);
  EXPECT_EQ(detect_language("12345 !!!", Language::it), Language::it);
}

TEST(Language, OfLocale) {
  EXPECT_EQ(language_of_locale("pt-BR"), Language::pt);
  EXPECT_EQ(language_of_locale("de_AT"), Language::de);
  EXPECT_EQ(language_of_locale("nl-NL"), Language::en);
  EXPECT_EQ(language_of_locale(""), Language::en);
}

}  // namespace
}  // namespace aura::agent
