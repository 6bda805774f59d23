// Who is handed over to a person, and who is not: in the six languages and in several shops.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

TEST(Person, IsNotBroughtToWhoRefusesOne) {
  for (const char* said :
       {"I don't want to talk to a person", "no, not a person", "I do not need a human",
        "please don't connect me to an agent", "no human please",
        "I don't want to speak with your manager", "no quiero hablar con una persona",
        "no necesito un agente", "una persona no", "je ne veux pas parler à quelqu'un",
        "pas besoin d'un conseiller", "ich will nicht mit einem Menschen sprechen",
        "ich brauche keinen Mitarbeiter", "mit einem Menschen möchte ich nicht sprechen",
        "não quero falar com uma pessoa", "não preciso de um atendente",
        "non voglio parlare con una persona", "non ho bisogno di un operatore"}) {
    for (const auto& shop : {demo_shop(), tool_shop(), bakery()}) {
      const Proposal reply = ask(shop, said);
      EXPECT_EQ(reply.action, Action::reply) << said << " → " << reply.text;
      EXPECT_FALSE(reply.text.empty()) << said;
    }
  }
  expect_rows({{"I don't want to talk to a person, how much is the latte?", {"$4.75"}},
               {"no quiero hablar con una persona. ¿cuánto cuesta el latte?", {"$4.75"}}});
}

TEST(Person, IsBroughtToWhoWantsNoProgram) {
  for (const char* said :
       {"not a bot, a person", "I don't want to talk to a bot",
        "I don't want a bot, I want a person", "no, I want to talk to a person",
        "this does not help, get me a human", "I want a human not you", "person please",
        "connect me with staff", "persona por favor", "pessoa por favor", "persona per favore",
        "no quiero un bot, quiero hablar con una persona", "¿no puedo hablar con una persona?",
        "je ne veux pas d'un robot, je veux une vraie personne",
        "ich will keinen Bot sondern einen Menschen",
        "não quero um robô, quero falar com uma pessoa",
        "non voglio un bot, voglio parlare con una persona"}) {
    EXPECT_EQ(ask(demo_shop(), said).action, Action::handover) << said;
    EXPECT_EQ(ask(salon(), said).action, Action::handover) << said;
  }
}

TEST(Person, IsAGuestInABooking) {
  for (const char* said :
       {"I'd like to book a table for a person and a dog",
        "Quiero reservar una mesa para una persona",
        "Je voudrais réserver une table pour une personne",
        "Ich möchte einen Tisch für eine Person reservieren",
        "Ich möchte für zwölf Menschen reservieren", "Queria reservar uma mesa para uma pessoa",
        "Vorrei prenotare per una persona"}) {
    for (const auto& shop : {demo_shop(), salon(), bakery()}) {
      const Proposal reply = ask(shop, said);
      EXPECT_EQ(reply.action, Action::reply) << said << " → " << reply.text;
    }
  }
  for (const char* said : {"I'd like to speak to a person about booking a table",
                           "Quiero hablar con una persona para reservar una mesa",
                           "Je voudrais parler à une personne pour réserver une table",
                           "Ich möchte mit einem Menschen sprechen, um einen Tisch zu reservieren",
                           "Queria falar com uma pessoa para reservar uma mesa",
                           "Vorrei parlare con una persona per prenotare un tavolo"})
    EXPECT_EQ(ask(demo_shop(), said).action, Action::handover) << said;
}

}  // namespace
}  // namespace aura::agent::testing
