// Questions to the demo café about the most and the least, about two things at once, and about
// ingredients, in the six languages; no answer may contain an amount that no row has.
#include <gtest/gtest.h>

#include "actors/agent/phrases.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

TEST(CafeDegrees, TheCheapestOfAKindIsItsRow) {
  expect_rows({
      {"what is your cheapest drink?", {"Sparkling Water", "$2.95"}, {"stamp", "•"}},
      {"cheapest coffee?", {"Espresso", "$3.25"}, {"Beans", "•"}},
      {"what's the cheapest cake you have?", {"Carrot Cake", "$6.25"}, {"Chocolate"}},
      {"what's the least expensive sandwich?", {"Grilled Cheese Sandwich", "$10.50"}, {"•"}},
      {"which tea is the cheapest?", {"Earl Grey Tea", "Green Tea", "Peppermint Tea", "$3.50"}},
      {"cheapest cake without chocolate?", {"Carrot Cake", "$6.25"}},
      {"¿cuál es la bebida más barata?", {"Sparkling Water", "$2.95"}, {"•"}},
      {"¿cuál es el pastel más barato?", {"Carrot Cake", "$6.25"}, {"Chocolate"}},
      {"quelle est la boisson la moins chère ?", {"Sparkling Water", "$2.95"}, {"•"}},
      {"le gâteau le moins cher ?", {"Carrot Cake", "$6.25"}, {"Chocolate"}},
      {"Was ist das günstigste Getränk?", {"Sparkling Water", "$2.95"}, {"•"}},
      {"welcher Kuchen ist am billigsten?", {"Carrot Cake", "$6.25"}, {"Chocolate"}},
      {"qual é a bebida mais barata?", {"Sparkling Water", "$2.95"}, {"•"}},
      {"qual é o bolo mais barato?", {"Carrot Cake", "$6.25"}, {"Chocolate"}},
      {"qual è la bevanda più economica?", {"Sparkling Water", "$2.95"}, {"•"}},
      {"qual è la torta più economica?", {"Carrot Cake", "$6.25"}, {"Chocolate"}},
  });
}

TEST(CafeDegrees, TheDearestOfAKindIsItsRow) {
  expect_rows({
      {"what's your most expensive cake?", {"Whole Birthday Cake", "$58.00"}, {"Carrot"}},
      {"what is the most expensive drink", {"Berry Smoothie", "$6.50"}, {"Beans", "Fish"}},
      {"what is the most expensive thing on the menu?", {"Whole Birthday Cake", "$58.00"}, {"Box"}},
      {"what is the most expensive item?", {"Office Catering Box", "$120.00"}, {"Birthday"}},
      {"¿cuál es la tarta más cara?", {"Whole Birthday Cake", "$58.00"}, {"Carrot"}},
      {"quel est le gâteau le plus cher ?", {"Whole Birthday Cake", "$58.00"}, {"Carrot"}},
      {"Was ist euer teuerster Kuchen?", {"Whole Birthday Cake", "$58.00"}, {"Carrot"}},
      {"qual é o bolo mais caro?", {"Whole Birthday Cake", "$58.00"}, {"Carrot"}},
      {"qual è la torta più cara?", {"Whole Birthday Cake", "$58.00"}, {"Carrot"}},
  });
}

TEST(CafeDegrees, TheCheapestAloneIsOfWhatWasAskedFor) {
  expect_rows({{"the cheapest?", {"Carrot Cake", "$6.25"}, {"Chocolate"}},
               {"and the most expensive?", {"Whole Birthday Cake", "$58.00"}, {"Carrot"}}},
              after("what cakes do you have?"));
  expect_rows({{"what's the cheapest?", {"Oat Cookie", "Sparkling Water", "$2.95"}}});
}

// One row that carries the word is not the least of a kind: the menu may have more of it.
TEST(CafeDegrees, OneRowIsTheLeastOfNothing) {
  const std::vector<const char*> wanted{"Fisherman's Breakfast", "$15.95"};
  expect_rows({
      {"what's the cheapest breakfast?", wanted, {"least expensive"}},
      {"what's the most expensive breakfast?", wanted, {"most expensive"}},
      {"¿cuál es el desayuno más barato?", wanted, {"Lo más"}},
      {"quel est le petit déjeuner le moins cher ?", wanted, {"Le moins"}},
      {"was ist das günstigste Frühstück?", wanted, {"Am günstigsten"}},
      {"qual é o café da manhã mais barato?", wanted, {"O mais"}},
      {"qual è la colazione più economica?", wanted, {"Il più"}},
  });
}

TEST(CafeDegrees, OneOfAKindIsOfTheSameKindAsMany) {
  expect_rows({
      {"qual è il dolce più economico?", {"Oat Cookie", "$2.95"}, {"Carrot"}},
      {"il dolce meno caro?", {"Oat Cookie", "$2.95"}, {"Carrot"}},
      {"il panino più caro?", {"Grilled Cheese Sandwich", "$10.50"}, {"Cinnamon"}},
  });
}

TEST(CafeDegrees, WhatIsNotThereHasNoCheapest) {
  for (const char* question : {"what's your cheapest pizza?", "¿cuál es la pizza más barata?",
                               "quelle est la pizza la moins chère ?"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_NE(reply.text.find(phrase(Phrase::not_found, reply.language)), std::string::npos)
        << question << " → " << reply.text;
    EXPECT_EQ(reply.text.find('$'), std::string::npos) << question << " → " << reply.text;
  }
}

// Of all that is sold, or of the kind that is asked for: of its services, too.
TEST(CafeDegrees, TheCheapestOfAllMayBeAService) {
  std::vector<CatalogItem> items;
  const auto add = [&](const char* name, std::int64_t price, ItemKind kind) {
    CatalogItem& item = items.emplace_back();
    item.id = make_id(1, static_cast<std::uint32_t>(items.size()));
    item.name = name;
    item.has_price = true;
    item.price_minor = price;
    item.currency = "BRL";
    item.available = true;
    item.kind = kind;
  };
  add("Mechas", 35000, ItemKind::service);
  add("Manicure", 3500, ItemKind::service);
  add("Condicionador", 5490, ItemKind::product);
  add("Óleo de argan", 7900, ItemKind::product);
  const auto shop = RetrievalIndex::build({"Salão", "pt-BR", "BRL", "UTC", ""}, items, {});
  expect_answers(shop, {{"qual o mais barato?", {"Manicure"}, {"Condicionador"}},
                        {"qual o serviço mais caro?", {"Mechas"}, {"Óleo"}},
                        {"qual o produto mais caro?", {"Óleo"}, {"Mechas"}},
                        {"your cheapest service?", {"Manicure"}, {"Condicionador"}},
                        {"¿cuál es el producto más barato?", {"Condicionador"}, {"Manicure"}},
                        {"quais serviços vocês fazem?", {"Mechas"}, {"Condicionador"}}});
}

TEST(CafeDegrees, ACompoundIsOfTheKindOfItsLastPart) {
  const auto shop = make_shop({"Radwerk", "de-DE", "EUR", "Europe/Berlin", ""},
                              {{"Kinderrad 20 Zoll", 29900},
                               {"Stadtrad", 64900},
                               {"E-Bike", 219900},
                               {"Reifenwechsel", 1500, "Pro Rad, vorne oder hinten."},
                               {"Helm", 4990}},
                              {});
  expect_answers(shop, {{"das teuerste rad?", {"E-Bike", "2.199,00"}, {"Kinderrad"}},
                        {"welches Rad ist am billigsten?", {"Kinderrad"}, {"Reifenwechsel"}},
                        {"welche Räder habt ihr?", {"E-Bike", "Stadtrad", "Kinderrad"}},
                        {"ich habe 700 Euro, welches Rad bekomme ich?",
                         {"Stadtrad", "Kinderrad"},
                         {"Reifenwechsel", "E-Bike"}}});
}

TEST(CafeDegrees, WhatCannotBeHadIsNotTheCheapest) {
  const auto shop = make_shop(
      {"Bar", "en-US", "USD", "UTC", ""},
      {{"Plum cake", 100, "", false}, {"Nut cake", -1}, {"Apple cake", 500}, {"Lemon cake", 400}},
      {});
  const Proposal reply = ask(shop, "what's your cheapest cake?");
  EXPECT_NE(reply.text.find("Lemon cake, at $4.00"), std::string::npos) << reply.text;
  ASSERT_EQ(reply.claims.size(), 2u);
  EXPECT_EQ(reply.claims[1].amount_minor, 400);
}

TEST(CafeDegrees, AskingForLessIsNotAskingForTheLeast) {
  for (const char* question : {"can you do it cheaper?", "¿me lo deja más barato?",
                               "pode fazer mais barato?", "me lo fai più economico?"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_NE(reply.text.find(phrase(Phrase::listed_prices_only, reply.language)),
              std::string::npos)
        << question << " → " << reply.text;
  }
}

TEST(CafeDegrees, TwoAtOnceAreBothTold) {
  const char* both[] = {"Latte", "$4.75", "Cappuccino", "$4.50"};
  for (const char* question :
       {"cheaper, the latte or the cappuccino?", "is the cappuccino more expensive than the latte?",
        "how much for a latte and a cappuccino together?", "¿es más caro el cappuccino o el latte?",
        "le latte est-il plus cher que le cappuccino ?", "ist der Latte teurer als der Cappuccino?",
        "o cappuccino é mais caro que o latte?", "è più caro il latte o il cappuccino?"}) {
    const std::string text = ask(demo_shop(), question).text;
    for (const char* part : both)
      EXPECT_NE(text.find(part), std::string::npos) << question << " → " << text;
    EXPECT_EQ(text.find("$9"), std::string::npos) << question << " → " << text;
  }
  for (const char* question :
       {"how much for both?", "¿cuánto por los dos?", "combien pour les deux ?",
        "was kosten beide?", "quanto custam os dois?", "quanto costano entrambi?"}) {
    expect_rows({{question, {"Latte", "$4.75", "Cappuccino", "$4.50"}, {"$9"}}},
                after("how much is the cappuccino?", after("how much is a latte?")));
  }
}

TEST(CafeDegrees, HowManyNamesThePriceOfOne) {
  expect_rows(
      {{"how much for two lattes?", {"Latte", "$4.75"}, {"$9"}},
       {"three lattes, one mocha and a green tea - total?", {"$4.75", "$5.25", "$3.50"}, {"$23"}}});
}

TEST(CafeDegrees, WhatFoodHoldsIsOnlySaidIfItIsKnown) {
  for (const char* question :
       {"how many calories in the cheesecake", "nutritional information for the brownie?",
        "how much protein is in the granola bowl?", "¿cuántas calorías tiene la tarta de queso?",
        "combien de calories dans le cheesecake ?", "Wie viele Kalorien hat der Käsekuchen?",
        "quantas calorias tem o cheesecake?", "quante calorie ha la cheesecake?"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_NE(reply.text.find(phrase(Phrase::no_information, reply.language)), std::string::npos)
        << question << " → " << reply.text;
    EXPECT_TRUE(reply.text.ends_with(phrase(Phrase::offer_person, reply.language)))
        << question << " → " << reply.text;
    EXPECT_EQ(reply.text.find('$'), std::string::npos) << question << " → " << reply.text;
  }
  const auto shop = make_shop(
      {"Bar", "en-US", "USD", "UTC", ""},
      {{"Plum cake", 300, "With plums, 320 kcal a slice."}, {"Seed cake", 300, "With poppy."}},
      {make_document(1, "Calories", "A slice of seed cake has 400 kcal.")});
  EXPECT_NE(ask(shop, "how many calories in the seed cake?").text.find("400 kcal"),
            std::string::npos);
  const auto bare = make_shop({"Bar", "en-US", "USD", "UTC", ""},
                              {{"Plum cake", 300, "With plums, 320 kcal a slice."}}, {});
  EXPECT_NE(ask(bare, "how many calories in the plum cake?").text.find("320 kcal"),
            std::string::npos);
}

}  // namespace
}  // namespace aura::agent::testing
