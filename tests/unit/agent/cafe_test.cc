// Questions that an outside tester asked the demo café: allergies, refusals, prices named by the
// customer, options, codes, follow-ups and courtesy, in all six languages where possible.
#include <gtest/gtest.h>

#include "actors/agent/phrases.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

constexpr const char* kAllergens = "we cannot rule out traces";

TEST(Cafe, WhatIsNotToBeHadTodayIsSaidToWhoAsksInShort) {
  const char* const kNotNow = "n'est pas disponible";
  expect_rows({{"le homard, c'est dispo ?", {"Lobster Roll", kNotNow}},
               {"le lobster roll est dispo ?", {"Lobster Roll", kNotNow}},
               {"le cheesecake, c'est dispo ?", {"Cheesecake", "$6.75"}},
               {"dispo, le latte ?", {"Latte", "$4.75"}}});
}

TEST(Cafe, AllergiesAreAnsweredByWhatIsInIt) {
  expect_rows({
      {"I'm allergic to nuts, can I eat the carrot cake?", {"walnuts", kAllergens}, {"$"}},
      {"does the carrot cake contain nuts", {"walnuts", kAllergens}, {"$"}},
      {"is the carrot cake nut free?", {"walnuts", kAllergens}, {"$"}},
      {"nut allergy - is the brownie ok?", {"Almond flour", kAllergens}, {"$"}},
      {"my son is allergic to eggs, can he have the muffin?", {"crumble", kAllergens}, {"$"}},
      {"does the caesar salad contain fish?", {"anchovy", kAllergens}, {"$", "Chips"}},
      {"what allergens are in the cheesecake?", {"berry compote", kAllergens}, {"$"}},
      {"I'm coeliac, what can I eat?", {kAllergens}, {"$"}},
      {"I'm allergic to nuts. Can I have the almond croissant?",
       {"almond cream", kAllergens},
       {"$"}},
      {"is there peanut in the oat cookie?", {"raisins", kAllergens}, {"$"}},
      {"what are the ingredients of the cheesecake", {"berry compote", kAllergens}, {"$"}},
      {"is the latte vegan?", {"steamed milk", kAllergens}, {"$"}},
      {"anything halal?", {kAllergens}, {"$"}},
      {"do you have anything dairy free?", {kAllergens}, {"$"}},
      {"soy celíaco, ¿puedo comer la tarta de zanahoria?", {"walnuts", kAllergens}, {"$"}},
      {"¿la tarta de zanahoria lleva nueces?", {"walnuts", kAllergens}, {"$"}},
      {"soy alérgico a los frutos secos, ¿qué puedo comer?", {kAllergens}, {"$"}},
      {"je suis allergique aux noix, le brownie est-il sûr ?", {"Almond flour", kAllergens}, {"$"}},
      {"je suis allergique aux œufs, le muffin ?", {"crumble", kAllergens}, {"$"}},
      {"Ich habe eine Nussallergie, kann ich den Brownie essen?",
       {"Almond flour", kAllergens},
       {"$"}},
      {"ich bin allergisch gegen Nüsse, ist der Karottenkuchen sicher?",
       {"walnuts", kAllergens},
       {"$"}},
      {"enthält der Käsekuchen Nüsse?", {"berry compote", kAllergens}, {"$"}},
      {"sou alérgico a nozes, posso comer o brownie?", {"Almond flour", kAllergens}, {"$"}},
      {"o bolo de cenoura contém nozes?", {"walnuts", kAllergens}, {"$"}},
      {"sono allergico alle noci, posso mangiare il brownie?", {"Almond flour", kAllergens}, {"$"}},
      {"la torta di carote contiene noci?", {"walnuts", kAllergens}, {"$"}},
  });
  expect_rows({{"is it gluten free?", {"berry compote", kAllergens}, {"$", "Brownie is"}},
               {"does it have nuts?", {"berry compote", kAllergens}, {"$"}}},
              after("do you have cheesecake?"));
}

TEST(Cafe, WhatCallsItselfFitForADietIsOffered) {
  expect_rows({
      {"do you have something vegan?", {"Vegan Banana Bread", "$4.25", kAllergens}},
      {"do you have gluten free options?", {"Gluten-Free Brownie", "$4.50", kAllergens}},
      {"¿tienen algo sin gluten?", {"Gluten-Free Brownie", kAllergens}},
      {"avez-vous quelque chose sans gluten ?", {"Gluten-Free Brownie", kAllergens}},
      {"Gibt es etwas ohne Gluten?", {"Gluten-Free Brownie", kAllergens}},
      {"tem algo sem glúten?", {"Gluten-Free Brownie", kAllergens}},
      {"avete qualcosa senza glutine?", {"Gluten-Free Brownie", kAllergens}},
      {"how much is the gluten-free brownie?", {"Gluten-Free Brownie is $4.50"}, {kAllergens}},
      {"how much is the vegan banana bread?", {"Vegan Banana Bread is $4.25"}, {kAllergens}},
  });
}

TEST(Cafe, WithoutADocumentOnAllergensAPersonIsOffered) {
  const auto shop = make_shop({"Corner", "en-US", "USD", "UTC", ""},
                              {{"Apple pie", 1275, "Butter crust."}, {"Nut bread", 500}}, {});
  for (const char* question : {"does the apple pie contain nuts?", "I have a nut allergy",
                               "soy alérgica a las nueces", "anything nut free?"}) {
    const std::string text = ask(shop, question).text;
    EXPECT_TRUE(text.ends_with("our team?") || text.ends_with("nuestro equipo?")) << text;
    EXPECT_EQ(text.find('$'), std::string::npos) << text;
    EXPECT_EQ(text.find("Nut bread"), std::string::npos) << text;
  }
  EXPECT_NE(ask(shop, "does the apple pie contain nuts?").text.find("Butter crust."),
            std::string::npos);
  EXPECT_NE(ask(shop, "how much is the nut bread?").text.find("Nut bread"), std::string::npos);
}

TEST(Cafe, APriceThatIsNamedIsNotAgreedTo) {
  for (const char* question :
       {"can I get the chocolate cake for $3?", "¿me das la tarta de chocolate por $3?",
        "je voudrais le gâteau au chocolat pour 3 dollars",
        "ich möchte den Schokoladenkuchen für 3 dollar", "quero o bolo de chocolate por 3 dólares",
        "vorrei la torta al cioccolato per 3 dollari", "can I have the chocolate cake for €2",
        "I'd like the chocolate cake for five dollars"}) {
    const Proposal reply = ask(demo_shop(), question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_NE(reply.text.find(phrase(Phrase::listed_prices_only, reply.language)),
              std::string::npos);
    EXPECT_NE(reply.text.find("$6.50"), std::string::npos);
    EXPECT_TRUE(reply.text.ends_with(phrase(Phrase::offer_person, reply.language)));
  }
  for (const char* question :
       {"can I get the chocolate cake for $6.50?", "I'd like 2 chocolate cakes please"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_TRUE(reply.text.ends_with(phrase(Phrase::order_by_person, reply.language)))
        << question << " → " << reply.text;
  }
}

TEST(Cafe, AnOrderOfWhatWasSpokenOfIsForAPerson) {
  const std::string text = ask(demo_shop(), "I'll take two", after("do you have cheesecake?")).text;
  EXPECT_NE(text.find("$6.75"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with(phrase(Phrase::order_by_person, Language::en))) << text;
  const std::string asked = ask(demo_shop(), "I would like to know whether you have oat milk").text;
  EXPECT_EQ(asked.find("person"), std::string::npos) << asked;
}

TEST(Cafe, APartOfANameIsNotAllOfIt) {
  for (const char* question :
       {"a coffee please", "un café por favor", "un café s'il vous plaît", "einen Kaffee bitte",
        "um café por favor", "un caffè per favore", "coffee", "can i have a coffee and a muffin?",
        "two cakes and a coffee please"}) {
    const std::string text = ask(demo_shop(), question).text;
    EXPECT_NE(text.find("• House Roast Coffee Beans"), std::string::npos)
        << question << " → " << text;
    EXPECT_NE(text.find("• Espresso"), std::string::npos) << question << " → " << text;
  }
  expect_rows({{"got any muffins?", {"Blueberry Muffin"}, {"Eggs", "•"}},
               {"cofee", {"Did you mean", "Espresso"}},
               {"le homard est disponible ?", {"Lobster Roll"}},
               {"a large coffee", {"Large for Americano (+$0.75)"}, {"Beans"}},
               {"how much is the lobster", {"Lobster Roll"}, {"•"}}});
}

TEST(Cafe, WhatOnlyADescriptionNamesIsNotSaidToBeHad) {
  for (const char* question : {"do you sell beer?", "¿venden cerveza?", "vendez-vous de la bière ?",
                               "habt ihr Bier?", "vocês vendem cerveja?", "avete la birra?"}) {
    const Proposal reply = ask(demo_shop(), question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_NE(reply.text.find(phrase(Phrase::not_found, reply.language)), std::string::npos);
    EXPECT_EQ(reply.text.find("Chips"), std::string::npos);
    EXPECT_TRUE(offers_person(reply.text));
  }
  expect_rows({{"do you have a hot latte?", {"couldn't find exactly that", "• Latte"}},
               {"do you have anything with basil?", {"Tomato Soup"}}});
}

TEST(Cafe, WhatIsRefusedIsNotOffered) {
  expect_rows({
      {"no chocolate please, what cakes do you have without chocolate?",
       {"Carrot Cake"},
       {"Chocolate"}},
      {"I don't want coffee, what tea do you have?", {"Green Tea", "Earl Grey Tea"}, {"Coffee"}},
      {"not the latte, the mocha", {"Mocha is $5.25"}, {"Latte"}},
      {"do you not have tea?", {"Green Tea"}},
      {"no quiero chocolate, ¿qué pasteles tienen?", {"Carrot Cake"}, {"Chocolate"}},
      {"pas de chocolat, quels gâteaux avez-vous ?", {"Carrot Cake"}, {"Chocolate"}},
      {"Kein Kaffee, welchen Tee habt ihr?", {"Green Tea"}, {"Coffee"}},
      {"não quero chocolate, que bolos têm?", {"Carrot Cake"}, {"Chocolate"}},
      {"non voglio cioccolato, che torte avete?", {"Carrot Cake"}, {"Chocolate"}},
      {"I'd like a latte without sugar", {"Latte", "$4.75"}, {"couldn't"}},
      {"can i get a croissant without butter?", {"Croissant", "can't say for certain"}},
  });
  for (const char* question :
       {"I don't want the cheesecake", "je ne veux pas de chocolat", "no quiero chocolate",
        "ich will keinen Kaffee", "não quero chocolate", "non voglio il caffè"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_EQ(reply.text, phrase(Phrase::all_right, reply.language)) << question;
  }
}

TEST(Cafe, ALimitLeavesOutWhatCostsMore) {
  for (const char* question :
       {"do you have cakes under $7", "¿tienen tartas por menos de $7?",
        "avez-vous des gâteaux à moins de 7 $ ?", "habt ihr Kuchen unter 7 dollar?",
        "têm bolos por menos de 7 dólares?", "avete torte a meno di 7 dollari?"}) {
    const std::string text = ask(demo_shop(), question).text;
    EXPECT_NE(text.find("Carrot Cake"), std::string::npos) << question << " → " << text;
    EXPECT_EQ(text.find("$58.00"), std::string::npos) << question << " → " << text;
  }
  expect_rows({{"what can I get for under $4?", {"Espresso: $3.25"}, {"$4", "$5"}},
               {"is the chocolate cake under $5?", {"$6.50"}}});
}

TEST(Cafe, TheMenuIsALookAcrossIt) {
  for (const char* question : {"menu", "show me the menu", "price?", "carta", "was habt ihr?"}) {
    const std::string text = ask(demo_shop(), question).text;
    EXPECT_NE(text.find("• Espresso"), std::string::npos) << question << " → " << text;
    EXPECT_EQ(text.find("Delivery"), std::string::npos) << question << " → " << text;
    EXPECT_EQ(text.find("Party Table"), std::string::npos) << question << " → " << text;
  }
}

TEST(Cafe, CodesAndOptionsAreFound) {
  expect_rows({
      {"ADM-124", {"Chocolate Cake"}, {"•"}},
      {"price of ADM-124", {"Chocolate Cake is $6.50"}, {"•"}},
      {"how much is item 124", {"Chocolate Cake is $6.50"}, {"•"}},
      {"wie viel kostet Artikel ADM-124?", {"Chocolate Cake kostet $6.50"}, {"•"}},
      {"price of ADM-999", {}, {"$"}},
      {"how much is a large latte with oat milk?",
       {"Latte is $4.75", "Oat milk for Latte (+$0.80)", "Large for Latte (+$0.75)"}},
      {"americano decaf large", {"Americano is $3.75", "Decaf", "Large for Americano (+$0.75)"}},
      {"¿cuánto cuesta un latte grande con leche de avena?",
       {"Latte cuesta $4.75", "+$0.80", "+$0.75"}},
      {"Was kostet ein großer Latte mit Hafermilch?", {"Latte kostet $4.75", "+$0.80", "+$0.75"}},
      {"quanto custa um latte grande com leite de aveia?",
       {"Latte custa $4.75", "+$0.80", "+$0.75"}},
  });
}

TEST(Cafe, AnOptionThatCostsLessSaysSo) {
  const auto shop = make_shop({"Bar", "en-US", "USD", "UTC", ""},
                              {{"Latte", 475, "", true, {{"Small", -20}}}}, {});
  const std::string text = ask(shop, "small latte").text;
  EXPECT_NE(text.find("(-$0.20)"), std::string::npos) << text;
}

TEST(Cafe, FollowUpsStayWithTheItem) {
  expect_rows({{"and the small one?", {"Chocolate Cake"}, {"harbor"}},
               {"¿y el pequeño?", {"Chocolate Cake"}, {"harbor"}},
               {"und der kleine?", {"Chocolate Cake"}, {"harbor"}}},
              after("do you have chocolate cake?"));
  expect_rows({{"and with oat milk?", {"Oat milk for Latte (+$0.80)"}, {"Cappuccino"}},
               {"with oat milk?", {"Oat milk for Latte (+$0.80)"}, {"Cappuccino"}},
               {"¿y con leche de avena?", {"Oat milk", "+$0.80"}, {"Cappuccino"}},
               {"et avec du lait d'avoine ?", {"Oat milk", "+$0.80"}, {"Cappuccino"}},
               {"und mit Hafermilch?", {"Oat milk", "+$0.80"}, {"Cappuccino"}},
               {"e com leite de aveia?", {"Oat milk", "+$0.80"}, {"Cappuccino"}},
               {"e con latte d'avena?", {"Oat milk", "+$0.80"}, {"Cappuccino"}},
               {"and the mocha?", {"Mocha", "$5.25"}},
               {"and do you have wifi?", {"password"}}},
              after("how much is a latte?"));
  expect_rows({{"and large?", {"couldn't find exactly that", "Mocha"}, {"Cappuccino"}}},
              after("how much is the mocha?"));
  for (const char* question : {"how much?", "¿y cuánto cuesta?", "combien ?", "was kostet das?",
                               "quanto custa?", "quanto costa?"}) {
    expect_rows({{question, {"Local Delivery", "$5.00"}, {"•"}}}, after("do you deliver?"));
  }
}

TEST(Cafe, TheDocumentThatIsMeantAnswers) {
  expect_rows({
      {"what time is breakfast served until?", {"kitchen closes"}, {"cancelled"}},
      {"until when?", {"6:00 pm"}, {"cancelled"}},
      {"¿hasta cuándo?", {"6:00 pm"}},
      {"your website says the latte is $2, is that right?", {"Latte is $4.75"}, {"Harbor"}},
      {"do you accept dogs?", {"Dogs are welcome"}, {"cash"}},
      {"do you accept bitcoin?", {"cash"}},
      {"can i return the mug i bought 2 months ago?", {"within 30 days"}, {"$"}},
      {"is there a job opening?", {}, {"7:00 am"}},
      {"is there a toilet?", {"restroom"}},
      {"Darf mein Hund rein?", {"Dogs are welcome"}},
  });
  for (const char* question :
       {"how much is delivery?", "¿cuánto cuesta el envío?", "combien coûte la livraison ?",
        "was kostet die Lieferung", "quanto é a entrega?", "quanto costa la consegna?"}) {
    expect_rows({{question, {"Local Delivery", "$5.00"}, {"•"}}});
  }
}

TEST(Cafe, ComplaintsAreHeard) {
  for (const char* question :
       {"you charged me twice!", "I was overcharged",
        "this is terrible service, my coffee was cold", "Mein Kaffee war kalt!",
        "mi café estaba frío, qué vergüenza", "mon café était froid", "o meu café estava frio",
        "il mio caffè era freddo"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_NE(reply.text.find(phrase(Phrase::concern, reply.language)), std::string::npos)
        << question << " → " << reply.text;
    EXPECT_EQ(reply.text.find('$'), std::string::npos) << question << " → " << reply.text;
  }
}

TEST(Cafe, CourtesyIsMetWithCourtesy) {
  const auto offered = after("what's the weather?");
  for (const char* said : {"no", "👍", "❤️", "perfect", "cool", "that's all", "never mind",
                           "no thanks", "nothing thanks"}) {
    EXPECT_EQ(ask(demo_shop(), said).text, phrase(Phrase::all_right, Language::en)) << said;
    EXPECT_EQ(ask(demo_shop(), said, offered).text, phrase(Phrase::all_right, Language::en))
        << said;
  }
  EXPECT_EQ(ask(demo_shop(), "ok").text, phrase(Phrase::all_right, Language::en));
  EXPECT_EQ(ask(demo_shop(), "ciao!").text.rfind("Ciao", 0), 0u) << "a greeting, not a goodbye";
  for (const char* said :
       {"nada más", "c'est tout", "non merci", "alles klar", "nein danke", "perfeito", "è tutto"}) {
    const Proposal reply = ask(demo_shop(), said);
    EXPECT_EQ(reply.text, phrase(Phrase::all_right, reply.language)) << said;
  }
  EXPECT_NE(ask(demo_shop(), "ok, what about pizza?").text,
            phrase(Phrase::all_right, Language::en));
  EXPECT_NE(ask(demo_shop(), "???").text, phrase(Phrase::all_right, Language::en));
}

TEST(Cafe, ComparisonsAndCountsNameTheirItems) {
  const char* both[] = {"Latte", "$4.75", "Cappuccino", "$4.50"};
  for (const char* question :
       {"What's cheaper, the latte or the cappuccino?",
        "¿qué es más barato, el latte o el cappuccino?",
        "qu'est-ce qui est le moins cher, le latte ou le cappuccino ?",
        "Was ist billiger, Latte oder Cappuccino?", "o que é mais barato, o latte ou o cappuccino?",
        "costa meno il latte o il cappuccino?"}) {
    const std::string text = ask(demo_shop(), question).text;
    for (const char* part : both) {
      EXPECT_NE(text.find(part), std::string::npos) << question << " → " << text;
    }
  }
  expect_rows({{"what's the difference between latte and flat white",
                {"Latte", "Flat White", "$4.65"},
                {"couldn't"}},
               {"2x latte + 1x muffin", {"Latte", "Blueberry Muffin"}, {"not sure"}},
               {"espresso x2", {"Espresso", "$3.25"}, {"couldn't"}},
               {"sugar free drinks?", {}, {"Brownie: $"}},
               {"caffeine free?", {}, {"Brownie: $"}},
               {"Is there lactose-free milk?", {}, {"Brownie: $"}}});
}

TEST(Cafe, SeveralQuestionsAreAllAnsweredOnce) {
  expect_rows({{"parking and wifi?", {"garage", "password"}},
               {"what time do you open and do you have wifi?", {"7:00 am", "password"}},
               {"can I cancel my order?", {"48 hours"}, {"sorry"}},
               {"¿puedo cancelar mi pedido?", {"48 hours"}},
               {"Puis-je annuler ma commande ?", {"48 hours"}},
               {"kann ich meine Bestellung stornieren?", {"48 hours"}},
               {"how much is the latte? do you deliver? do you have wifi? can I bring my dog?",
                {"$4.75", "deliver in Portland", "password", "Dogs"}}});
  const std::string text = ask(demo_shop(), "latte. latte. latte.").text;
  EXPECT_EQ(text.find("$4.75"), text.rfind("$4.75")) << text;
  EXPECT_NE(text.find("$4.75"), std::string::npos) << text;
}

}  // namespace
}  // namespace aura::agent::testing
