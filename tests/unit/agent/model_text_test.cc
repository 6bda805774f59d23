// What a language model wrote becomes an answer only if every fact in it has a row.
#include "actors/agent/model_text.h"

#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

Shop cafe() {
  static const auto shop = make_shop(
      {"Harbor Café", "en-US", "USD", "UTC", "We are open from 7 am to 6 pm every day."},
      {{"Latte",
        475,
        "Espresso with milk.",
        true,
        {{"Oat milk", 80}, {"Small", -20}, {"Decaf", 0}}},
       {"Chocolate cake", 450, "Dark and moist."},
       {"Scone", 300, "", false},
       {"Catering", -1, "For your party."}},
      {make_document(1, "Delivery", "We deliver within 5 kilometres. Delivery costs $3.")});
  return shop;
}

TurnContext asked(const Shop& shop, std::string text) {
  TurnContext context;
  context.index = shop;
  context.text = std::move(text);
  return context;
}

// i1 … i4 in the order of the rows; d1 and d2 of the document, d3 of the profile.
ModelSources sources_of(const Shop& shop) {
  ModelSources sources;
  for (const CatalogItem& item : shop->items()) sources.items.push_back(&item);
  for (const Passage& passage : shop->passages()) sources.sentences.push_back(passage);
  return sources;
}

ModelTextResult read(std::string_view written, Language language = Language::en) {
  return read_model_text(written, sources_of(cafe()), asked(cafe(), "?"), language);
}

std::string text(std::string_view written) {
  const auto result = read(written);
  if (!result) return std::string("refused: ") + result.error();
  EXPECT_TRUE(check_claims(result->text, result->claims, *cafe()).empty()) << result->text;
  return result->text;
}

std::string refusal(std::string_view written, Language language = Language::en) {
  const auto result = read(written, language);
  return result ? "taken: " + result->text : result.error();
}

TEST(ModelText, EveryReferenceBecomesItsRowsValueAndAClaim) {
  const auto result =
      read("Our {{i1.name}} costs {{ i1.price }}, with {{i1.o1.name}} {{i1.o1.price}}.");
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->text, "Our Latte costs $4.75, with Oat milk +$0.80.");
  ASSERT_EQ(result->claims.size(), 4u);
  EXPECT_EQ(result->claims[1].kind, ClaimKind::price);
  EXPECT_EQ(result->claims[1].amount_minor, 475);
  EXPECT_EQ(result->claims[1].source, cafe()->items()[0].id);
  EXPECT_EQ(result->claims[1].revision, cafe()->items()[0].revision);
  EXPECT_EQ(text("{{i1.o2.name}}: {{i1.o2.price}} for the {{i1.name}}"),
            "Small: -$0.20 (Small, Latte) for the Latte");
}

TEST(ModelText, APriceNeverStandsBehindTheNameOfAnotherItem) {
  EXPECT_EQ(text("It costs {{i1.price}}."), "It costs $4.75 (Latte).");
  EXPECT_EQ(text("{{i2.name}} costs {{i1.price}}."), "Chocolate cake costs $4.75 (Latte).");
  EXPECT_EQ(text("The chocolate cake costs {{i1.price}}."),
            "The chocolate cake costs $4.75 (Latte).");
  EXPECT_EQ(text("{{i1.name}} and chocolate cake: {{i1.price}}"),
            "Latte and chocolate cake: $4.75 (Latte)");
  EXPECT_EQ(text("We have {{i1.name}}. It costs {{i2.price}}."),
            "We have Latte. It costs $4.50 (Chocolate cake).");
  EXPECT_EQ(text("The latte costs {{i1.price}}, the {{i2.name}} {{i2.price}}."),
            "The latte costs $4.75 (Latte), the Chocolate cake $4.50.");
}

TEST(ModelText, APriceIsNotLentToAnItemWhoseNameTheModelsOwnWordsComplete) {
  const Shop shop = make_shop({"Corner", "en-US", "USD", "UTC", ""},
                              {{"Latte", 475}, {"Iced Latte", 525}, {"Latte Art Class", 4500}}, {});
  ModelSources sources;
  sources.items = {&shop->items()[0]};  // the others are not shown to the model
  const auto said = [&](std::string_view written) {
    return read_model_text(written, sources, asked(shop, "?"), Language::en)
        .value_or(ModelText{})
        .text;
  };
  EXPECT_EQ(said("Our iced {{i1.name}} costs {{i1.price}}."),
            "Our iced Latte costs $4.75 (Latte).");
  EXPECT_EQ(said("The {{i1.name}} Art Class costs {{i1.price}}."),
            "The Latte Art Class costs $4.75 (Latte).");
  EXPECT_EQ(said("The {{i1.name}} costs {{i1.price}}."), "The Latte costs $4.75.");
}

TEST(ModelText, SentencesAreQuotedWordByWordUnlessTheyNameAnAmount) {
  EXPECT_EQ(text("{{d1}} See you!"), "We deliver within 5 kilometres. See you!");
  EXPECT_EQ(text("{{d3}}"), "We are open from 7 am to 6 pm every day.");
  EXPECT_EQ(refusal("{{d2}}"), "unbacked") << "Delivery costs $3.";
}

TEST(ModelText, WhatCannotBeHadIsSaidToBeSo) {
  EXPECT_EQ(text("{{i3.stock}}"), "Scone is not available at the moment, I'm afraid.");
  EXPECT_EQ(text("{{i1.stock}}"), "Yes, we have Latte.");
  const std::string correction = "\nScone is not available at the moment, I'm afraid.";
  EXPECT_EQ(text("{{i3.name}} costs {{i3.price}}."), "Scone costs $3.00." + correction);
  EXPECT_EQ(text("Yes, we have the scone!"), "Yes, we have the scone!" + correction);
}

TEST(ModelText, APersonIsOfferedOrTakesOver) {
  const auto offer = read("I do not know that. {{person}}");
  ASSERT_TRUE(offer);
  EXPECT_TRUE(offer->offers_person);
  EXPECT_EQ(offer->text, "I do not know that.");
  const auto handover = read("{{handover}}");
  ASSERT_TRUE(handover);
  EXPECT_TRUE(handover->hands_over);
}

TEST(ModelText, UnknownReferencesAreRefused) {
  for (const char* written :
       {"{{i9.price}}", "{{i0.price}}", "{{i1}}", "{{i1.cost}}", "{{i1.price.x}}",
        "{{i1.o9.price}}", "{{i1.o1}}", "{{d9}}", "{{d1.x}}", "{{price}}", "{{}}", "{{i1.price",
        "i1.price}}", "{i1.price}", "{{i-1.price}}", "{{i1 .price}}",
        "{{i99999999999999999999.price}}", "{{i4.price}}", "{{{i1.price}}}"})
    EXPECT_EQ(refusal(written), "placeholder") << written;
  EXPECT_EQ(refusal(""), "empty");
  EXPECT_EQ(refusal(" \n"), "empty");
}

TEST(ModelText, WhatTheModelWroteItselfNamesNoAmount) {
  for (const char* written : {"It costs $4.75.",
                              "It costs 4.75.",
                              "It costs five dollars.",
                              "The price is five.",
                              "Only ５ today",
                              "½ price",
                              "⑤ bucks",
                              "٥ dollars",
                              "fifty percent off",
                              "50 % off",
                              "with a discount",
                              "half price today",
                              "buy one get two",
                              "a fiver",
                              "That is 10 USD",
                              "It's {{i1.price}} minus 10%.",
                              "two for one",
                              "the second one is free",
                              "Everything is free today.",
                              "It is on sale.",
                              "Use this coupon.",
                              "We refund it.",
                              "Only a few left!",
                              "It is sold out.",
                              "It is in stock.",
                              "There are three of them.",
                              "see www.evil.example",
                              "see https://evil.example/pay",
                              "write to x@evil.example",
                              "[pay](evil.example/a)",
                              "{{i1.name}} 4",
                              "Pay by 4\u200B.\u200B75"})
    EXPECT_FALSE(read(written)) << written;
  const std::pair<Language, const char*> others[] = {
      {Language::de, "Das kostet nur fünf Euro."},
      {Language::de, "Heute ist alles für dich kostenlos."},
      {Language::de, "Davon haben wir noch drei."},
      {Language::de, "Der Kuchen ist leider ausverkauft."},
      {Language::es, "Hoy te lo damos gratis con el café."},
      {Language::es, "Nos quedan tres de esos."},
      {Language::fr, "C'est offert avec le café pour vous."},
      {Language::fr, "Il nous en reste trois pour vous."},
      {Language::pt, "Hoje é gratuito para você, com desconto."},
      {Language::it, "Oggi è gratis con il caffè."},
  };
  for (const auto& [language, written] : others)
    EXPECT_EQ(refusal(written, language), "unbacked") << written;
}

TEST(ModelText, OrdinaryWordsAreTaken) {
  const std::pair<Language, const char*> good[] = {
      {Language::en, "Yes, of course! Feel free to ask if you need anything else."},
      {Language::en, "I'm not sure about that, sorry. Would you like to know anything else?"},
      {Language::en, "That sounds lovely. When would you like to come?"},
      {Language::de, "Ja, gerne! Wenn du noch Fragen hast, melde dich einfach."},
      {Language::de, "Das weiß ich leider nicht."},
      {Language::es, "¡Claro que sí! Si necesitas algo más, aquí estoy."},
      {Language::fr, "Bien sûr, avec plaisir ! Avez-vous une autre question ?"},
      {Language::pt, "Claro! Não sei isso, mas posso ajudar com outra coisa."},
      {Language::it, "Certo! Se sei interessato, ti aiuto volentieri."},
      {Language::en, "Thanks! 😊"},
      {Language::en, "You're welcome!"},
  };
  for (const auto& [language, written] : good)
    EXPECT_EQ(refusal(written, language), std::string("taken: ") + written);
}

TEST(ModelText, LanguagesWhoseWordsOfMoneyAreUnknownAreNotTaken) {
  for (const char* written :
       {"Bugün tüm kekler yarı fiyatına, acele edin lütfen", "Сегодня всё бесплатно для вас",
        "今日は全部無料です", "Dzisiaj wszystko jest za darmo dla ciebie"})
    EXPECT_EQ(refusal(written), "language") << written;
}

TEST(ModelText, WhatDoesNotFitTheChannelIsNotCut) {
  TurnContext context = asked(cafe(), "?");
  context.channel.max_text_bytes = 20;
  const auto result = read_model_text("Yes, we have the very best of them here.",
                                      sources_of(cafe()), context, Language::en);
  ASSERT_FALSE(result);
  EXPECT_STREQ(result.error(), "too_long");
}

}  // namespace
}  // namespace aura::agent::testing
