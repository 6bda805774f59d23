// The same breadth in a German bookshop.
#include <gtest/gtest.h>

#include "tests/unit/agent/more_shops.h"

namespace aura::agent::testing {
namespace {

void expect_bookshop(const std::vector<Asked>& rows) { expect_answers(bookshop(), rows); }

TEST(BroadBookshop, PricesAndStock) {
  expect_bookshop({
      {"Was kostet der Zauberberg?", {"Der Zauberberg", "18,00"}},
      {"habt ihr etwas von Kafka?", {"Die Verwandlung", "6,80"}},
      {"habt ihr Bücher von Michael Ende?", {"Momo", "20,00"}},
      {"welche Kinderbücher habt ihr?", {"Momo", "Der kleine Bär"}, {"Zauberberg"}},
      {"was habt ihr für Kalender?", {"Wandkalender Berge", "24,00"}},
      {"habt ihr Reiseführer?", {"Reiseführer Portugal", "22,90"}},
      {"habt ihr einen Reiseführer für Italien?", {}, {"29,95"}},
      {"habt ihr Wanderkarten?", {"Wanderkarte Harz", "9,90"}},
      {"was kostet ein Notizbuch", {"Notizbuch liniert", "12,50"}},
      {"ich suche ein Kochbuch", {"Kochbuch Italien", "29,95"}},
      {"habt ihr Gutscheine?", {"Geschenkgutschein", "25,00"}},
      {"ist der Atlas vorrätig?", {"Atlas der Inseln", "nicht verfügbar"}},
      {"was kostet die Eulentasse?", {"Tasse Eule", "11,90"}},
      {"habt ihr Hörbücher?", {"Hörbuch Krabat", "16,95"}},
      {"was kostet eine Postkarte?", {"Postkarte Altstadt", "1,50"}},
      {"do you sell gift vouchers?", {"Geschenkgutschein", "25,00"}},
      {"how much is the notebook?", {"Notizbuch liniert", "12,50"}},
      {"do you have cookbooks?", {"Kochbuch Italien", "29,95"}},
      {"do you have children's books?", {"Momo", "Der kleine Bär"}, {"Zauberberg"}},
      {"avez-vous des cartes cadeaux ?", {"Geschenkgutschein", "25,00"}},
      {"¿cuánto cuesta el cuaderno?", {"Notizbuch liniert", "12,50"}},
      {"¿tienen libros para niños?", {"Momo"}},
      {"avete calendari?", {"Wandkalender Berge", "24,00"}},
      {"vocês têm cartões postais?", {"Postkarte Altstadt"}},
      {"do you have Harry Potter?", {}, {"€"}},
      {"habt ihr Schallplatten?", {"finde ich leider nicht"}, {"€"}},
  });
}

TEST(BroadBookshop, LimitsAndRanges) {
  const std::vector<const char*> dear = {"12,50", "18,00", "20,00", "24,00", "29,95", "129,00"};
  expect_bookshop({
      {"habt ihr etwas unter 5 Euro?", {"4,50"}, dear},
      {"gibt es was für weniger als fünf Euro?", {"4,50"}, dear},
      {"Geschenke bis 10 Euro?", {}, dear},
      {"was habt ihr zwischen 5 und 10 Euro?", {"6,80", "9,90"}, {"4,50", "12,50", "1,50"}},
      {"Kinderbücher unter 15 Euro", {"Der kleine Bär"}, {"Momo"}},
      {"was kostet weniger als zehn Euro?", {"6,80"}, dear},
      {"etwas für höchstens 5 €", {"4,50"}, dear},
      {"habt ihr etwas über 100 Euro?", {"E-Reader Lumo", "129,00"}, {"18,00"}},
      {"anything below 5 euros?", {"4,50"}, dear},
      {"¿algo entre 5 y 10 euros?", {"6,80"}, {"4,50", "12,50"}},
      {"entre 5 et 10 euros, vous avez quoi ?", {"6,80"}, {"4,50", "12,50"}},
      {"algo entre cinco e dez euros", {"6,80"}, {"4,50", "12,50"}},
      {"fra 5 e 10 euro cosa c'è?", {"6,80"}, {"4,50", "12,50"}},
      {"was ist das teuerste?", {"E-Reader Lumo", "129,00"}},
  });
}

TEST(BroadBookshop, Hours) {
  expect_bookshop({
      {"habt ihr um halb zehn am Montag offen?", {"Ja, nach"}},
      {"habt ihr montags um neun Uhr morgens offen?", {"Nein, nach"}},
      {"habt ihr am Samstag um viertel vor vier nachmittags geöffnet?", {"Ja, nach"}},
      {"habt ihr samstags um fünf Uhr nachmittags auf?", {"Nein, nach"}},
      {"habt ihr sonntags auf?", {"Nein, nach"}},
      {"habt ihr mittags auf?", {"9.30 bis 18.30"}},
      {"are you open at quarter past six pm on friday?", {"Yes, going by"}},
      {"¿abren el viernes a las siete de la tarde?", {"No, según"}},
      {"vous êtes ouverts à midi le samedi ?", {"Oui, d'après"}},
      {"siete aperti a mezzanotte?", {"No, secondo"}},
      {"estão abertos no sábado às dez e meia da manhã?", {"Sim, segundo"}},
      {"bis wann habt ihr freitags offen?", {"18.30"}},
  });
}

TEST(BroadBookshop, Knowledge) {
  expect_bookshop({
      {"wo seid ihr?", {"Markt 5"}},
      {"verschickt ihr auch?", {"mit der Post"}},
      {"kann ich mit Karte zahlen?", {"mit Karte"}},
      {"kann ich ein Buch umtauschen?", {"14 Tagen"}},
      {"wann ist der Lesekreis?", {"ersten Donnerstag"}},
      {"darf mein Hund mit?", {"Hunde"}},
      {"seid ihr barrierefrei?", {"barrierefrei"}},
      {"do you ship books?", {"mit der Post"}},
      {"can I bring my dog?", {"Hunde"}},
      {"¿puedo pagar con tarjeta?", {"mit Karte"}},
      {"je peux échanger un livre ?", {"14 Tagen"}},
      {"posso ir com o meu cão?", {"Hunde"}},
      {"dove siete?", {"Markt 5"}},
  });
}

TEST(BroadBookshop, NotToldMeansNotKnown) {
  expect_unknown(bookshop(), {
                                 "wie viele Seiten hat der Zauberberg?",
                                 "ist die Stofftasche aus Baumwolle?",
                                 "is the bag made of cotton?",
                                 "ist die Tasse spülmaschinenfest?",
                                 "wie groß ist der Wandkalender?",
                                 "welche Farbe hat die Tasse?",
                                 "ist der E-Reader wasserdicht?",
                                 "¿la bolsa es de algodón?",
                                 "le sac est en coton ?",
                             });
  expect_bookshop({
      {"wie viele Teile hat das Puzzle?", {"1000 Teile"}},
      {"hat der E-Reader Beleuchtung?", {"Mit Beleuchtung"}},
      {"wer hat Momo geschrieben?", {"Michael Ende"}},
      {"ist Momo gebunden?", {"gebunden"}},
      {"ist der Zauberberg ein Taschenbuch?", {"Taschenbuch"}},
      {"ist das Lesezeichen aus Holz?", {"Lesezeichen aus Holz"}},
  });
  expect_person(bookshop(), {"ich möchte mit einem Menschen sprechen"});
}

}  // namespace
}  // namespace aura::agent::testing
