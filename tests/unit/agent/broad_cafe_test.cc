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

TEST(BroadCafe, PricesUnderALimit) {
  const std::vector<const char*> dear = {"$24.95", "$18.50", "$14.50", "$16.00", "$25.00"};
  expect_rows({
      {"anything under $4?", {"$3.25"}, dear},
      {"what do you have for less than 4 dollars", {"$3.25"}, dear},
      {"what can I get for under five dollars?", {"$3.25"}, dear},
      {"drinks under $4", {"Espresso", "Green Tea"}, {"$4.95", "$5.25", "$6.50"}},
      {"cakes under $6.50?", {"Carrot Cake"}, {"Cheesecake", "$58"}},
      {"something sweet for less than 4 dollars", {"Oat Cookie", "$2.95"}, {"$6.50"}},
      {"anything cheaper than $3.50?", {"$2.95"}, {"$4.75", "$6.50"}},
      {"¿qué tienen por menos de 4 dólares?", {"$3.25"}, dear},
      {"¿hay algo por menos de cuatro dólares?", {"$3.25"}, dear},
      {"bebidas por menos de 4 dólares", {"Espresso"}, {"$4.95", "$5.25"}},
      {"qu'est-ce que vous avez à moins de 4 dollars ?", {"$3.25"}, dear},
      {"des boissons à moins de quatre dollars ?", {"Espresso"}, {"$4.95", "$5.25"}},
      {"was gibt es unter 4 Dollar?", {"$3.25"}, dear},
      {"Getränke unter vier Dollar?", {"Espresso"}, {"$4.95", "$5.25"}},
      {"o que tem por menos de 4 dólares?", {"$3.25"}, dear},
      {"bebidas até 4 dólares", {"Espresso"}, {"$4.95", "$5.25"}},
      {"cosa avete sotto i 4 dollari?", {"$3.25"}, dear},
      {"bevande a meno di quattro dollari", {"Espresso"}, {"$4.95", "$5.25"}},
  });
}

TEST(BroadCafe, PricesInARange) {
  const std::vector<const char*> outside = {"$2.95", "$3.25", "$8.50", "$12.50", "$25.00"};
  expect_rows({
      {"anything between 5 and 7 dollars?", {"$6.50"}, outside},
      {"what do you have between $5 and $7", {"$6.50"}, outside},
      {"something from 5 to 7 dollars", {"$6.50"}, outside},
      {"$5-$7 options?", {"$6.50"}, outside},
      {"drinks between four and five dollars", {"Latte", "$4.75"}, {"Espresso", "$6.50"}},
      {"¿qué hay entre 5 y 7 dólares?", {"$6.50"}, outside},
      {"algo de 5 a 7 dólares", {"$6.50"}, outside},
      {"vous avez quoi entre 5 et 7 dollars ?", {"$6.50"}, outside},
      {"was habt ihr zwischen 5 und 7 Dollar?", {"$6.50"}, outside},
      {"Kuchen zwischen 6 und 6,60 Dollar?", {"Carrot Cake", "Chocolate Cake"}, {"Cheesecake"}},
      {"o que vocês têm entre 5 e 7 dólares?", {"$6.50"}, outside},
      {"cosa avete tra 5 e 7 dollari?", {"$6.50"}, outside},
      {"do you have anything over $50?", {"$58.00"}, {"$3.25", "$25.00"}},
      {"cakes over 20 dollars", {"Whole Birthday Cake", "$58.00"}, {"$6.50", "$6.25"}},
      {"gibt es etwas über 50 Dollar?", {"$58.00"}, {"$3.25", "$25.00"}},
      {"¿tienen algo de más de 50 dólares?", {"$58.00"}, {"$3.25", "$25.00"}},
      {"quelque chose à plus de 50 dollars ?", {"$58.00"}, {"$3.25", "$25.00"}},
      {"qualcosa sopra i 50 dollari?", {"$58.00"}, {"$3.25", "$25.00"}},
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

TEST(BroadCafe, EverydayNames) {
  expect_rows({
      {"do you have fizzy water?", {"Sparkling Water", "$2.95"}},
      {"how much is a bottle of mineral water", {"Sparkling Water"}},
      {"got any OJ?", {"Orange Juice", "$4.95"}},
      {"can I get a cuppa? what teas are there", {"Green Tea"}},
      {"how much is a hot choc", {"Hot Chocolate", "$4.50"}},
      {"do you sell gift vouchers?", {"Gift Card", "$25.00"}},
      {"can I buy a voucher for my mum?", {"Gift Card", "$25.00"}},
      {"do you do gift certificates", {"Gift Card"}},
      {"¿venden vales de regalo?", {"Gift Card", "$25.00"}},
      {"¿tienen cheques regalo?", {"Gift Card"}},
      {"avez-vous des chèques-cadeaux ?", {"Gift Card", "$25.00"}},
      {"je cherche un bon cadeau", {"Gift Card"}},
      {"habt ihr Gutscheine?", {"Gift Card", "$25.00"}},
      {"kann ich einen Geschenkgutschein kaufen?", {"Gift Card", "$25.00"}},
      {"vocês vendem vale-presente?", {"Gift Card", "$25.00"}},
      {"têm cartões de oferta?", {"Gift Card"}},
      {"avete buoni regalo?", {"Gift Card", "$25.00"}},
      {"vendete gift card?", {"Gift Card"}},
      {"how much is an expresso?", {"Espresso", "$3.25"}},
      {"¿cuánto cuesta el expreso?", {"Espresso", "$3.25"}},
      {"lobsterroll?", {"Lobster Roll"}},
      {"how much is teh choclate caek", {"Chocolate Cake", "$6.50"}},
      {"agua con gas, ¿cuánto es?", {"Sparkling Water", "$2.95"}},
      {"une eau gazeuse s'il vous plaît, c'est combien ?", {"Sparkling Water", "$2.95"}},
      {"was kostet ein Mineralwasser?", {"Sparkling Water", "$2.95"}},
      {"quanto custa uma água com gás?", {"Sparkling Water", "$2.95"}},
      {"quanto viene l'acqua frizzante?", {"Sparkling Water", "$2.95"}},
      {"quanto custa o suco de laranja?", {"Orange Juice", "$4.95"}},
      {"combien coûte le jus d'orange pressé ?", {"Orange Juice", "$4.95"}},
      {"was kostet ein O-Saft?", {"Orange Juice", "$4.95"}},
  });
}

TEST(BroadCafe, WhatIsNotSoldIsNotReplaced) {
  expect_rows({
      {"do you have coke?", {}, {"$16", "Mug", "Cookie"}},
      {"how much is a coca cola", {}, {"Cocoa", "Cookie"}},
      {"do you sell sushi", {"can't find"}, {"$"}},
      {"habt ihr Cola?", {}, {"Cookie"}},
      {"¿tienen tacos?", {"no encuentro"}, {"$"}},
      {"vous avez des huîtres ?", {"ne trouve pas"}, {"$"}},
      {"vocês têm feijoada?", {"não encontro"}, {"$"}},
      {"avete il risotto?", {"non lo trovo"}, {"$"}},
      {"verkauft ihr Regenschirme?", {"finde ich leider nicht"}, {"$"}},
      {"Hallo, macht ihr auch Hochzeitstorten?", {"Menschen aus unserem Team"}},
      {"Salut ! Vous faites des raclettes ?", {"une personne de notre équipe"}},
      {"do you sell beer?", {}, {"$18.50"}},
  });
}

TEST(BroadCafe, AttributesNobodyToldAreNotKnown) {
  expect_unknown(demo_shop(), {
                                  "is the mug dishwasher safe?",
                                  "how big is the mug?",
                                  "is the mug made of porcelain?",
                                  "what colour is the tote bag?",
                                  "does the gift card expire?",
                                  "is the salmon wild?",
                                  "¿la taza es apta para lavavajillas?",
                                  "¿cuánto pesa la bolsa?",
                                  "la tasse va au lave-vaisselle ?",
                                  "de quelle couleur est le sac ?",
                                  "ist der Becher spülmaschinenfest?",
                                  "wie schwer ist die Tasche?",
                                  "a caneca pode ir ao micro-ondas?",
                                  "de que cor é a sacola?",
                                  "la tazza va in lavastoviglie?",
                                  "quanto pesa la borsa?",
                              });
}

TEST(BroadCafe, AttributesThatAreToldAreQuoted) {
  expect_rows({
      {"is the tote bag made of cotton?", {"Sturdy cotton"}},
      {"is the bag cotton?", {"Sturdy cotton"}},
      {"what is the tote bag made of?", {"Sturdy cotton"}},
      {"what colour is the mug?", {"sea green"}},
      {"¿la bolsa es de algodón?", {"Sturdy cotton"}},
      {"le sac est-il en coton ?", {"Sturdy cotton"}},
      {"ist die Tasche aus Baumwolle?", {"Sturdy cotton"}},
      {"a sacola é de algodão?", {"Sturdy cotton"}},
      {"la borsa è di cotone?", {"Sturdy cotton"}},
  });
}

TEST(BroadCafe, WithoutCaffeine) {
  const std::vector<const char*> strong = {"Cappuccino", "Mocha", "Earl Grey", "Green Tea",
                                           "Macchiato"};
  expect_rows({
      {"what drinks without caffeine do you have", {"Peppermint Tea"}, strong},
      {"which tea has no caffeine?", {"Peppermint Tea"}, strong},
      {"caffeine free drinks?", {"Peppermint Tea"}, strong},
      {"¿tienen bebidas sin cafeína?", {"Peppermint Tea"}, strong},
      {"des boissons sans caféine ?", {"Peppermint Tea"}, strong},
      {"Getränke ohne Koffein?", {"Peppermint Tea"}, strong},
      {"koffeinfreie Getränke?", {"Peppermint Tea"}, strong},
      {"bebidas sem cafeína?", {"Peppermint Tea"}, strong},
      {"bevande senza caffeina?", {"Peppermint Tea"}, strong},
      {"gibt es glutenfreie Sachen?", {"Gluten-Free Brownie"}},
      {"habt ihr entkoffeinierten Kaffee?", {"Decaf"}},
  });
}

TEST(BroadCafe, TheOtherVariety) {
  const std::vector<const char*> others = {"Brownie", "Butter Croissant"};
  expect_rows({{"et celui aux amandes ?", {"Almond Croissant", "$4.50"}, others}},
              after("combien coûte le croissant ?"));
  expect_rows({{"und das mit Mandeln?", {"Almond Croissant", "$4.50"}, others}},
              after("was kostet das Croissant?"));
  expect_rows({{"e quello alle mandorle?", {"Almond Croissant", "$4.50"}, others}},
              after("quanto costa il croissant?"));
  expect_rows({{"and the almond one?", {"Almond Croissant", "$4.50"}, others}},
              after("how much is the croissant?"));
  expect_rows({{"¿y el de almendra?", {"Almond Croissant", "$4.50"}, others}},
              after("¿cuánto cuesta el croissant?"));
  expect_rows({{"e o de amêndoa?", {"Almond Croissant", "$4.50"}, others}},
              after("quanto custa o croissant?"));
}

TEST(BroadCafe, WithoutAnIngredientOfTheItemBefore) {
  expect_rows({{"without ham?", {"Eggs Benedict", "can't say for certain"}}},
              after("how much are the eggs benedict?"));
  expect_rows({{"¿sin jamón?", {"Eggs Benedict"}}}, after("¿cuánto cuestan los eggs benedict?"));
}

TEST(BroadCafe, WhichOfTheTwoIsCheaper) {
  expect_rows({{"which one is cheaper?", {"Carrot Cake", "$6.25", "Latte", "$4.75"}, {"listed"}}},
              after("how much is the latte?", after("how much is the carrot cake?")));
  expect_rows({{"welcher ist günstiger?", {"Carrot Cake", "Cheesecake", "$6.75"}}},
              after("was kostet der Karottenkuchen?", after("habt ihr Käsekuchen?")));
}

TEST(BroadCafe, PracticalThings) {
  expect_rows({
      {"how do I get there by car?", {}, {"loyalty", "Carrot", "Gift Card"}},
      {"can I come by car, is there parking?", {"Pier garage"}, {"Carrot", "loyalty"}},
      {"is there somewhere to leave my bike?", {"bicycle stands"}, {"$"}},
      {"can I work on my laptop there?", {"Laptops are welcome"}},
      {"do you have a high chair for a baby?", {"high chairs"}, {"$"}},
      {"¿puedo ir con mi perro?", {"Dogs are welcome"}},
      {"il y a du wifi ?", {"Wi-Fi"}},
      {"kann ich mit dem Rollstuhl rein?", {"wheelchair"}},
      {"posso pagar com cartão?", {"credit and debit cards"}},
      {"quanto tempo ci mette la consegna?", {"30 to 45 minutes"}},
      {"do you take bitcoin?", {}, {"$"}},
      {"can I cancel my table?", {"two hours before"}},
  });
  expect_person(demo_shop(), {"can I speak to someone please", "quiero hablar con una persona",
                              "je veux parler à quelqu'un", "ich möchte mit jemandem sprechen",
                              "quero falar com um atendente", "vorrei parlare con un operatore"});
}

}  // namespace
}  // namespace aura::agent::testing
