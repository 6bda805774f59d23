// Whole kinds of things, what must not be in them, and the options of one: in the six languages and
// in shops of other trades.
#include <gtest/gtest.h>

#include "actors/agent/phrases.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

TEST(Kinds, AreListed) {
  for (const char* question :
       {"what desserts do you have", "anything sweet?", "¿qué postres tienen?", "quels desserts ?",
        "welche Desserts habt ihr?", "que sobremesas têm?", "che dolci avete?"}) {
    expect_rows({{question, {"• ", "Cake"}, {"Latte", "Beans", "Salad"}}});
  }
  expect_rows({{"show me drinks", {"• Espresso"}, {"Oat and almond", "Salad", "Beans"}},
               {"what cold drinks do you have?", {"Iced Latte"}, {"Espresso", "Soup"}},
               {"¿qué bebidas frías tienen?", {"Iced Latte"}, {"Espresso"}},
               {"lunch?", {"Caesar Salad", "Tomato Soup"}, {"reserve", "Latte"}},
               {"¿cuál es el plato más caro?", {"Fish and Chips", "$18.50"}},
               {"quel est le plat le plus cher ?", {"Fish and Chips"}},
               {"most expensive coffee", {"Mocha"}, {"Beans"}}});
  expect_answers(bakery(),
                 {{"quels desserts avez-vous ?", {"Gâteau au chocolat", "Tarte au citron"}},
                  {"what drinks do you have?", {"Thé vert", "Café crème"}, {"Baguette"}}});
  expect_answers(pizzeria(), {{"avete bevande?", {"Acqua frizzante"}, {"Pizza"}}});
}

TEST(Kinds, ARecommendationIsALookAcross) {
  for (const char* question :
       {"what do you recommend?", "what's most popular", "¿qué recomiendas?",
        "que recommandez-vous ?", "was empfehlt ihr?", "o que recomenda?", "cosa consigliate?"}) {
    expect_rows({{question, {"• Espresso"}}});
  }
  expect_answers(tool_shop(), {{"was empfehlt ihr?", {"• Hammer"}}});
  expect_rows({{"which cake do you recommend?", {"Carrot Cake"}, {"Espresso"}}});
}

TEST(Kinds, WithoutSomethingIsWhatSaysSo) {
  for (const char* question :
       {"something without caffeine", "algo sin cafeína", "quelque chose sans caféine",
        "etwas ohne Koffein", "algo sem cafeína", "qualcosa senza caffeina"}) {
    expect_rows({{question, {"Peppermint Tea"}, {"Espresso", "Latte"}}});
  }
  expect_answers(pizzeria(), {{"something without caffeine", {"person"}, {"€"}}});
}

TEST(Kinds, OnlyWhatIsFitForADietIsListed) {
  expect_rows({{"do you have any gluten free cakes",
                {"Gluten-Free Brownie"},
                {"layer cake", "• Carrot", "walnuts"}},
               {"¿tienen pasteles sin gluten?", {"Gluten-Free Brownie"}, {"walnuts"}},
               {"habt ihr glutenfreie Kuchen?", {"Gluten-Free Brownie"}, {"walnuts"}},
               {"is there gluten in the croissant?", {"Butter Croissant"}, {"Brownie:"}},
               {"¿hay gluten en el croissant?", {"Butter Croissant"}, {"Brownie:"}},
               {"is the chocolate cake gluten free?", {"ganache"}, {"Almond flour"}}});
  const auto shop = make_shop(
      {"Shoes", "en-US", "USD", "UTC", ""},
      {{"Vegan Boots", 9900, "Made of cork."}, {"Leather Boots", 14900}, {"Suede Boots", 13900}},
      {});
  expect_answers(shop, {{"do you have vegan boots?", {"Vegan Boots"}, {"Leather"}}});
}

TEST(Kinds, OptionsOfAnItemAreAllNamed) {
  const std::vector<const char*> all = {"Oat milk", "Almond milk", "Vanilla syrup", "Large"};
  for (const char* question : {"what sizes do lattes come in", "which toppings for the latte?",
                               "¿qué tamaños hay de latte?", "quelles tailles pour le latte ?",
                               "welche Größen gibt es beim Latte?", "que tamanhos tem o latte?",
                               "che formati ha il latte?"}) {
    expect_rows({{question, all, {"Cappuccino"}}});
  }
  expect_rows({{"what sizes?", all, {"Cappuccino"}}}, after("how much is a latte?"));
  expect_rows({{"what toppings for hot chocolate", {"Whipped cream", "+$0.50"}}});
  expect_answers(bakery(), {{"quels suppléments pour le café crème ?", {"Lait d'avoine"}}});
  expect_answers(tool_shop(), {{"welche Größen hat der Hammer?", {"liegt mir nicht vor"}, {"€"}}});
}

TEST(Kinds, AnOptionIsOneOfTheItemThatIsNamed) {
  expect_rows({{"latte with oat milk and vanilla syrup, large",
                {"Oat milk for Latte", "Vanilla syrup for Latte", "Large for Latte"},
                {"Americano", "Cappuccino"}},
               {"how much is a cappuccino with almond milk, large",
                {"Almond milk for Cappuccino", "Large for Cappuccino"},
                {"Americano", "Latte"}},
               {"how much is a latte and do you have oat milk?",
                {"Latte is $4.75", "Oat milk for Latte"},
                {"Cappuccino", "Flat White"}}});
  expect_rows({{"how much with oat milk and large",
                {"Oat milk for Latte", "Large for Latte"},
                {"Americano", "Cappuccino"}}},
              after("latte"));
}

}  // namespace
}  // namespace aura::agent::testing
