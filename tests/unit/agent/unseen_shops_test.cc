// The same agent in shops of other trades and languages.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

struct Expectation {
  std::shared_ptr<const RetrievalIndex> shop;
  const char* question;
  std::vector<const char*> parts;
  std::vector<const char*> absent = {};
};

TEST(UnseenShops, AreAnsweredWell) {
  const std::vector<Expectation> rows = {
      {salon(), "how much is a men's haircut?", {"Men's Haircut", "£28.00"}, {"£45"}},
      {salon(), "how much is a haircut", {"Women's Haircut", "Men's Haircut", "Kids' Haircut"}},
      {salon(), "do you do beard trims?", {"Beard Trim", "£15.00"}},
      {salon(), "how much for a massage", {"Deep Tissue Massage", "£65.00"}},
      {salon(), "is the pedicure available?", {"Pedicure", "not available"}},
      {salon(), "what does bridal makeup cost?", {"no price"}, {"£"}},
      {salon(), "when are you open?", {"Tuesday to Saturday 9:00-18:00"}},
      {salon(), "¿cuánto cuesta un corte de pelo de hombre?", {"Men's Haircut", "£28.00"}},
      {salon(), "do you sell hammers?", {"can't find that"}, {"£"}},
      {salon(), "where are you?", {"12 Mill Lane"}},
      {tool_shop(), "Was kostet der Akku Bohrschrauber?", {"Akku-Bohrschrauber 18V", "129,90"}},
      {tool_shop(), "was kostet ein hammer", {"Hammer 500 g", "18,95"}},
      {tool_shop(), "habt ihr schraubenzieher?", {"Schraubendreher-Set"}},
      {tool_shop(), "Ist die Kreissäge verfügbar?", {"Kreissäge", "nicht verfügbar"}},
      {tool_shop(), "how much is the hammer?", {"Hammer 500 g", "18,95"}},
      {tool_shop(), "how much is the ladder?", {"Leiter", "89,00"}},
      {tool_shop(), "wann habt ihr samstags geöffnet?", {"Samstag 9.00 bis 14.00 Uhr"}},
      {tool_shop(), "Liefert ihr?", {"innerhalb von 3 Werktagen"}, {"4,90"}},
      {tool_shop(), "Was kostet die Lieferung?", {"genauen Betrag"}, {"4,90"}},
      {tool_shop(), "kann ich mit Karte zahlen?", {"EC-Karte"}},
      {tool_shop(), "Was kostet der Presslufthammer?", {}, {"Presslufthammer"}},
      {clothes_shop(), "¿cuánto cuesta el vestido rojo?", {"Vestido rojo", "$59.00"}, {"lino"}},
      {clothes_shop(), "¿cuánto cuestan los vestidos?", {"Vestido rojo", "Vestido de lino"}},
      {clothes_shop(),
       "how much is the leather jacket?",
       {"Chaqueta de cuero", "$129.00", "not available"}},
      {clothes_shop(), "tienen camisetas?", {"Camiseta de algodón", "$19.99"}},
      {clothes_shop(), "cuanto sale el pantalon baquero", {"Pantalón vaquero", "$45.00"}},
      {clothes_shop(), "¿cuánto cuesta el envío?", {"importe exacto"}, {"5 dólares"}},
      {clothes_shop(), "¿puedo devolver la ropa?", {"30 días"}},
      {clothes_shop(), "hasta qué hora abren?", {"10:00 a 20:00"}},
      {bakery(), "combien coûte le thé vert ?", {"Thé vert", "2,80"}},
      {bakery(), "combien coûte la baguette ?", {"Baguette tradition", "1,30"}},
      {bakery(), "vous avez du lait d'avoine ?", {"Lait d'avoine", "0,50"}},
      {bakery(), "un éclair à la vanille, c'est possible ?", {"Éclair à la vanille"}},
      {bakery(), "how much is the chocolate cake?", {"Gâteau au chocolat", "24,00"}},
      {bakery(), "¿cuánto cuesta el pastel de chocolate?", {"Gâteau au chocolat", "24,00"}},
      {bakery(), "êtes-vous ouverts le lundi ?", {"Fermé le lundi"}},
      {bakery(), "on peut payer par carte ?", {"carte bancaire"}},
      {trap_shop(), "how much is the 12 inch pizza", {"12 inch Pizza", "$14.50"}},
      {trap_shop(), "how much is delivery?", {"Delivery", "$5.99"}},
      {trap_shop(), "how much is the chocolate cake?", {"$6.50"}, {"$9"}},
      {trap_shop(), "do you have chocolate cake?", {"$6.50"}, {"20%"}},
  };
  for (const Expectation& row : rows) {
    const Proposal reply = ask(row.shop, row.question);
    SCOPED_TRACE(std::string(row.question) + "\n  → " + reply.text);
    for (const char* part : row.parts) EXPECT_NE(reply.text.find(part), std::string::npos) << part;
    for (const char* part : row.absent) EXPECT_EQ(reply.text.find(part), std::string::npos) << part;
  }
}

TEST(UnseenShops, EmptyCatalogOffersAPerson) {
  const auto shop = make_shop({"New Shop", "en-US", "USD", "UTC", ""}, {}, {});
  for (const char* question :
       {"how much is the cake?", "what do you have?", "when are you open?"}) {
    EXPECT_NE(ask(shop, question).text.find("person"), std::string::npos) << question;
  }
}

TEST(UnseenShops, NamelessShopStillGreets) {
  const auto shop = make_shop({"", "en-US", "USD", "UTC", ""}, {{"Cake", 100}}, {});
  EXPECT_EQ(ask(shop, "hi").intent, Intent::greeting);
}

}  // namespace
}  // namespace aura::agent::testing
