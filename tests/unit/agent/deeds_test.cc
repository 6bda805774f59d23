// What customers ask to do: a document tells of it, though no item and no topic is named.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

Shop studio() {
  static const auto shop = make_shop(
      {"Lotus", "en-US", "USD", "UTC", "A small yoga studio."},
      {{"Drop-in Class", 1800, "60 minutes."},
       {"10-Class Pass", 15000, "Valid for 6 months."},
       {"Yoga Mat", 3500},
       {"Cotton Tote Bag", 1500, "Closed with a zip."}},
      {make_document(1, "Your first visit",
                     "Please bring a mat and a water bottle. Mats can be rented at the desk."),
       make_document(2, "Passes",
                     "Passes are personal and cannot be shared. A pass can be frozen once."),
       make_document(3, "Opening hours", "Monday to Friday 7:00-21:00.")});
  return shop;
}

Shop practice() {
  static const auto shop = make_shop(
      {"Praxis Weber", "de-DE", "EUR", "Europe/Berlin", "Eine Physiotherapie in Köln."},
      {{"Massage 30 Minuten", 3500}, {"Krankengymnastik", 2800}},
      {make_document(1, "Ihr erster Besuch", "Bitte bringen Sie ein Handtuch und das Rezept mit."),
       make_document(2, "Absagen", "Termine können bis 24 Stunden vorher abgesagt werden."),
       make_document(3, "Öffnungszeiten", "Montag bis Freitag 8 bis 18 Uhr.")});
  return shop;
}

TEST(Deeds, AreAnsweredByTheDocumentThatTellsOfThem) {
  for (const char* question :
       {"what should I bring?", "do I need to bring anything?", "do I need to bring a mat?",
        "¿qué tengo que traer?", "que dois-je apporter ?", "muss ich etwas mitbringen?",
        "o que devo trazer?", "cosa devo portare?"}) {
    expect_answers(studio(), {{question, {"Please bring a mat"}, {"$"}}});
  }
  expect_answers(practice(), {{"muss ich etwas mitbringen?", {"ein Handtuch"}},
                              {"was muss ich mitbringen?", {"ein Handtuch"}},
                              {"what do I need to bring?", {"ein Handtuch"}},
                              {"Termin absagen", {"24 Stunden"}}});
  expect_answers(studio(), {{"can I share my pass?", {"cannot be shared"}, {"$"}},
                            {"can I freeze my pass?", {"can be frozen once"}, {"$"}},
                            {"can I bring my dog?", {}, {"Please bring", "Yes"}}});
}

TEST(Deeds, OrdersHaveALastHour) {
  const auto shop = make_shop(
      {"Chez Paul", "fr-FR", "EUR", "Europe/Paris", ""}, {{"Soupe", 600}, {"Quiche", 800}},
      {make_document(1, "Horaires", "Ouvert tous les jours de 11h à 22h."),
       make_document(2, "Commandes", "Les commandes sont prises jusqu'à 21h30.")});
  for (const char* question : {"jusqu'à quelle heure je peux commander ?",
                               "until when can I order?", "¿hasta qué hora puedo pedir?",
                               "bis wann kann ich bestellen?", "fino a che ora posso ordinare?"}) {
    expect_answers(shop, {{question, {"jusqu'à 21h30"}}});
  }
}

TEST(Deeds, OrdersWithoutALastHourEndWithTheDay) {
  for (const char* question :
       {"until when can I order?", "jusqu'à quelle heure je peux commander ?",
        "¿hasta qué hora puedo pedir?", "bis wann kann ich bestellen?",
        "até que horas posso pedir?", "fino a che ora posso ordinare?"}) {
    expect_rows({{question, {"7:00 am"}, {"invoice"}}});
  }
}

TEST(Deeds, ABagIsNotClosedByTheHour) {
  expect_answers(studio(), {{"is the tote bag closed with a zip?", {"Cotton Tote Bag"}, {"7:00"}},
                            {"are you closed on Sunday?", {"7:00"}}});
}

}  // namespace
}  // namespace aura::agent::testing
