#include "actors/agent/language.h"

#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

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

Language answered_in(const std::shared_ptr<const RetrievalIndex>& shop, const char* text,
                     std::vector<PastMessage> before = {}) {
  return testing::ask(shop, text, std::move(before)).language;
}

TEST(Language, WhatCouldBeEitherStaysInTheHints) {
  for (const char* text :
       {"mug in green?", "sushi in portland", "iced latte in large", "aura ceramic mug in blue?",
        "non alcoholic drinks", "red hat", "latte art class", "car wash?", "pour over",
        "tacos al pastor", "my son's cake"}) {
    EXPECT_EQ(answered_in(testing::demo_shop(), text), Language::en) << text;
    EXPECT_EQ(answered_in(testing::salon(), text), Language::en) << text;
  }
  EXPECT_EQ(answered_in(testing::demo_shop(), "pain au chocolat"), Language::en);
  EXPECT_EQ(answered_in(testing::tool_shop(), "Hammer in 500 g"), Language::de);
  EXPECT_EQ(answered_in(testing::tool_shop(), "Leiter in Alu"), Language::de);
}

TEST(Language, WhatWasSpokenBeforeIsAHint) {
  const std::vector<PastMessage> spanish = {{Author::contact, "hola, ¿cuánto cuesta el latte?"},
                                            {Author::ai, "Latte cuesta $4.75."}};
  EXPECT_EQ(answered_in(testing::demo_shop(), "latte grande?", spanish), Language::es);
  EXPECT_EQ(answered_in(testing::demo_shop(), "mocha?", spanish), Language::es);
  EXPECT_EQ(answered_in(testing::demo_shop(), "ok", spanish), Language::es);
  EXPECT_EQ(answered_in(testing::demo_shop(), "how much is the mocha?", spanish), Language::en);
  EXPECT_EQ(answered_in(testing::demo_shop(), "e un latte",
                        {{Author::contact, "vorrei due torte al cioccolato"}}),
            Language::it);
  const std::vector<PastMessage> english = {{Author::contact, "how much is the hammer?"},
                                            {Author::ai, "Hammer 500 g is 18,95 €."}};
  EXPECT_EQ(answered_in(testing::tool_shop(), "ladder in black?", english), Language::en);
}

TEST(Language, AFewWordsOfOneLanguageAreEnough) {
  const std::pair<const char*, Language> rows[] = {{"gracias", Language::es},
                                                   {"danke", Language::de},
                                                   {"merci", Language::fr},
                                                   {"carta", Language::es},
                                                   {"precio latte", Language::es},
                                                   {"combien la pizza ?", Language::fr},
                                                   {"un café por favor", Language::es},
                                                   {"einen Kaffee bitte", Language::de},
                                                   {"tem bolo de chocolate?", Language::pt},
                                                   {"avete la birra?", Language::it}};
  for (const auto& [text, language] : rows)
    EXPECT_EQ(code(answered_in(testing::demo_shop(), text)), code(language)) << text;
}

TEST(Language, OfLocale) {
  EXPECT_EQ(language_of_locale("pt-BR"), Language::pt);
  EXPECT_EQ(language_of_locale("de_AT"), Language::de);
  EXPECT_EQ(language_of_locale("nl-NL"), Language::en);
  EXPECT_EQ(language_of_locale(""), Language::en);
}

}  // namespace
}  // namespace aura::agent
