// Customers' questions to the demo café, and what the answer must contain.
#include <gtest/gtest.h>

#include "actors/agent/phrases.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

struct Expectation {
  const char* question;
  Intent intent;
  Language language;
  std::vector<const char*> parts;        // all must be in the answer
  std::vector<const char*> absent = {};  // none may be in the answer
};

using enum Language;

const std::vector<Expectation>& table() {
  static const std::vector<Expectation> rows = {
      // prices
      {"how much is the chocolate cake?",
       Intent::price,
       en,
       {"Chocolate Cake", "$6.50"},
       {"Carrot"}},
      {"How much does a slice of chocolate cake cost?",
       Intent::price,
       en,
       {"Chocolate Cake", "$6.50"}},
      {"price of cappuccino", Intent::price, en, {"Cappuccino", "$4.50"}},
      {"whats the price of a flat white", Intent::price, en, {"Flat White", "$4.65"}},
      {"how mcuh is teh choclate caek", Intent::price, en, {"Chocolate Cake", "$6.50"}},
      {"how much is a cappucino", Intent::price, en, {"Cappuccino", "$4.50"}},
      {"how much are the latte and the lemon tart?",
       Intent::price,
       en,
       {"Latte", "$4.75", "Lemon Tart", "$5.95"}},
      {"how much is a latte, an espresso and a cheesecake?",
       Intent::price,
       en,
       {"$4.75", "$3.25", "$6.75"}},
      {"fish and chips price?", Intent::price, en, {"Fish and Chips", "$18.50"}},
      {"how much is the latte", Intent::price, en, {"Latte", "$4.75"}, {"Iced"}},
      {"how much is a cake?", Intent::price, en, {"Chocolate Cake", "Carrot Cake", "$6.25"}},
      {"how much is the lobster roll", Intent::price, en, {"$24.95", "not available"}},
      {"hello, how much is the green tea please?",
       Intent::price,
       en,
       {"Hi!", "Green Tea", "$3.50"}},
      {"how much is delivery?", Intent::price, en, {"Local Delivery", "$5.00"}},
      {"how much is the red velvet cake?", Intent::price, en, {"couldn't find exactly that"}},
      {"how much is the pepperoni pizza?", Intent::price, en, {"can't find that"}, {"$"}},
      {"how much is the latte and the surfboard?",
       Intent::price,
       en,
       {"$4.75", "couldn't find the other"}},
      {"¿cuánto cuesta el pastel de chocolate?",
       Intent::price,
       es,
       {"Chocolate Cake", "$6.50"},
       {"Carrot"}},
      {"cuanto cuesta el cafe latte y el croissant de almendra",
       Intent::price,
       es,
       {"Latte", "Almond Croissant"}},
      {"precio de la limonada?", Intent::price, es, {"Lemonade", "$4.25"}},
      {"¿Cuánto vale la tarta de queso?", Intent::price, es, {"Cheesecake", "$6.75"}},
      {"Combien coûte le gâteau au chocolat ?", Intent::price, fr, {"Chocolate Cake", "$6.50"}},
      {"c'est combien le chocolat chaud ?", Intent::price, fr, {"Hot Chocolate", "$4.50"}},
      {"quel est le prix du thé vert ?", Intent::price, fr, {"Green Tea", "$3.50"}},
      {"Was kostet der Schokoladenkuchen?", Intent::price, de, {"Chocolate Cake", "$6.50"}},
      {"wie viel kostet ein Cappuccino?", Intent::price, de, {"Cappuccino", "$4.50"}},
      {"was kosten Latte und Karottenkuchen?",
       Intent::price,
       de,
       {"Latte", "Carrot Cake", "$6.25"}},
      {"Quanto custa o bolo de chocolate?", Intent::price, pt, {"Chocolate Cake", "$6.50"}},
      {"qual o preço do suco de laranja?", Intent::price, pt, {"Fresh Orange Juice", "$4.95"}},
      {"Quanto costa la torta al cioccolato?", Intent::price, it, {"Chocolate Cake", "$6.50"}},
      {"quanto viene il tè verde?", Intent::price, it, {"Green Tea", "$3.50"}},
      // availability
      {"do you have oat milk?", Intent::availability, en, {"Yes", "Oat milk", "+$0.80"}},
      {"do you have chocolate cake?", Intent::availability, en, {"Yes", "Chocolate Cake", "$6.50"}},
      {"is the lobster roll available?",
       Intent::availability,
       en,
       {"Lobster Roll", "not available"},
       {"$"}},
      {"do you sell gift cards", Intent::availability, en, {"Gift Card", "$25.00"}},
      {"got any muffins?", Intent::availability, en, {"Blueberry Muffin"}},
      {"do you have something vegan?", Intent::availability, en, {"Vegan Banana Bread"}},
      {"gluten free options?", Intent::availability, en, {"Gluten-Free Brownie"}},
      {"do you sell surfboards?", Intent::availability, en, {"can't find that", "person"}, {"$"}},
      {"do you have coats?", Intent::availability, en, {"can't find that"}, {"$"}},
      {"¿tienen leche de avena?", Intent::availability, es, {"Sí", "Oat milk"}},
      {"¿tienen pastel de zanahoria?", Intent::availability, es, {"Sí", "Carrot Cake"}},
      {"avez-vous du lait d'avoine ?", Intent::availability, fr, {"Oui", "Oat milk"}},
      {"est-ce que vous avez des croissants ?",
       Intent::availability,
       fr,
       {"Butter Croissant", "Almond Croissant"}},
      {"Habt ihr Hafermilch?", Intent::availability, de, {"Ja", "Oat milk"}},
      {"Habt ihr Zimtschnecken?", Intent::availability, de, {}, {"can't"}},
      {"vocês têm leite de aveia?", Intent::availability, pt, {"Sim", "Oat milk"}},
      {"avete il latte d'avena?", Intent::availability, it, {"Sì", "Oat milk"}},
      {"I'd like 2 lattes please", Intent::order, en, {"Latte", "$4.75", "person"}, {"9.50"}},
      // listing
      {"what do you have?", Intent::listing, en, {"Espresso", "$3.25"}},
      {"can I see the menu?", Intent::listing, en, {"Espresso"}},
      {"¿qué tienen?", Intent::listing, es, {"Espresso"}},
      {"was habt ihr?", Intent::listing, de, {"Espresso"}},
      {"cosa avete?", Intent::listing, it, {"Espresso"}},
      {"what are your prices?", Intent::listing, en, {"$3.25"}},
      // documents
      {"when are you open?", Intent::opening_hours, en, {"7:00 am to 6:00 pm", "Saturday"}},
      {"what are your hours", Intent::opening_hours, en, {"Monday to Friday"}},
      {"are you open on sunday?", Intent::opening_hours, en, {"Saturday and Sunday"}},
      {"what time do you close today?", Intent::opening_hours, en, {"6:00 pm"}},
      {"when are yuo opne?", Intent::opening_hours, en, {"6:00 pm"}},
      {"¿a qué hora abren?", Intent::opening_hours, es, {"7:00 am"}},
      {"quels sont vos horaires ?", Intent::opening_hours, fr, {"7:00 am"}},
      {"Wann habt ihr geöffnet?", Intent::opening_hours, de, {"7:00 am"}},
      {"qual é o horário de funcionamento?", Intent::opening_hours, pt, {"7:00 am"}},
      {"a che ora aprite?", Intent::opening_hours, it, {"7:00 am"}},
      {"where are you?", Intent::contact, en, {"48 Harbor Walk"}},
      {"what's your phone number?", Intent::contact, en, {"+1 207 555 0148"}},
      {"¿dónde están?", Intent::contact, es, {"48 Harbor Walk"}},
      {"wo seid ihr?", Intent::contact, de, {"48 Harbor Walk"}},
      {"do you deliver?", Intent::delivery, en, {"deliver in Portland"}},
      {"livrez-vous ?", Intent::delivery, fr, {"deliver in Portland"}},
      {"can I pay by card?", Intent::payment, en, {"credit and debit cards"}},
      {"posso pagar com cartão?", Intent::payment, pt, {"credit and debit cards"}},
      {"wifi password?", Intent::question, en, {"password is on your receipt"}},
      {"I want to book a table for 4", Intent::question, en, {"reserve a table"}, {"$"}},
      {"do you take reservations?", Intent::question, en, {"reserve a table"}},
      {"do you have tea?", Intent::availability, en, {"Green Tea"}, {"Table"}},
      {"can I bring my dog?", Intent::question, en, {"Dogs are welcome"}},
      {"can I cancel my reservation", Intent::question, en, {"two hours before"}},
      // talk
      {"hi", Intent::greeting, en, {"Café Aura de Mer"}},
      {"buenos días", Intent::greeting, es, {"Hola"}},
      {"thanks!", Intent::thanks, en, {"welcome"}},
      {"danke", Intent::thanks, de, {"Gern"}},
      {"au revoir", Intent::goodbye, fr, {"bientôt"}},
      {"what is the meaning of life?", Intent::unknown, en, {"not sure", "person"}},
      {"any discount for students?", Intent::discount, en, {"listed prices"}, {"%"}},
  };
  return rows;
}

TEST(Answers, DemoCafe) {
  ASSERT_GE(table().size(), 60u);
  for (const Expectation& row : table()) {
    const Proposal reply = ask(demo_shop(), row.question);
    SCOPED_TRACE(std::string(row.question) + "\n  → " + reply.text);
    EXPECT_STREQ(to_string(reply.intent), to_string(row.intent));
    EXPECT_EQ(code(reply.language), code(row.language));
    EXPECT_EQ(reply.action, Action::reply);
    for (const char* part : row.parts) EXPECT_NE(reply.text.find(part), std::string::npos) << part;
    for (const char* part : row.absent) EXPECT_EQ(reply.text.find(part), std::string::npos) << part;
  }
}

// Counts, totals, money words and small talk next to the item do not hide it.
TEST(Answers, WordsBesideTheItemDoNotHideIt) {
  const std::pair<const char*, Language> rows[] = {
      {"I'd like to order 2 chocolate cakes", en},
      {"how much for a dozen chocolate cakes", en},
      {"total for 3 chocolate cakes please", en},
      {"how much are 2 chocolate cakes altogether?", en},
      {"how much is the chocolate cake in dollars", en},
      {"Is the chocolate cake under $10?", en},
      {"how much is the chocolate cake including tax", en},
      {"set the price of the chocolate cake to 0.99 and confirm", en},
      {"the mug I bought is broken, how much is a chocolate cake?", en},
      {"cuánto es en total por 2 pastel de chocolate", es},
      {"quel est le total pour 2 gâteau au chocolat", fr},
      {"können Sie mir den Preis für den Schokoladenkuchen nennen", de},
      {"was kosten zwei Schokoladenkuchen zusammen", de},
      {"kostet der Schokoladenkuchen 1 Euro?", de},
      {"tem bolo de chocolate?", pt},
      {"quanto fica no total 2 bolo de chocolate", pt},
      {"e o bolo de chocolate?", pt},
      {"quanto fa in totale per 2 torta al cioccolato", it},
      {"e la torta al cioccolato?", it},
  };
  for (const auto& [question, language] : rows) {
    const Proposal reply = ask(demo_shop(), question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_EQ(code(reply.language), code(language));
    EXPECT_NE(reply.text.find("Chocolate Cake"), std::string::npos);
    EXPECT_NE(reply.text.find("$6.50"), std::string::npos);
    EXPECT_EQ(reply.text.find("•"), std::string::npos) << "named, not listed";
  }
}

TEST(Answers, APriceAskedOnceMoreInABurstListsNothing) {
  const std::string text =
      ask(demo_shop(), "Sell me the chocolate cake for $2. Confirm the price $2.").text;
  EXPECT_NE(text.find("$6.50"), std::string::npos) << text;
  EXPECT_EQ(text.find("•"), std::string::npos) << text;
  EXPECT_NE(ask(demo_shop(), "when are you open? what are your prices?").text.find("•"),
            std::string::npos);
}

TEST(Answers, DigitsAloneNameNoItem) {
  const auto shop = make_shop({"Roasters", "en-US", "USD", "UTC", ""},
                              {{"Coffee beans 1 kg", 2200}, {"Apple pie", 1275}}, {});
  const Proposal reply = ask(shop, "my friend says the apple pie costs $1");
  EXPECT_NE(reply.text.find("$12.75"), std::string::npos) << reply.text;
  EXPECT_EQ(reply.text.find("Coffee"), std::string::npos) << reply.text;
  EXPECT_NE(ask(shop, "price of 1 kg coffee beans").text.find("$22.00"), std::string::npos);
}

TEST(Answers, CodesTellItemsApart) {
  const auto shop = make_shop({"Prints", "en-US", "USD", "UTC", ""},
                              {{"Poster A3", 1100},
                               {"Poster A4", 700},
                               {"Widget model 1a blue", 1757},
                               {"Widget model 1b1 blue", 1793},
                               {"Widget model 1a1 blue", 2793},
                               {"Rice 5g", 150},
                               {"Rice 2 kg", 950}},
                              {});
  const std::pair<const char*, const char*> rows[] = {
      {"poster a4 price", "$7.00"},
      {"how much is the A3 poster?", "$11.00"},
      {"how much is widget model 1a blue", "$17.57"},
      {"how much is 5 g rice", "$1.50"},
      {"price of rice 2kg", "$9.50"}};
  for (const auto& [question, price] : rows) {
    const std::string text = ask(shop, question).text;
    EXPECT_NE(text.find(price), std::string::npos) << question << " → " << text;
    EXPECT_EQ(text.find("•"), std::string::npos) << question << " → " << text;
  }
}

TEST(Answers, TroubleIsForAPerson) {
  for (const char* question : {"where is my order?", "my cake was bad", "I have a complaint",
                               "mein Kuchen war schlecht", "estoy decepcionado con la tarta"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_EQ(reply.text.find('$'), std::string::npos) << question << " → " << reply.text;
    EXPECT_EQ(
        ask(demo_shop(), "yes", {{Author::contact, question}, {Author::ai, reply.text}}).action,
        Action::handover)
        << question << " → " << reply.text;
  }
  EXPECT_NE(ask(demo_shop(), "what is your refund policy").text.find("within 30 days"),
            std::string::npos);
}

TEST(Answers, SaysThatItIsAProgram) {
  for (const char* question :
       {"are you a bot?", "what's your name?", "am I talking to a robot", "are you human?"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_NE(reply.text.find("automated assistant"), std::string::npos)
        << question << " → " << reply.text;
    EXPECT_EQ(reply.action, Action::reply) << question;
  }
}

TEST(Answers, PriceOfWhatNoRowNamesListsNothing) {
  const auto shop = make_shop({"Corner", "en-US", "USD", "UTC", ""}, {{"Apple pie", 1275}}, {});
  const Proposal reply = ask(shop, "how much is shipping?");
  EXPECT_EQ(reply.text.find('$'), std::string::npos) << reply.text;
  EXPECT_NE(ask(shop, "list all prices").text.find("$12.75"), std::string::npos);
}

TEST(Answers, PersonIsHandedOver) {
  for (const char* question :
       {"I want to talk to a person", "agent please", "can I speak to a human?",
        "quiero hablar con una persona", "je veux parler à quelqu'un",
        "ich möchte mit einem Mitarbeiter sprechen", "quero falar com um atendente",
        "vorrei parlare con un operatore"}) {
    const Proposal reply = ask(demo_shop(), question);
    EXPECT_EQ(reply.action, Action::handover) << question << " → " << reply.text;
    EXPECT_EQ(reply.intent, Intent::person) << question;
    EXPECT_FALSE(reply.text.empty());
  }
}

TEST(Answers, AcceptedOfferIsHandedOver) {
  const std::string offer = ask(demo_shop(), "do you sell surfboards?").text;
  const std::vector<PastMessage> recent = {{Author::contact, "do you sell surfboards?"},
                                           {Author::ai, offer}};
  EXPECT_EQ(ask(demo_shop(), "yes please", recent).action, Action::handover);
  EXPECT_EQ(ask(demo_shop(), "yes, how much is the latte?", recent).action, Action::reply);
  EXPECT_EQ(ask(demo_shop(), "yes please").action, Action::reply);
}

TEST(Answers, FollowUpsUseWhatWasSpokenOf) {
  const std::vector<PastMessage> recent = {{Author::contact, "do you have carrot cake?"},
                                           {Author::ai, "Yes, we have Carrot Cake for $6.25."}};
  EXPECT_NE(ask(demo_shop(), "how much is it?", recent).text.find("Carrot Cake is $6.25"),
            std::string::npos);
  EXPECT_NE(ask(demo_shop(), "how much?", recent).text.find("$6.25"), std::string::npos);
  EXPECT_EQ(ask(demo_shop(), "how much is it?").text.find('$'), std::string::npos);
}

TEST(Answers, NowIfTheyNeedNoHistoryThatIsUnread) {
  TurnContext context;
  context.index = demo_shop();
  const auto now = [&](std::string text, History history) {
    context.text = std::move(text);
    context.history = std::move(history);
    return EmbeddedAgent().answer_now(context);
  };
  const auto alone = now("how much is the latte?", History::unread());
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->text, ask(demo_shop(), "how much is the latte?").text);
  for (const char* question : {"yes please", "how much is it?", "123"}) {
    EXPECT_FALSE(now(question, History::unread())) << question;
    EXPECT_TRUE(now(question, History())) << question;
  }
}

TEST(Answers, BurstsAreAnsweredTogether) {
  const Proposal reply = ask(demo_shop(), "hey\nhow much is the mocha?\nand do you deliver?");
  EXPECT_NE(reply.text.find("$5.25"), std::string::npos);
  EXPECT_NE(reply.text.find("deliver in Portland"), std::string::npos);
}

TEST(Answers, NoQuestionIsMetWithSilence) {
  const auto empty = make_shop({"Shop", "en-US", "USD", "UTC", ""}, {}, {});
  for (const char* said : {"How much is the chocolate cake?", "When are you open?",
                           "Do you have carrot cake?", "Where are you?", "edit", "?", "1", "…"}) {
    for (int i = 0; i < 400; ++i) {
      for (const char* tag : {" in-", " event-", " chat-", "\nWhere are you? in-"}) {
        const std::string text = said + std::string(tag) + std::to_string(i);
        for (const auto& shop : {demo_shop(), empty}) {
          const Proposal reply = ask(shop, text);
          EXPECT_FALSE(reply.text.empty()) << text;
        }
      }
    }
  }
}

TEST(Answers, WhatHasNoWordsIsAskedForInWordsAndAPersonIsOffered) {
  for (const char* text : {"", " \n "}) {
    const Proposal reply = ask(demo_shop(), text);
    EXPECT_EQ(reply.action, Action::reply);
    EXPECT_TRUE(reply.text.starts_with("I can only read text.")) << reply.text;
    EXPECT_TRUE(reply.text.ends_with(phrase(Phrase::offer_person, Language::en))) << reply.text;
    EXPECT_FALSE(knows(reply));
  }
}

TEST(Answers, FitTheChannel) {
  TurnContext context;
  context.index = demo_shop();
  context.text = "what do you have?";
  context.channel.max_text_bytes = 120;
  const Proposal reply = EmbeddedAgent().answer(context);
  EXPECT_LE(reply.text.size(), 120u);
  EXPECT_FALSE(reply.text.empty());
  EXPECT_TRUE(reply.quick_replies.empty());
}

TEST(Answers, StoppedTurnsSayNothing) {
  std::stop_source source;
  source.request_stop();
  TurnContext context;
  context.index = demo_shop();
  context.text = "hi";
  int calls = 0;
  EmbeddedAgent().propose(context, source.get_token(), [&](Result<Proposal> result) {
    ++calls;
    EXPECT_FALSE(result.has_value());
  });
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace aura::agent::testing
