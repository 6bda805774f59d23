// Questions that only the messages before them explain, and everyday ones in six languages about
// closed days, budgets and breakfast. Expectations are facts, not wordings.
#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

std::vector<PastMessage> after_all(std::initializer_list<const char*> questions) {
  std::vector<PastMessage> messages;
  for (const char* question : questions) messages = after(question, std::move(messages));
  return messages;
}

TEST(FollowUps, AnOrdinalPicksFromTheListJustGiven) {
  const auto cakes = after("what cakes do you have?");
  expect_rows({{"the second one", {"Carrot Cake", "$6.25"}, {"Cheesecake", "Chocolate"}},
               {"how much is the first?", {"Chocolate Cake"}, {"Carrot"}},
               {"the last one please", {"Cheesecake", "$6.75"}, {"Carrot", "Chocolate"}}},
              cakes);
  expect_rows({{"how much is that?", {"Carrot Cake"}, {"Chocolate"}}},
              after("the second one", cakes));
  expect_rows({{"el segundo", {"Cheesecake"}, {"Carrot"}}}, after("¿qué pasteles tienen?"));
  expect_rows({{"le deuxième", {"Cheesecake"}, {"Carrot"}}}, after("quels gâteaux avez-vous ?"));
  expect_rows({{"das zweite", {"Cheesecake"}, {"Carrot"}}}, after("welche Kuchen habt ihr?"));
  expect_rows({{"o segundo", {"Cheesecake"}, {"Carrot", "7:00"}}}, after("que bolos vocês têm?"));
  expect_rows({{"la seconda", {"Cheesecake"}, {"Carrot"}}}, after("che torte avete?"));
  expect_rows({{"the second one", {}, {"$"}}}, after("how much is the latte?"));
}

TEST(FollowUps, AShortAnswerPicksFromTheListJustGiven) {
  expect_rows({{"the green one please", {"Green Tea"}, {"Mug"}}}, after("what teas do you have?"));
  expect_rows({{"how much is the chocolate one?", {"Chocolate Cake"}, {"Hot Chocolate", "Pain"}}},
              after("what cakes do you have?"));
}

TEST(FollowUps, AMomentAloneIsAskedOfTheTopicBefore) {
  constexpr const char* kHours = "7:00 am to 6:00 pm";
  constexpr const char* kDelivery = "9:00 am to 4:00 pm";
  expect_rows({{"and tomorrow?", {kHours}}, {"on friday?", {"Yes", kHours}}},
              after("when are you open?"));
  expect_rows({{"¿y mañana?", {kHours}}}, after("¿cuándo abren?"));
  expect_rows({{"et demain ?", {kHours}}}, after("quand êtes-vous ouverts ?"));
  expect_rows({{"und morgen?", {kHours}}}, after("wann habt ihr offen?"));
  expect_rows({{"e amanhã?", {kHours}}}, after("quando abrem?"));
  expect_rows({{"e domani?", {kHours}}}, after("quando siete aperti?"));
  expect_rows({{"how long?", {"30 to 45 minutes"}},
               {"until when?", {kDelivery}, {kHours}},
               {"and on sunday?", {kDelivery}, {kHours}}},
              after("do you deliver?"));
  expect_rows({{"wie lange?", {"30 to 45 minutes"}}, {"bis wann?", {kDelivery}, {kHours}}},
              after("liefert ihr?"));
  expect_rows({{"until when?", {kHours}}});
  expect_rows({{"and tomorrow?", {}, {kHours, "$"}}}, after("how much is the latte?"));
}

TEST(FollowUps, AQuestionWithATopicOfItsOwnIsNotAskedOfTheOneBefore) {
  constexpr const char* kHours = "7:00 am to 6:00 pm";
  const std::vector<const char*> others = {"Harbor Walk", "9:00 am to 4:00 pm", "debit cards"};
  expect_rows({{"until when are you open?", {kHours}, others},
               {"what time do you close?", {kHours}, others},
               {"what time do you open?", {kHours}, others}},
              after("where are you?"));
  expect_rows({{"what time do you close?", {kHours}, others}}, after("do you take cards?"));
  expect_rows({{"until when are you open?", {kHours}, others},
               {"are you open sunday?", {"Yes", kHours}, others},
               {"and on sunday?", {"9:00 am to 4:00 pm"}, {kHours}}},
              after("do you deliver?"));
  expect_rows({{"¿hasta qué hora abren?", {kHours}, others}}, after("¿dónde están?"));
  expect_rows({{"até que horas abrem?", {kHours}, others}}, after("onde fica?"));
  expect_rows({{"à quelle heure fermez-vous ?", {kHours}, others}}, after("où êtes-vous ?"));
  expect_rows({{"bis wann habt ihr offen?", {kHours}, others}}, after("wo seid ihr?"));
  expect_rows({{"a che ora chiudete?", {kHours}, others}}, after("dove siete?"));
}

TEST(FollowUps, YesOrNoIsSaidOnce) {
  const auto times = [](std::string_view text, std::string_view part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(times(ask(demo_shop(), "on sunday?", after("when are you open?")).text, "Yes,"), 1);
  EXPECT_EQ(times(ask(demo_shop(), "¿y el domingo?", after("¿cuándo abren?")).text, "Sí,"), 1);
  EXPECT_EQ(times(ask(demo_shop(), "e domenica?", after("quando siete aperti?")).text, "Sì,"), 1);
  const auto shop = make_shop(
      {"Laden", "de-DE", "EUR", "Europe/Berlin", "Montag bis Freitag 9-18."}, {{"Lampe", 2000}},
      {make_document(1, "Öffnungszeiten",
                     "Montag bis Samstag 9 bis 18 Uhr. Sonntag "
                     "geschlossen.")});
  const auto reply = ask(shop, "und am Sonntag?", after_in(shop, "wann habt ihr auf?"));
  EXPECT_EQ(times(reply.text, "Nein,"), 1) << reply.text;
}

TEST(FollowUps, AnOrdinalBehindAnOrdinalPicksFromTheSameList) {
  expect_rows({{"and the first one?", {"Chocolate Cake"}, {"closest", "Birthday"}}},
              after_all({"what cakes do you have?", "the third"}));
  expect_rows({{"¿y el último?", {"Peppermint Tea"}, {"Earl"}}},
              after_all({"¿qué tés tienen?", "el primero"}));
  expect_rows({{"¿cuánto cuesta el segundo?", {"Cheesecake"}, {"catálogo"}}},
              after_all({"¿qué pasteles tienen?", "el más barato"}));
  expect_rows({{"et le troisième ?", {"Peppermint Tea"}, {"Earl"}}},
              after_all({"quels thés avez-vous ?", "le premier"}));
  expect_rows({{"und der erste?", {"Earl Grey"}, {"Green"}}},
              after_all({"welche Tees habt ihr?", "den zweiten bitte"}));
  expect_rows({{"e o primeiro?", {"Earl Grey"}, {"Green"}}},
              after_all({"que chás vocês têm?", "o segundo"}));
  expect_rows({{"e la terza?", {"Birthday"}, {"Cheesecake", "Carrot"}}},
              after_all({"che torte avete?", "la prima"}));
  expect_rows({{"la prima", {"Chocolate Cake"}, {"Carrot"}}}, after("che torte avete?"));
  expect_rows({{"a segunda opção", {"Cheesecake"}, {"7:00"}}}, after("que bolos vocês têm?"));
}

TEST(FollowUps, AnAmountAloneIsOfferedForWhatWasNamed) {
  const std::vector<const char*> menu = {"Espresso", "Flat White"};
  expect_rows({{"for $50?", {"$25.00", "listed prices"}, menu},
               {"for $25?", {"$25.00"}, {"Espresso", "listed prices"}}},
              after("gift cards?"));
  expect_rows({{"¿por 3 dólares?", {"$4.75", "precios"}, menu}}, after("¿cuánto cuesta el latte?"));
  expect_rows({{"für 3 Dollar?", {"$4.75", "Preise"}, menu}}, after("was kostet der Latte?"));
}

TEST(FollowUps, HowLongIsAskedOfWhatADocumentSaid) {
  expect_rows({{"wie lange dauert das?", {"30 to 45 minutes"}}}, after("liefert ihr?"));
  expect_rows({{"ça prend combien de temps ?", {"30 to 45 minutes"}}}, after("livrez-vous ?"));
  const auto shop =
      make_shop({"Salão", "pt-BR", "BRL", "America/Sao_Paulo", ""}, {{"Corte", 5000}},
                {make_document(1, "Horário",
                               "Abrimos de terça a sábado das 9h às "
                               "19h."),
                 make_document(2, "Cancelamento", "Cancelamentos até 24 horas antes, sem custo.")});
  expect_answers(shop, {{"até quando?", {"24 horas"}, {"19h"}}}, after_in(shop, "posso cancelar?"));
}

TEST(FollowUps, ATotalNamesWhatWasAskedFor) {
  const std::vector<const char*> others = {"Cappuccino", "Iced Latte", "Flat White", "Cake"};
  expect_rows({{"total?", {"Latte", "Almond milk", "Vanilla syrup"}, others}},
              after_all({"how much is the latte?", "with almond milk?", "and vanilla?"}));
  expect_rows({{"¿cuánto es en total?", {"Latte", "Oat milk"}, others}},
              after_all({"¿cuánto cuesta el latte?", "¿y con leche de avena?"}));
}

TEST(FollowUps, WhichIsCheaperComparesWhatWasSpokenOf) {
  const std::vector<const char*> others = {"Hot Chocolate", "Pain au", "Water", "listed"};
  expect_rows({{"which is cheaper?", {"Chocolate Cake", "Carrot Cake"}, others},
               {"which one is more expensive?", {"Chocolate Cake", "Carrot Cake"}, others}},
              after_all({"how much is the carrot cake?", "and the chocolate one?"}));
  expect_rows({{"was ist billiger?", {"Cheesecake", "Carrot Cake"}, {"Preise"}}},
              after_all({"habt ihr Käsekuchen?", "und den Karottenkuchen?"}));
  expect_rows({{"lequel est le moins cher ?", {"Latte", "Cappuccino"}, {"Désolé"}}},
              after_all({"combien coûte le latte ?", "et le cappuccino ?"}));
  expect_rows({{"qual é o mais barato?", {"Latte", "Mocha"}, others}},
              after_all({"quanto custa o latte?", "e o mocha?"}));
  expect_rows({{"quale costa meno?", {"Latte", "Mocha"}, others}},
              after_all({"quanto costa il latte?", "e il mocha?"}));
  expect_rows({{"which is cheapest?", {"Carrot Cake"}, {"Latte", "Cheesecake"}}},
              after_all({"how much is the latte?", "what cakes do you have?"}));
}

TEST(FollowUps, AMeasureIsOfWhatWasSpokenOf) {
  const std::vector<const char*> beans = {"House Roast Coffee Beans", "$18.00"};
  expect_rows({{"how much for 3 bags?", beans, {"Tote"}}, {"and two bags?", beans, {"Tote"}}},
              after("do you sell coffee beans?"));
  expect_rows({{"how much for 2 tote bags?", {"Canvas Tote Bag"}, {"Beans"}}},
              after("do you sell coffee beans?"));
  expect_rows({{"how much for 2 espressos?", {"Espresso", "$3.25"}, {"Americano"}}},
              after("how much is the americano?"));
  expect_rows({{"and two lattes?", {"Latte", "$4.75"}, {"Breakfast"}}},
              after("how much is the fisherman's breakfast?"));
  expect_rows({{"how much for 2 bags?", {"Canvas Tote Bag"}}}, after("how much is the latte?"));
}

TEST(FollowUps, TheOptionJustNamedIsPartOfIt) {
  expect_rows({{"how much is it?", {"$4.75", "Large", "$0.75"}, {"Oat"}}},
              after("is there a large latte?"));
  expect_rows({{"how much is that?", {"Cappuccino", "Oat milk", "$0.80"}, {"Almond", "Large"}}},
              after_all({"I'd like a latte", "actually a cappuccino", "with oat milk"}));
  expect_rows({{"how much extra?", {"Oat milk", "$0.80"}, {"Almond"}}},
              after("do you have oat milk?"));
  expect_rows({{"¿cuánto cuesta?", {"$4.75", "Large", "$0.75"}}}, after("¿hay un latte grande?"));
}

TEST(FollowUps, ItStaysWithWhatWasSpokenOf) {
  expect_rows({{"is it strong?", {"Cold Brew"}, {"Flat White"}}}, after("do you have cold brew?"));
  expect_rows({{"I'll take one", {"Cold Brew", "$4.95"}, {"Flat White"}}},
              after_all({"do you have cold brew?", "is it strong?"}));
  expect_rows({{"¿es fuerte?", {}, {"Flat White is"}}}, after("¿tienen cold brew?"));
}

TEST(FollowUps, TheCheaperOneIsPicked) {
  const auto both = after_all({"how much is the latte and the mocha?", "which one is cheaper?"});
  expect_rows({{"ok the cheaper one please", {"Latte", "$4.75"}, {"Mocha", "listed"}},
               {"the more expensive one", {"Mocha", "$5.25"}, {"Latte", "listed"}}},
              both);
  expect_rows({{"I don't want coffee, what else do you have?", {"•"}, {"Espresso", "Mocha"}},
               {"no quiero café, ¿qué más tienen?", {}, {"Espresso", "Mocha"}}});
}

TEST(FollowUps, WhoWantsATableCanHaveAPerson) {
  const auto asked = after("I'd like a table for two tomorrow at 7");
  EXPECT_EQ(ask(demo_shop(), "yes", asked).action, Action::handover);
}

TEST(EverydayQuestions, ClosedIsAnsweredWithYesOrNo) {
  expect_rows({{"are you closed on Sundays?", {"No, going"}},
               {"are you closed on Christmas?", {"Yes, going"}},
               {"habt ihr sonntags geschlossen?", {"Nein, nach"}},
               {"¿cierran en navidad?", {"Sí, según"}},
               {"¿está cerrado el lunes?", {"No, según"}},
               {"êtes-vous fermés le dimanche ?", {"Non, d'après"}},
               {"fecham no domingo?", {"Não, segundo"}},
               {"siete chiusi la domenica?", {"No, secondo"}},
               {"do you close at 8 pm?", {"7:00 am"}, {"Yes,", "No,"}}});
}

TEST(EverydayQuestions, ChristmasByNameAndByDate) {
  expect_rows({{"abrem no natal?", {"Não, segundo", "Christmas Day"}},
               {"aprite a natale?", {"No, secondo", "Christmas Day"}},
               {"are you open on Dec 25?", {"No, going"}},
               {"are you open on December 25th?", {"No, going"}},
               {"¿abren el 25 de diciembre?", {"No, según"}},
               {"êtes-vous ouverts le 25 décembre ?", {"Non, d'après"}},
               {"are you open on 25/12?", {"No, going"}},
               {"habt ihr am 25.12 offen?", {"Nein, nach"}},
               {"are you open on Dec 12?", {"7:00 am"}, {"Yes,", "No,"}}});
}

TEST(EverydayQuestions, ABudgetIsALimitWhereNothingIsNamed) {
  const std::vector<const char*> dear = {"$5.25", "$14.50", "$25.00", "$58.00"};
  expect_rows({{"anything for 5 dollars", {"$3.25"}, dear},
               {"what can I get for $5?", {"$3.25"}, dear},
               {"I have 5 dollars, what can I get?", {"$3.25"}, dear},
               {"¿qué puedo comprar con 5 dólares?", {"$3.25"}, dear},
               {"que puis-je acheter avec 5 dollars ?", {"$3.25"}, dear},
               {"was bekomme ich für 5 Dollar?", {"$3.25"}, dear},
               {"o que posso comprar com 5 dólares?", {"$3.25"}, dear},
               {"cosa posso comprare con 5 dollari?", {"$3.25"}, dear},
               {"can I get the cheesecake for 5 dollars?", {"$6.75", "listed prices"}, {"$3.25"}}});
  expect_rows({{"can I have it for 2 dollars?", {"$4.75"}, {"$3.25"}}},
              after("how much is the latte?"));
}

TEST(EverydayQuestions, ABudgetIsALimitForAKind) {
  expect_rows({{"I have 10 bucks, what can I get for lunch?", {"Tomato Soup"}, {"$1", "Lobster"}},
               {"I've got $5 for a drink", {"Latte", "$4.75"}, {"$5.25", "$6.50"}},
               {"tengo 5 dólares, ¿qué me recomiendas?", {"$3.25"}, {"$14.50", "$25.00"}},
               {"tenho 5 dólares, o que dá pra comprar?", {"$3.25"}, {"$14.50", "$25.00"}},
               {"ich habe nur 5 dollar dabei", {"$3.25"}, {"$14.50", "$25.00"}},
               {"j'ai 5 dollars, vous me conseillez quoi ?", {"$3.25"}, {"$14.50", "$25.00"}},
               {"ho 5 dollari, cosa mi consigliate?", {"$3.25"}, {"$14.50", "$25.00"}},
               {"un caffè per 4 dollari", {"Espresso"}, {"$4.75"}},
               {"can I get a cake for 2 dollars?", {"listed prices", "$6.50"}}});
}

TEST(EverydayQuestions, ADayBesideAThingAsksNothingOfTheHours) {
  const std::vector<const char*> hours = {"7:00 am", "closest", "Lo más parecido", "cancelled"};
  expect_rows({{"I need a birthday cake for saturday", {"Birthday Cake", "$58.00"}, hours},
               {"I need a carrot cake on saturday", {"Carrot Cake", "$6.25"}, hours},
               {"I want to order a chocolate cake for friday", {"Chocolate Cake"}, hours},
               {"can I have a latte for friday?", {"we have Latte for $4.75"}, {"closest", "Iced"}},
               {"I need catering for monday", {"Office Catering Box"}, hours},
               {"una torta de zanahoria para el sábado", {"Carrot Cake"}, hours},
               {"ich brauche einen Schokokuchen für Samstag", {"Chocolate Cake"}, hours},
               {"un gâteau au chocolat pour samedi", {"Chocolate Cake"}, hours},
               {"um bolo de cenoura pra sexta", {"Carrot Cake"}, hours},
               {"una torta di carote per venerdì", {"Carrot Cake"}, hours},
               {"what time is breakfast on sunday?", {"8:00 am"}, {"$"}},
               {"can I reserve a table for friday at 7?", {"reserve a table"}, {"7:00 am"}},
               {"do you deliver on fridays?", {"9:00 am to 4:00 pm"}, {"7:00 am"}},
               {"is the kitchen open on sunday?", {"The kitchen closes"}},
               {"are you open on friday?", {"Yes, going", "7:00 am"}}});
}

TEST(EverydayQuestions, WhatIsTakenAwayIsAThing) {
  const std::vector<const char*> delivery = {"9:00 am to 4:00 pm"};
  expect_rows({{"un thé vert à emporter", {"Green Tea", "$3.50"}, delivery},
               {"ein Grüntee zum Mitnehmen", {"Green Tea"}, delivery},
               {"un té verde para llevar", {"Green Tea"}, delivery},
               {"um chá verde para levar", {"Green Tea"}, delivery},
               {"do you do takeaway?", {"9:00 am to 4:00 pm"}},
               {"haben sie was zum mitnehmen?", {"9:00 am to 4:00 pm"}},
               {"I want to book the latte art class for next sunday",
                {"have Latte Art Class"},
                {"7:00 am"}}});
}

TEST(EverydayQuestions, AnAmountForOneThingIsHaggling) {
  expect_rows({{"kann ich den Käsekuchen für 5 Dollar haben?", {"$6.75", "Preise"}},
               {"the cheesecake for 5 dollars?", {"$6.75", "listed prices"}},
               {"with 5 dollars can I get a latte?", {"Latte for $4.75"}, {"listed prices"}},
               {"the cheesecake for $6.75?", {"$6.75"}, {"listed prices"}},
               {"le cheesecake pour 5 dollars ?", {"$6.75", "prix"}}});
}

TEST(EverydayQuestions, TheHoursOfTheProfileAreToldWhole) {
  const auto shop =
      make_shop({"Libros", "es-ES", "EUR", "Europe/Madrid",
                 "Una librería.\nHorario: De lunes a viernes de 9:30 a 20:30. Sábados "
                 "de 10:00 a 14:00. Domingos cerrado.\nDirección: Calle Mayor 3."},
                {{"Mapa", 900}}, {});
  expect_answers(shop, {{"¿cuándo abrís?", {"20:30", "14:00", "cerrado"}, {"Mayor"}},
                        {"¿abrís mañana?", {"20:30", "14:00", "cerrado"}},
                        {"¿dónde estáis?", {"Calle Mayor 3"}, {"20:30"}}});
}

TEST(EverydayQuestions, WithoutIsSaidInManyWays) {
  expect_rows({{"no sugar drinks?", {"can't say for certain"}, {"All right"}},
               {"no caffeine drinks?", {"Peppermint Tea"}, {"Espresso", "All right"}},
               {"vous avez quoi comme gâteaux ?", {"Carrot Cake", "Cheesecake"}}});
}

TEST(EverydayQuestions, AnExpressionIsMoreThanItsWords) {
  expect_rows({{"oi, vocês têm café da manhã?", {"Breakfast"}, {"Latte", "Coffee Beans"}},
               {"quero café da manhã", {"Breakfast"}, {"Latte"}},
               {"dos cafés americanos por favor", {"Americano", "$3.75"}, {"exactamente"}}});
}

TEST(EverydayQuestions, SlipsOfTheKeyboard) {
  expect_rows({{"how much is teh choclate cke", {"Chocolate Cake", "$6.50"}, {"Hot Chocolate"}},
               {"do you have a bus?", {}, {"$"}}});
}

TEST(EverydayQuestions, ACompoundWithCardIsNoPayment) {
  expect_rows({{"do you have a loyalty card?", {"stamp"}, {"Apple Pay"}},
               {"Ist der Laden rollstuhlgerecht?", {"wheelchair"}}});
}

}  // namespace
}  // namespace aura::agent::testing
