// What a customer picks from a list, says in numbers, or wishes of the item spoken of.
// Expectations are facts, not wordings.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

TEST(Picks, ANumberOrAnOrdinalIsAPlaceInTheList) {
  const auto teas = after("what teas do you have?");
  const std::vector<const char*> others = {"Earl Grey", "Peppermint"};
  expect_rows({{"number 2 please", {"Green Tea", "$3.50"}, others},
               {"2", {"Green Tea"}, others},
               {"no. 2", {"Green Tea"}, others},
               {"the 2nd one", {"Green Tea"}, others},
               {"the first two", {"Earl Grey", "Green Tea"}, {"Peppermint"}},
               {"the last two", {"Green Tea", "Peppermint"}, {"Earl Grey"}},
               {"all of them", {"Earl Grey", "Green Tea", "Peppermint"}},
               {"5", {}, {"$"}}},
              teas);
  expect_rows({{"nummer 2 bitte", {"Green Tea"}, others}, {"alle", {"Earl Grey", "Peppermint"}}},
              after("welche Tees habt ihr?"));
  expect_rows({{"el número 2", {"Green Tea"}, others},
               {"los dos primeros", {"Earl Grey", "Green Tea"}, {"Peppermint"}}},
              after("¿qué tés tienen?"));
  expect_rows({{"o número 2", {"Green Tea", "custa"}, others}}, after("que chás vocês têm?"));
  expect_rows({{"il numero 2", {"Green Tea"}, others}}, after("che tè avete?"));
  expect_rows({{"2", {"Latte", "$4.75"}, {"Mocha"}}}, after("how much is the latte?"));
}

TEST(Picks, AnAmountOrADegreeIsAskedOfTheList) {
  const auto cakes = after("what cakes do you have?");
  expect_rows({{"for 7 dollars?", {"Chocolate Cake", "Cheesecake"}, {"Birthday", "Espresso"}},
               {"under 6.40 dollars?", {"Carrot Cake"}, {"Chocolate", "Espresso"}},
               {"anything cheaper?", {"Carrot Cake", "$6.25"}, {"listed prices"}}},
              cakes);
  expect_rows({{"can i get one for $50?", {"listed prices", "Gift Card", "$25.00"}, {"Espresso"}}},
              after("do you have gift cards?"));
}

TEST(Picks, LeavingOutAnIngredientIsAWish) {
  const std::vector<const char*> none = {"All right"};
  expect_rows({{"no sugar please", {"Latte", "can't say for certain"}, none}},
              after("how much is the latte?"));
  expect_rows({{"kein Zucker bitte", {"Latte"}, {"Alles klar"}}}, after("was kostet der Latte?"));
  expect_rows({{"no, thanks", {"All right"}}}, after("how much is the latte?"));
}

TEST(Picks, ADateOfAHolidayIsNoEndOfASentence) {
  expect_rows({{"habt ihr am 25. Dezember offen?", {"Nein"}},
               {"are you open on 25/12", {"No"}},
               {"seid ihr am 25.12. da?", {"Nein", "7:00 am"}}});
}

TEST(Picks, WhatAskedForMostIsAnswered) {
  expect_rows({{"does the loyalty card expire?", {"do not expire"}, {"Apple Pay"}},
               {"is $20 enough for fish and chips?", {"$18.50"}},
               {"my budget is 15 dollars for breakfast", {"$"}, {"don't have that"}}});
}

TEST(Picks, AnItemMayBeCalledByANumberOrAMeasure) {
  const Shop shop = make_shop(
      {"Librería Sol", "es-ES", "EUR", "Europe/Madrid", ""},
      {{"1984", 1250, "De George Orwell."}, {"Rayuela", 1900}, {"Taza de cerámica", 900}}, {});
  expect_answers(shop, {{"¿tienen 1984?", {"1984", "12,50"}},
                        {"1984", {"12,50"}, {"Rayuela"}},
                        {"¿cuánto cuesta 1984?", {"12,50"}, {"Rayuela"}},
                        {"¿cuánto cuesta la taza?", {"9,00"}, {"Rayuela"}},
                        {"¿qué hay por 1984 euros?", {"Rayuela"}}});
}

TEST(Picks, WhatIsNamedWhollyComesBeforeWhatIsDescribed) {
  const Shop shop =
      make_shop({"Radwerk", "de-DE", "EUR", "Europe/Berlin", ""},
                {{"Reifenwechsel", 1500}, {"Bremsen einstellen", 2000, "Vorne und hinten."}}, {});
  expect_answers(shop, {{"Reifenwechsel vorne und hinten, was kostet das?",
                         {"Reifenwechsel", "15,00"},
                         {"Bremsen"}}});
}

}  // namespace
}  // namespace aura::agent::testing
