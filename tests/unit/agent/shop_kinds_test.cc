// Shops whose items do not carry their kind in the name: the shop's own name, what it says of
// itself, or a document's heading does.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

const std::vector<const char*> kPizzas = {"Margherita", "Diavola", "Quattro Formaggi", "Tonno"};

Shop da_gino() {
  static const auto shop = make_shop(
      {"Da Gino", "it-IT", "EUR", "Europe/Rome", "Pizzeria napoletana con forno a legna."},
      {{"Margherita", 700, "Pomodoro, mozzarella e basilico."},
       {"Diavola", 850, "Pomodoro, mozzarella e salame piccante."},
       {"Quattro Formaggi", 950, "Con gorgonzola e pecorino."},
       {"Tonno e Cipolla", 900, "Pomodoro, tonno e cipolla."},
       {"Acqua frizzante", 200},
       {"Peroni", 350, "Birra chiara, 33 cl."},
       {"Tiramisù", 450, "Fatto in casa."}},
      {make_document(1, "Orari", "Aperto tutti i giorni dalle 18 alle 23.")});
  return shop;
}

Shop bookshop() {
  static const auto shop =
      make_shop({"Librería Ítaca", "es-ES", "EUR", "Europe/Madrid", ""},
                {{"Cien años de soledad", 1990, "Gabriel García Márquez."},
                 {"El libro de la selva", 1250, "Rudyard Kipling."},
                 {"Rayuela", 1800, "Julio Cortázar."},
                 {"Don Quijote de la Mancha", 2450, "Edición ilustrada."},
                 {"Bolsa de tela", 900}},
                {make_document(1, "Horario", "De lunes a sábado de 10:00 a 20:00.")});
  return shop;
}

Shop florist() {
  static const auto shop = make_shop(
      {"Petal & Stem", "en-GB", "GBP", "Europe/London", "Fresh flowers, tied by hand."},
      {{"Spring Joy", 2800}, {"Midnight Meadow", 4500}, {"Sunny Side", 1950}, {"Mug", 800}}, {});
  return shop;
}

TEST(ShopKinds, AreListedInEveryLanguage) {
  for (const char* question :
       {"che pizze avete?", "what pizzas do you have?", "¿qué pizzas tienen?",
        "quelles pizzas avez-vous ?", "welche Pizzen habt ihr?", "que pizzas têm?", "avete pizza?",
        "do you have pizza?", "quanto costa una pizza?"}) {
    expect_answers(da_gino(), {{question, kPizzas, {"Acqua", "Peroni", "Tiramisù"}}});
  }
  for (const char* question :
       {"¿qué libros tienen?", "what books do you have?", "quels livres avez-vous ?",
        "welche Bücher habt ihr?", "que livros vocês têm?", "che libri avete?"}) {
    expect_answers(
        bookshop(),
        {{question, {"Cien años", "El libro de la selva", "Rayuela", "Quijote"}, {"Bolsa"}}});
  }
  for (const char* question :
       {"what flowers do you have?", "¿qué flores tienen?", "quelles fleurs avez-vous ?",
        "welche Blumen habt ihr?", "que flores têm?", "che fiori avete?"}) {
    expect_answers(florist(),
                   {{question, {"Spring Joy", "Midnight Meadow", "Sunny Side"}, {"Mug"}}});
  }
}

TEST(ShopKinds, HaveACheapestAndADearest) {
  for (const char* question :
       {"la pizza più economica", "what is your cheapest pizza?", "¿cuál es la pizza más barata?",
        "quelle est la pizza la moins chère ?", "was ist die billigste Pizza?",
        "qual é a pizza mais barata?"}) {
    expect_answers(da_gino(), {{question, {"Margherita", "7,00"}, {"Acqua"}}});
  }
  for (const char* question :
       {"el libro más caro", "what is the most expensive book?", "quel est le livre le plus cher ?",
        "was ist das teuerste Buch?", "qual é o livro mais caro?", "qual è il libro più caro?"}) {
    expect_answers(bookshop(), {{question, {"Don Quijote", "24,50"}}});
  }
}

TEST(ShopKinds, KeepWhatElseWasAskedFor) {
  expect_answers(bookshop(),
                 {{"¿tienen libros de Cortázar?", {"Rayuela"}, {"Quijote", "Cien"}},
                  {"¿tienen El libro de la selva?", {"El libro de la selva", "12,50"}, {"Rayuela"}},
                  {"do you have books about gardening?", {}, {"Rayuela", "Quijote"}}});
  expect_answers(da_gino(),
                 {{"avete la pizza margherita?", {"Margherita", "7,00"}, {"Diavola"}},
                  {"quanto costa la pizza diavola?", {"Diavola", "8,50"}, {"Margherita"}},
                  {"do you have pasta?", {}, {"Margherita"}}});
}

TEST(ShopKinds, StandInADocumentsHeading) {
  const auto shop =
      make_shop({"Harbour House", "en-US", "USD", "UTC", ""},
                {{"Blue Lagoon", 1200}, {"Storm", 1100}, {"Old Town", 1600}, {"Pier Seven", 1750}},
                {make_document(1, "Menu",
                               "# Cocktails\nBlue Lagoon and Storm are shaken to order.\n"
                               "# Burgers\nOld Town and Pier Seven come with fries.")});
  expect_answers(shop,
                 {{"what burgers do you have?", {"Old Town", "Pier Seven", "$"}, {"• Storm"}},
                  {"what is the cheapest burger?", {"Old Town", "$16.00"}},
                  {"which cocktails do you have?", {"Blue Lagoon", "Storm", "$"}, {"Old Town"}}});
}

// What a shop only mentions of itself is not what it sells.
TEST(ShopKinds, AreNotWhatIsMentionedInPassing) {
  const auto cafe =
      make_shop({"Corner", "en-US", "USD", "UTC", "A cosy café with books and a garden."},
                {{"Latte", 450}, {"Espresso", 300}, {"Carrot Cake", 600}, {"Green Tea", 350}}, {});
  expect_answers(cafe, {{"do you have books?", {}, {"Latte", "Cake"}}});
  const auto both =
      make_shop({"Books & Beans", "en-US", "USD", "UTC", "Books and plants."},
                {{"Latte", 450}, {"Espresso", 300}, {"Carrot Cake", 600}, {"Green Tea", 350}}, {});
  expect_answers(both, {{"do you have plants?", {}, {"Latte", "Cake"}}});
}

}  // namespace
}  // namespace aura::agent::testing
