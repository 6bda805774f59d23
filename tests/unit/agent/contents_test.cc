// What a thing is made of, and what several cost together: in the six languages, in the café and in
// shops of other trades.
#include <gtest/gtest.h>

#include <array>

#include "actors/agent/phrases.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

constexpr const char* kAllergens = "we cannot rule out traces";

TEST(Contents, AreAnsweredByWhatIsSaidOfTheItem) {
  expect_rows({
      {"is there milk in the latte?", {"steamed milk", kAllergens}, {"$", "Oat milk for"}},
      {"does the latte have milk", {"steamed milk", kAllergens}, {"$"}},
      {"how much milk is in the latte?", {"steamed milk", kAllergens}, {"$"}},
      {"milk in my cappuccino?", {"steamed milk", kAllergens}, {"$"}},
      {"is there chocolate in the mocha?", {"dark chocolate", kAllergens}, {"$"}},
      {"¿hay leche en el latte?", {"steamed milk", kAllergens}, {"$"}},
      {"¿el latte tiene leche?", {"steamed milk", kAllergens}, {"$"}},
      {"y a-t-il du lait dans le latte ?", {"steamed milk", kAllergens}, {"$"}},
      {"ist Milch im Latte?", {"steamed milk", kAllergens}, {"$"}},
      {"hat der Latte Milch?", {"steamed milk", kAllergens}, {"$"}},
      {"tem leite no latte?", {"steamed milk", kAllergens}, {"$"}},
      {"o latte tem leite?", {"steamed milk", kAllergens}, {"$"}},
      {"c'è latte nel cappuccino?", {"steamed milk", kAllergens}, {"$"}},
  });
  expect_answers(pizzeria(), {{"c'è aglio nella marinara?", {"aglio e origano"}, {"€"}},
                              {"ci sono uova nel tiramisù?", {"uova fresche"}, {"€"}},
                              {"is there garlic in the pizza marinara?", {"aglio"}, {"€"}},
                              {"c'è latte nella marinara?", {"senza latte"}, {"€"}}});
}

TEST(Contents, ThatAreNotKnownAreSaidNotToBe) {
  for (const char* question :
       {"is there egg in the carrot cake", "are there eggs in the pancakes",
        "any fish in the caesar salad?", "do the pancakes have eggs?",
        "is there soy in the brownie", "¿hay huevo en la tarta de zanahoria?",
        "¿la tarta de zanahoria tiene huevo?", "il y a des œufs dans le brownie ?",
        "sind Eier im Karottenkuchen?", "gibt es Fisch im Caesar Salad?",
        "tem ovo no bolo de cenoura?", "ci sono uova nella torta di carote?",
        "is there onion in the tomato soup?"}) {
    const Proposal reply = ask(demo_shop(), question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_NE(reply.text.find(phrase(Phrase::contents_unknown, reply.language)), std::string::npos);
    EXPECT_NE(reply.text.find(kAllergens), std::string::npos);
    EXPECT_TRUE(offers_person(reply.text));
    EXPECT_EQ(reply.text.find('$'), std::string::npos);
  }
  for (const char* question :
       {"c'è pesce nelle lasagne?", "are there eggs in the lasagne?", "¿hay huevo en las lasagne?",
        "sind Eier in den Lasagne?", "il y a du lait dans la panna cotta ?"}) {
    const Proposal reply = ask(pizzeria(), question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_NE(reply.text.find(phrase(Phrase::contents_unknown, reply.language)), std::string::npos);
    EXPECT_TRUE(offers_person(reply.text));
    EXPECT_EQ(reply.text.find("€"), std::string::npos);
  }
}

TEST(Contents, OfWhatWasSpokenOf) {
  expect_rows({{"is there milk in it?", {"steamed milk", kAllergens}, {"$"}},
               {"does it have milk?", {"steamed milk", kAllergens}, {"$"}},
               {"and with oat milk?", {"Oat milk for Latte (+$0.80)"}}},
              after("how much is a latte?"));
}

TEST(Contents, AnOptionOrAThingOfItsOwnIsNone) {
  expect_rows({{"almond milk in my cappuccino?", {"Almond milk for Cappuccino (+$0.80)"}},
               {"do you have oat milk?", {"Oat milk", "+$0.80"}, {kAllergens}},
               {"iced latte in large", {"Iced Latte"}, {kAllergens}},
               {"mug in green?", {"Aura Ceramic Mug"}, {kAllergens}},
               {"do you have chocolate cake?", {"Chocolate Cake", "$6.50"}, {kAllergens}},
               {"how much is a latte with milk?", {"Latte is $4.75"}}});
  expect_answers(salon(), {{"how much is a haircut in colour?", {"£"}, {"can't say"}}});
}

TEST(Totals, AreNotOnePrice) {
  const std::array<const char*, 3> rows[] = {
      {"I want 2 chocolate cakes", "and 1 latte", "how much altogether?"},
      {"I want 2 chocolate cakes", "and 1 latte", "how much is that in total?"},
      {"2 chocolate cakes please", "a latte, too", "total?"},
      {"quiero 2 tartas de chocolate", "y un latte", "¿cuánto es en total?"},
      {"je voudrais 2 gâteaux au chocolat", "et un latte", "combien ça fait au total ?"},
      {"ich möchte 2 Schokoladenkuchen", "und einen Latte", "was macht das zusammen?"},
      {"quero 2 bolos de chocolate", "e um latte", "quanto fica no total?"},
      {"vorrei 2 torte al cioccolato", "e un latte", "quanto fa in totale?"}};
  for (const auto& [first, second, question] : rows) {
    const Proposal reply = ask(demo_shop(), question, after(second, after(first)));
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_NE(reply.text.find("$6.50"), std::string::npos);
    EXPECT_NE(reply.text.find("$4.75"), std::string::npos);
    EXPECT_NE(reply.text.find(phrase(Phrase::prices_not_added, reply.language)), std::string::npos);
    EXPECT_TRUE(offers_person(reply.text));
  }
  expect_rows({{"how much altogether", {"$4.75", "$3.25", "add them up"}, {"$8"}}},
              after("1 latte and 1 espresso"));
  expect_rows({{"total for 2 espressos and a mocha?", {"$3.25", "$5.25", "add them up"}, {"$11"}},
               {"a latte and an espresso please. how much in total?",
                {"$4.75", "$3.25", "add them up"},
                {"$8"}}});
  expect_answers(
      tool_shop(), {{"was macht das zusammen?", {"18,95", "89,00", "zusammenrechnen"}, {"107"}}},
      after_in(tool_shop(), "und eine Leiter", after_in(tool_shop(), "ich möchte einen Hammer")));
}

TEST(Totals, BeginWithTheOrder) {
  expect_rows(
      {{"how much is that altogether?", {"$6.50", "$4.75"}, {"$16.00"}}},
      after("and a latte", after("I'd like a chocolate cake", after("how much is the mug?"))));
}

}  // namespace
}  // namespace aura::agent::testing
