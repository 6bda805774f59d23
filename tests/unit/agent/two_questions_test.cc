// Two questions in one sentence: both are answered.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

constexpr const char* kHours = "Monday to Friday";
constexpr const char* kAddress = "48 Harbor Walk";
constexpr const char* kWifi = "AuraGuest";
constexpr const char* kPayment = "major credit and debit cards";

TEST(TwoQuestions, AreBothAnswered) {
  expect_rows({
      {"how much is the carrot cake and are you open on Sundays?", {"$6.25", kHours}},
      {"how much is the carrot cake and where are you?", {"$6.25", kAddress}},
      {"where are you and when are you open?", {kAddress, kHours}},
      {"are dogs allowed and is there wifi?", {"Dogs are welcome", kWifi}},
      {"is there wifi and are dogs allowed?", {"Dogs are welcome", kWifi}},
      {"Hi! Are you open on Sunday, and how much is the latte?", {"Yes, going", kHours, "$4.75"}},
      {"do you have croissants and can I pay by card?", {"Croissant", kPayment}, {"Gift Card"}},
      {"how much is a latte & can i pay by card?", {"$4.75", kPayment}, {"Gift Card"}},
      {"¿cuánto cuesta el pastel de zanahoria y abren los domingos?", {"6.25", kHours}},
      {"¿dónde están y cuándo abren?", {kAddress, kHours}},
      {"¿cuánto cuesta el pastel de zanahoria y hasta qué hora abrís mañana?", {"6.25", kHours}},
      {"was kostet der Käsekuchen und wann macht ihr morgen zu?", {"6.75", kHours}},
      {"wann macht ihr morgen zu?", {kHours}},
      {"was kostet der Käsekuchen und wann macht ihr zu?", {"6.75", kHours}},
      {"was kostet der Käsekuchen und wann schließt ihr morgen?", {"6.75", kHours}},
      {"quanto custa o cheesecake e até que horas vocês abrem amanhã?", {"6.75", kHours}},
      {"quanto costa il cheesecake e fino a che ora siete aperti domani?", {"6.75", kHours}},
      {"combien coûte le cheesecake et vous fermez à quelle heure ?", {"6.75", kHours}},
      {"I have a nut allergy, what can I eat and are you open on Sunday?",
       {"cannot rule out traces", kHours}},
      {"do you deliver to Boston and what does it cost?", {"$5.00", "We deliver in Portland"}},
      {"is the brownie vegan and how much is it?", {"$4.50", "without gluten"}},
      {"¿tienen wifi y se admiten perros?", {kWifi, "Dogs are welcome"}},
      {"¿hay wifi y puedo pagar con tarjeta?", {kWifi, kPayment}},
      {"combien coûte le gâteau aux carottes et où êtes-vous ?", {"6.25", kAddress}},
      {"vous êtes où et vous êtes ouverts le dimanche ?", {kAddress, kHours}},
      {"was kostet der Karottenkuchen und habt ihr sonntags offen?", {"6.25", kHours}},
      {"wo seid ihr und wann habt ihr offen?", {kAddress, kHours}},
      {"gibt es WLAN und sind Hunde erlaubt?", {kWifi, "Dogs are welcome"}},
      {"quanto custa o bolo de cenoura e onde ficam?", {"6.25", kAddress}},
      {"quanto custa o latte e aceitam cartão?", {"4.75", kPayment}},
      {"quanto costa la torta di carote e dove siete?", {"6.25", kAddress}},
      {"dove siete e quando siete aperti?", {kAddress, kHours}},
  });
}

TEST(TwoQuestions, AreNotMadeOfOne) {
  expect_rows({
      {"how much are the latte and the lemon tart?", {"$4.75", "$5.95"}},
      {"do you have croissants and how much are they?", {"Butter Croissant", "$3.75"}},
      {"do you have carrot cake and how much is it?", {"Carrot Cake", "$6.25"}},
      {"how much is the latte and what about the mocha?", {"$4.75", "$5.25"}},
      {"how much is fish and chips?", {"$18.50"}},
      {"latte, how much?", {"$4.75"}},
  });
}

}  // namespace
}  // namespace aura::agent::testing
