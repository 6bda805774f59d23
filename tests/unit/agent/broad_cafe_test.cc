// A broad sweep over the demo café in six languages: kinds, price limits and ranges, times in
// words, everyday names, what nobody knows. Expectations are facts, not wordings.
#include <gtest/gtest.h>

#include "tests/unit/agent/more_shops.h"

namespace aura::agent::testing {
namespace {

TEST(BroadCafe, AKindIncludesCompoundNames) {
  expect_rows({
      {"what cakes do you have?", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"which cakes are there today", {"Carrot Cake", "Cheesecake"}, {"Pancakes", "Mug"}},
      {"any cake?", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"do you sell cakes", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"show me your cakes", {"Chocolate Cake", "Cheesecake"}},
      {"¿qué pasteles tienen?", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"¿qué tartas tenéis?", {"Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"quels gâteaux avez-vous ?", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"welche Kuchen habt ihr?", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"was für Torten gibt es?", {"Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"que bolos vocês têm?", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"che torte avete?", {"Chocolate Cake", "Carrot Cake", "Cheesecake"}, {"Pancakes"}},
      {"how much is the cake?", {"Chocolate Cake", "$6.50", "Carrot Cake", "Cheesecake"}},
      {"what teas do you have", {"Earl Grey Tea", "Green Tea", "Peppermint Tea"}, {"Croissant"}},
      {"welche Tees habt ihr?", {"Earl Grey Tea", "Green Tea", "Peppermint Tea"}},
      {"habt ihr grünen Tee?", {"Green Tea", "$3.50"}, {"Earl Grey"}},
      {"what croissants do you have?", {"Butter Croissant", "Almond Croissant"}},
      {"quelles pâtisseries avez-vous ?", {"Croissant", "Cinnamon Roll"}},
  });
}

}  // namespace
}  // namespace aura::agent::testing
