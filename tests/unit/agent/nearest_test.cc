// What is near to a question and no answer to it, and what is the answer though it lies further
// off: in the café and in shops of other trades.
#include <gtest/gtest.h>

#include "actors/agent/phrases.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

TEST(Nearest, IsNotTakenForWhatWasAskedFor) {
  const std::pair<Shop, const char*> rows[] = {{demo_shop(), "do you have whole milk"},
                                               {demo_shop(), "do you have gift wrapping"},
                                               {demo_shop(), "can i get a receipt"},
                                               {demo_shop(), "is the coffee organic"},
                                               {demo_shop(), "is the mug dishwasher safe"},
                                               {demo_shop(), "¿tienen leche entera?"},
                                               {salon(), "do you do beard oil"},
                                               {salon(), "can i get a massage chair"},
                                               {tool_shop(), "habt ihr einen Hammerstiel?"},
                                               {clothes_shop(), "¿tienen lana?"},
                                               {bakery(), "vous avez du citron ?"}};
  for (const auto& [shop, question] : rows) {
    const Proposal reply = ask(shop, question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    for (const char* wrong :
         {"Birthday", "Gift Card", "Wi-Fi", "Beans", "Beard Trim", "Deep Tissue", "Hammer 500"})
      EXPECT_EQ(reply.text.find(wrong), std::string::npos) << wrong;
  }
  expect_rows(
      {{"espreso pric", {"Espresso"}},
       {"can I book for 12 people", {"reserve a table"}},
       {"do u have croissants? how much?", {"• Butter Croissant"}, {"Butter Croissant is"}}});
  expect_rows({{"can i get a receipt", {"can't find that", "person"}},
               {"do you have whole milk", {"can't find that", "person"}}});
}

TEST(Nearest, TheNameOfAnItemBeatsATopic) {
  expect_rows({{"gift card", {"Gift Card", "$25.00"}, {"cash"}},
               {"can I pay by card?", {"credit and debit cards"}, {"$"}}});
  expect_answers(trap_shop(), {{"gift card $25", {"Gift Card"}}});
}

TEST(Nearest, TheDocumentThatKnowsItAnswers) {
  expect_rows(
      {{"how long do you hold a table", {"15 minutes"}, {"$"}},
       {"can i cancel my cake order", {"48 hours"}, {"$", "•"}},
       {"can i work there with my laptop", {"Laptops are welcome"}},
       {"hello there, quick question: are dogs allowed inside?", {"Hi!", "Dogs are welcome"}},
       {"hola, una pregunta: ¿se permiten perros?", {"Dogs are welcome"}},
       {"bonjour, petite question : les chiens sont admis ?", {"Dogs are welcome"}},
       {"Hallo, kurze Frage: sind Hunde erlaubt?", {"Dogs are welcome"}},
       {"olá, uma dúvida: o cachorro pode entrar?", {"Dogs are welcome"}},
       {"buongiorno, una domanda: i cani sono ammessi?", {"Dogs are welcome"}}});
  expect_answers(salon(),
                 {{"hi, quick question: how early should I arrive?", {"10 minutes early"}}});
}

TEST(Nearest, WhatOneTellsOfOneselfIsNoQuestion) {
  for (const char* said : {"my email is joe@example.com", "mi correo es ana@example.com",
                           "meine Nummer ist 0151 2345"})
    EXPECT_EQ(ask(demo_shop(), said).text.find("Harbor"), std::string::npos) << said;
}

TEST(Nearest, TroubleIsHeard) {
  for (const char* said : {"i found a hair in my soup", "your coffee sucks", "i was food poisoned",
                           "había un pelo en mi sopa", "il y avait un cheveu dans ma soupe",
                           "da war ein Haar in meiner Suppe", "tinha um cabelo na minha sopa",
                           "c'era un capello nella zuppa"}) {
    const Proposal reply = ask(demo_shop(), said);
    EXPECT_NE(reply.text.find(phrase(Phrase::concern, reply.language)), std::string::npos)
        << said << " → " << reply.text;
    EXPECT_TRUE(offers_person(reply.text)) << said;
  }
}

TEST(Nearest, WhoIsInDespairIsBroughtToAPerson) {
  for (const char* said : {"i want to kill myself", "quiero morir", "j'ai envie de mourir",
                           "ich will sterben", "quero morrer", "voglio morire"}) {
    for (const auto& shop : {demo_shop(), tool_shop()}) {
      const Proposal reply = ask(shop, said);
      EXPECT_EQ(reply.action, Action::handover) << said;
      EXPECT_EQ(reply.text, phrase(Phrase::distress, reply.language)) << said;
    }
  }
  EXPECT_EQ(ask(demo_shop(), "this cake is to die for").action, Action::reply);
}

TEST(Nearest, APluralOfAMistypedWordIsFound) {
  expect_rows({{"¿cuánto valen dos capuchinos?", {"Cappuccino", "$4.50"}},
               {"two capuchinos please", {"Cappuccino", "$4.50"}}});
  expect_answers(clothes_shop(), {{"¿cuánto cuestan las bufandass?", {"Bufanda de lana"}}});
}

TEST(Nearest, ASecondQuestionIsOfTheFirst) {
  expect_rows({{"¿hacen envíos a domicilio? ¿cuánto cuesta?", {"$5.00"}, {"•"}},
               {"do you deliver? how much is it?", {"$5.00"}, {"•"}},
               {"price of the cheesecake? and is it gluten free?",
                {"$6.75", "berry compote"},
                {"Almond flour"}},
               {"do you do catering? how much for 20 people?", {"$120.00"}, {"can't find"}}});
  const std::string text = ask(demo_shop(), "who are you? are you a robot?").text;
  EXPECT_EQ(text.find("automated"), text.rfind("automated")) << text;
  expect_rows({{"ok i take 3", {"Gift Card", "$25.00", "arrange"}}}, after("gift card"));
}

}  // namespace
}  // namespace aura::agent::testing
