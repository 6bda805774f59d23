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

TEST(BroadCafe, TimesInWords) {
  constexpr const char* kYes[] = {"Yes, going by", "Sí, según",      "Oui, d'après",
                                  "Ja, nach",      "Sim, segundo o", "Sì, secondo"};
  constexpr const char* kNo[] = {"No, going by", "No, según",      "Non, d'après",
                                 "Nein, nach",   "Não, segundo o", "No, secondo"};
  expect_rows({
      {"are you open at half past nine on saturday morning?", {kYes[0]}},
      {"are you open at half past nine on saturday?", {"8:00 am and close"}, {kYes[0], kNo[0]}},
      {"are you open at half past seven on sunday morning?", {kNo[0]}},
      {"are you open at noon?", {kYes[0]}},
      {"are you open at midnight?", {kNo[0]}},
      {"open at seven in the evening on monday?", {kNo[0]}},
      {"are you open at quarter to seven pm on saturday", {kYes[0]}},
      {"are you still open at six thirty pm on tuesday?", {kNo[0]}},
      {"are you open at ten o'clock in the morning?", {kYes[0]}},
      {"¿están abiertos a las siete y media de la mañana el lunes?", {kYes[1]}},
      {"¿abren el domingo a las siete y media de la mañana?", {kNo[1]}},
      {"¿abren a mediodía?", {kYes[1]}},
      {"¿están abiertos a medianoche?", {kNo[1]}},
      {"¿abrís el sábado a las nueve menos cuarto de la mañana?", {kYes[1]}},
      {"êtes-vous ouverts à midi ?", {kYes[2]}},
      {"êtes-vous ouverts à minuit ?", {kNo[2]}},
      {"vous êtes ouverts le samedi à neuf heures et demie du matin ?", {kYes[2]}},
      {"vous êtes ouverts le lundi à sept heures du soir ?", {kNo[2]}},
      {"habt ihr um halb acht am Sonntag Morgen offen?", {kNo[3]}},
      {"habt ihr montags um halb acht morgens geöffnet?", {kYes[3]}},
      {"habt ihr am Samstag um viertel nach neun vormittags offen?", {kYes[3]}},
      {"habt ihr um Mitternacht offen?", {kNo[3]}},
      {"seid ihr mittags um zwölf da? habt ihr um zwölf Uhr mittags geöffnet?", {kYes[3]}},
      {"vocês estão abertos ao meio-dia?", {kYes[4]}},
      {"estão abertos à meia-noite?", {kNo[4]}},
      {"abrem no sábado às nove e meia da manhã?", {kYes[4]}},
      {"abrem às sete da noite na segunda?", {kNo[4]}},
      {"siete aperti a mezzogiorno?", {kYes[5]}},
      {"siete aperti a mezzanotte?", {kNo[5]}},
      {"siete aperti sabato alle nove e mezza di mattina?", {kYes[5]}},
      {"siete aperti lunedì alle sette di sera?", {kNo[5]}},
      {"are you open at half past?", {"7:00 am to 6:00 pm"}, {kYes[0], kNo[0]}},
  });
}

}  // namespace
}  // namespace aura::agent::testing
