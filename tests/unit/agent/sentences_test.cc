// Where the sentences of a document end: what is quoted is whole.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

using Sentences = std::vector<std::string>;

Sentences sentences_of(const std::string& text) {
  const Shop shop = make_shop({}, {}, {make_document(1, "About us", text)});
  Sentences out;
  for (const Passage& passage : shop->passages()) out.emplace_back(shop->text_of(passage));
  return out;
}

TEST(Sentences, EndAtAFullStopAndAtALine) {
  EXPECT_EQ(sentences_of("We are open. Come in! Really? Yes.\nBye"),
            (Sentences{"We are open.", "Come in!", "Really?", "Yes.", "Bye"}));
  EXPECT_EQ(sentences_of("We close at 6 p.m. On Sunday at 5 P.M. Come early."),
            (Sentences{"We close at 6 p.m.", "On Sunday at 5 P.M.", "Come early."}));
  EXPECT_EQ(sentences_of("Do you bake? No. We buy."),
            (Sentences{"Do you bake?", "No.", "We buy."}));
  EXPECT_EQ(sentences_of("This is the best. We are the first. Eat meat. Ask us."),
            (Sentences{"This is the best.", "We are the first.", "Eat meat.", "Ask us."}));
}

TEST(Sentences, DoNotEndAtAnAbbreviation) {
  for (const char* text :
       {"We are at 12 St. James Road.", "Ask for Dr. Miller or Mrs. Jones.", "Mr. Bean is in.",
        "Owned by J. R. Smith.", "No. 7 is the red door.", "Estamos en Av. Juárez 120, Centro.",
        "Pregunte por la Sra. López o el Sr. Ruiz.", "Hauptstr. Ecke Bahnhofstr. Süd.",
        "Kuchen bzw. Torten gibt es ab ca. 10 Uhr.", "Zimmer Nr. Fünf.",
        "Wir backen z.B. Kuchen, z. B. Torten, u.a. Brot.", "R. Augusta 15, Lisboa.",
        "Tel. +351 210 000 000", "Open 8 a.m. – 6 p.m.", "Open 8 a.m. to 6 p.m.",
        "Geschlossen am 24. 12. und 25. 12."})
    EXPECT_EQ(sentences_of(text), Sentences{text});
  EXPECT_EQ(sentences_of("(St. James Road. Come in.)"),
            (Sentences{"(St. James Road.", "Come in.)"}));
}

TEST(Sentences, AreQuotedWithTheirStreet) {
  const Shop shop =
      make_shop({"Panadería", "es-MX", "MXN", "America/Mexico_City", ""}, {{"Concha", 1800}},
                {make_document(1, "Ubicación", "Estamos en Av. Juárez 120, Centro.")});
  expect_answers(shop, {{"¿Dónde están?", {"Estamos en Av. Juárez 120, Centro."}}});
}

}  // namespace
}  // namespace aura::agent::testing
