// German shops whose names are compounds of the same parts: a name asked for in full is answered
// alone, and what a compound ends with is a kind of which all are listed.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

Shop cafe() {
  static const Shop shop =
      make_shop({"Café Bücher", "de-AT", "EUR", "Europe/Vienna", ""},
                {{"Apfelkuchen", 390},
                 {"Kirschkuchen", 410},
                 {"Schokoladenkuchen", 450},
                 {"Käsekuchen", 430},
                 {"Pfannkuchen", 370},
                 {"Apfelsaft", 280},
                 {"Orangensaft", 310},
                 {"Rotwein", 520},
                 {"Weißwein", 500},
                 {"Schweinsbraten", 1490},
                 {"Kräutertee", 330},
                 {"Roggenbrot", 360},
                 {"Festpreismenü", 2990}},
                {make_document(1, "Lieferung", "Wir liefern im Umkreis von fünf Kilometern.")});
  return shop;
}

Shop hairdresser() {
  static const Shop shop = make_shop({"Schnittpunkt", "de-DE", "EUR", "Europe/Berlin", ""},
                                     {{"Damenhaarschnitt", 4900},
                                      {"Herrenhaarschnitt", 2900},
                                      {"Kinderhaarschnitt", 1900},
                                      {"Haarfarbe", 5900},
                                      {"Bartrasur", 1500}},
                                     {});
  return shop;
}

Shop clothes() {
  static const Shop shop = make_shop({"Garderobe", "de-DE", "EUR", "Europe/Berlin", ""},
                                     {{"Lederjacke", 19900},
                                      {"Wolljacke", 12900},
                                      {"Regenjacke", 8900},
                                      {"Ledertasche", 15900},
                                      {"Sommerkleid", 5900}},
                                     {});
  return shop;
}

TEST(Compounds, ANameAskedForInFullIsAnsweredAlone) {
  expect_answers(
      cafe(),
      {{"Was kostet der Apfelkuchen?", {"Apfelkuchen", "3,90"}, {"Kirsch", "Schoko", "saft"}},
       {"Was kostet ein Stück Kirschkuchen?", {"Kirschkuchen", "4,10"}, {"Apfel", "Schoko"}},
       {"Was kostet der Käsekuchen?", {"Käsekuchen", "4,30"}, {"Apfel", "Kirsch"}},
       {"Preis Rotwein?", {"Rotwein", "5,20"}, {"Weißwein"}},
       {"Habt ihr Weißwein?", {"Weißwein", "5,00"}, {"Rotwein"}},
       {"Was kostet der Orangensaft?", {"Orangensaft", "3,10"}, {"Apfelsaft"}},
       {"was kostet der apfelkuhcen", {"Apfelkuchen", "3,90"}, {"Kirsch", "Schoko"}},
       {"Was kosten Rotwein und Apfelsaft?",
        {"Rotwein", "5,20", "Apfelsaft", "2,80"},
        {"Weißwein", "Orangensaft", "Apfelkuchen"}},
       {"How much is the apple cake?", {"Apfelkuchen", "3,90"}, {"Kirsch", "Apfelsaft"}},
       {"combien coûte le vin rouge ?", {"Rotwein", "5,20"}, {"Weißwein"}}});
  expect_answers(
      hairdresser(),
      {{"Damenhaarschnitt", {"Damenhaarschnitt", "49,00"}, {"Herren", "Kinder"}},
       {"Was kostet ein Herrenhaarschnitt?", {"Herrenhaarschnitt", "29,00"}, {"Damen", "Kinder"}},
       {"Was kostet ein Haarschnitt für Damen?", {"Damenhaarschnitt", "49,00"}, {"Herren"}},
       {"how much is a men's haircut?", {"Herrenhaarschnitt", "29,00"}, {"Damen", "Kinder"}}});
  expect_answers(clothes(),
                 {{"Was kostet die Lederjacke?", {"Lederjacke", "199"}, {"Wolljacke", "tasche"}},
                  {"Preis der Regenjacke?", {"Regenjacke", "89"}, {"Leder", "Woll"}}});
}

TEST(Compounds, WhatTheyEndWithIsAKind) {
  expect_answers(cafe(), {{"Habt ihr Kuchen?",
                           {"Apfelkuchen", "Kirschkuchen", "Schokoladenkuchen", "Käsekuchen"},
                           {"Pfannkuchen", "saft"}},
                          {"Was kostet der Kuchen?", {"Apfelkuchen", "Kirschkuchen"}, {"saft"}},
                          {"Habt ihr Wein?", {"Rotwein", "Weißwein"}, {"Schwein"}},
                          {"Welche Säfte habt ihr?", {"Apfelsaft", "Orangensaft"}, {"Apfelkuchen"}},
                          {"Habt ihr Brot?", {"Roggenbrot", "3,60"}},
                          {"do you have any cake?", {"Apfelkuchen", "Kirschkuchen"}, {"saft"}},
                          {"Habt ihr Reis?", {}, {"Umkreis", "Festpreis"}}});
  expect_answers(
      hairdresser(),
      {{"Was kostet ein Haarschnitt?", {"Damenhaarschnitt", "Herrenhaarschnitt", "Kinder"}, {}}});
  expect_answers(
      clothes(),
      {{"Habt ihr Jacken?", {"Lederjacke", "Wolljacke", "Regenjacke"}, {"tasche", "kleid"}},
       {"Habt ihr Kleider?", {"Sommerkleid", "59"}, {"jacke"}}});
}

// A compound that is not sold is searched for by its parts.
TEST(Compounds, AnotherCompoundOfTheSamePartsIsNotTheOneAskedFor) {
  const Shop shop = make_shop({"Weinstube", "de-DE", "EUR", "Europe/Berlin", ""},
                              {{"Weißwein", 500}, {"Kuchen mit Äpfeln", 400}}, {});
  expect_answers(shop, {{"Was kostet der Apfelkuchen?", {"Kuchen mit Äpfeln", "4,00"}, {"wein"}}});
  EXPECT_FALSE(ask(shop, "Was kostet der Rotwein?").text.starts_with("Weißwein"));
}

// Only German joins its words: elsewhere the end of a name is no kind.
TEST(Compounds, OtherLanguagesAreReadAsBefore) {
  const Shop shop = make_shop({"Bakkerij", "nl-NL", "EUR", "Europe/Amsterdam", ""},
                              {{"Appeltaart", 390}, {"Kersentaart", 410}, {"Zonnetorte", 450}}, {});
  expect_answers(shop, {{"Appeltaart?", {"Appeltaart", "3,90"}, {"Kersen"}},
                        {"how much is the kersentaart?", {"Kersentaart", "4,10"}, {"Appel"}},
                        {"do you have cake?", {}, {"4,50"}}});
}

}  // namespace
}  // namespace aura::agent::testing
