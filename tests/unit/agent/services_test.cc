// How long, how large, for how many, and what it costs to have it brought.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

Shop friseur() {
  static const auto shop =
      make_shop({"Haarwerk", "de-DE", "EUR", "Europe/Berlin", ""},
                {{"Balayage", 14500, "Freihand gesträhnt, Dauer etwa 3 Stunden."},
                 {"Beratung", 0, "Für alle, die noch nicht wissen, was sie wollen."},
                 {"Geschenkgutschein", 5000}},
                {make_document(1, "Öffnungszeiten", "Dienstag bis Samstag 9.00 bis 18.00 Uhr."),
                 make_document(2, "Lieferung", "Wir liefern innerhalb von 3 Werktagen.")});
  return shop;
}

Shop zapateria() {
  static const auto shop = make_shop(
      {"Zapatos Sol", "es-ES", "EUR", "Europe/Madrid", ""},
      {{"Calcetines (pack de 3)", 1290}, {"Crema para zapatos", 890}, {"Tarjeta regalo", 3000}},
      {});
  return shop;
}

TEST(Services, TakeAsLongAsTheirDescriptionSays) {
  expect_answers(friseur(), {{"Wie lange dauert Balayage?", {"3 Stunden"}, {"Dienstag"}},
                             {"wie lange dauert die lieferung?", {"3 Werktagen"}, {"Dienstag"}},
                             {"wie lange habt ihr offen?", {"Dienstag"}},
                             {"wie lange habt ihr heute auf?", {"Dienstag"}}});
  expect_rows({{"how long does delivery take?", {"30 to 45 minutes"}, {"$"}},
               {"¿cuánto tarda el envío?", {"30 to 45 minutes"}, {"$"}},
               {"combien de temps prend la livraison ?", {"30 to 45 minutes"}, {"$"}},
               {"quanto demora a entrega?", {"30 to 45 minutes"}, {"$"}},
               {"quanto dura la consegna?", {"30 to 45 minutes"}, {"$"}},
               {"how big is the chocolate cake?", {"A slice of dark"}, {"Large", "Americano"}},
               {"wie groß ist der Schokoladenkuchen?", {"A slice of dark"}, {"Large"}}});
}

TEST(Services, OfDeliveryHaveThePriceOfTheirRow) {
  expect_rows({{"how much does delivery to Portland cost?", {"$5.00", "We deliver in Portland"}},
               {"is delivery free?", {"$5.00", "We deliver in Portland"}},
               {"how much is delivery?", {"$5.00"}},
               {"¿el envío es gratis?", {"5.00"}},
               {"ist die Lieferung kostenlos?", {"5.00"}},
               {"la livraison est gratuite ?", {"5.00"}},
               {"a entrega é grátis?", {"5.00"}},
               {"la consegna è gratis?", {"5.00"}},
               {"do you deliver?", {"We deliver in Portland"}, {"$"}}});
}

TEST(Services, ThatCostNothingAreFree) {
  expect_answers(friseur(), {{"Was kostet die Beratung?", {"Beratung kostet nichts."}, {"0,00"}}});
}

TEST(Quantities, AreNoNames) {
  expect_rows({{"cuánto sale el latte?", {"Latte", "4.75"}, {"Salad"}},
               {"cuanto sale la torta de chocolate", {"Chocolate Cake", "6.50"}, {"Salad"}},
               {"¿cuánto salen dos porciones de torta de chocolate?", {"6.50 por unidad"}}});
  expect_answers(zapateria(),
                 {{"¿cuánto cuestan dos pares de calcetines?", {"Calcetines", "12,90"}, {"Crema"}},
                  {"¿tienen tarjetas regalo?", {"Tarjeta regalo"}}});
}

TEST(Quantities, OfSeveralHaveThePriceOfEach) {
  expect_rows({{"how much are two chocolate cakes?", {"Chocolate Cake is $6.50 each."}},
               {"how much are 3 lattes?", {"Latte is $4.75 each."}},
               {"price for 2x latte?", {"Latte is $4.75 each."}},
               {"¿cuánto cuestan dos lattes?", {"$4.75 por unidad"}},
               {"combien coûtent deux lattes ?", {"l'unité"}},
               {"was kosten zwei Latte?", {"Latte kostet je $4.75"}},
               {"quanto custam dois lattes?", {"por unidade"}},
               {"quanto costano due latte?", {"al pezzo"}},
               {"how much is a latte?", {"Latte is $4.75."}},
               {"how much is one latte?", {"Latte is $4.75."}}});
  expect_rows({{"and two of them?", {"Chocolate Cake is $6.50 each."}}},
              after("how much is the chocolate cake?"));
  expect_rows({{"und zwei davon?", {"Chocolate Cake kostet je"}}},
              after("was kostet der Schokoladenkuchen?"));
}

TEST(Kinds, OfOtherWords) {
  expect_rows({{"do you have seafood?", {"Fish and Chips", "Lobster Roll"}},
               {"habt ihr Meeresfrüchte?", {"Fish and Chips"}},
               {"was kostet die Zitronentarte?", {"Lemon Tart", "$5.95"}}});
  const Shop barber = make_shop({"Schnitt", "de-DE", "EUR", "Europe/Berlin", ""},
                                {{"Kinderhaarschnitt", 1900}, {"Damenhaarschnitt", 4500}}, {});
  expect_answers(barber, {{"was kostet ein kinderschnitt?", {"19,00"}, {"45,00"}},
                          {"was kostet ein Damenschnitt?", {"45,00"}, {"19,00"}}});
}

TEST(Vouchers, AreSoldAndNoDiscount) {
  expect_answers(friseur(), {{"habt ihr gutscheine?", {"Geschenkgutschein"}},
                             {"kann ich einen Gutschein kaufen?", {"Geschenkgutschein"}}});
  expect_rows({{"habt ihr gutscheine?", {"Gift Card"}},
               {"avez-vous des bons cadeaux ?", {"Gift Card"}},
               {"habt ihr einen Rabatt?", {"angegebenen Preise"}}});
}

TEST(Options, AreOfWhatWasNamed) {
  expect_rows(
      {{"do you have large espresso?", {"Espresso"}, {"Yes", "Large for Americano"}},
       {"how much is a large latte?", {"$4.75", "Large", "+$0.75"}},
       {"how much extra is oat milk?", {"Oat milk", "$0.80"}, {"Almond", "Vanilla", "Large"}},
       {"¿cuánto es un café grande?", {"Latte: $4.75, Large +$0.75"}, {"Sí, tenemos"}}});
  expect_rows({{"and the large one?", {"Latte is $4.75", "Large", "+$0.75"}}},
              after("how much is the latte?"));
  const auto cappuccino = after("how much is the cappuccino?");
  expect_rows({{"¿y con leche de almendras?", {"Cappuccino", "Almond milk"}, {"Latte"}},
               {"com leite de amêndoa?", {"Cappuccino", "Almond milk"}, {"Latte"}},
               {"con latte di mandorla?", {"Cappuccino", "Almond milk"}, {"Latte"}},
               {"e con latte di mandorla?", {"Cappuccino", "Almond milk"}, {"Latte"}},
               {"and with almond milk?", {"Cappuccino is $4.50", "Almond milk"}, {"Latte"}}},
              cappuccino);
}

TEST(Courtesy, OfFewWords) {
  expect_rows({{"what can you do?", {"How can I help you?"}},
               {"lol", {}, {"not sure"}},
               {":)", {}, {"not sure"}},
               {"aceita pix?", {}, {"We have", "not sure"}},
               {"alles unter 5 €", {"Espresso"}, {"Pancakes"}},
               {"posso levar meu cachorro?", {"Dogs are welcome"}, {"deliver"}},
               {"puis-je venir avec mon chien ?", {"Dogs are welcome"}}});
}

TEST(Courtesy, OfferingAPersonToWhoSaysNothingElse) {
  for (const char* text : {"person", "Person?", "persona", "pessoa"})
    EXPECT_EQ(ask(demo_shop(), text).action, Action::handover) << text;
}

}  // namespace
}  // namespace aura::agent::testing
