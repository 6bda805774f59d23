// Documents made of questions and answers, and with headings: what stands under a heading is
// quoted, never the heading.
#include "actors/agent/headings.h"

#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

using Lines = std::vector<std::string>;

// "heading > sentence"
Lines lines_of(std::string_view text) {
  Lines lines;
  for (const Quotable& part : split_quotable(text)) {
    std::string line(text.substr(part.heading_begin, part.heading_end - part.heading_begin));
    if (!line.empty()) line += " > ";
    lines.push_back(line.append(text.substr(part.begin, part.end - part.begin)));
  }
  return lines;
}

TEST(Headings, AreQuestionsAtTheEndOfALine) {
  EXPECT_EQ(lines_of("Q: Do you wrap?\nA: Yes. Every order.\nQ: Do you sew?\nA: No."),
            (Lines{"Do you wrap? > Yes.", "Do you wrap? > Every order.", "Do you sew? > No."}));
  EXPECT_EQ(lines_of("Q1: Do you wrap? A1: Yes."), (Lines{"Do you wrap? > Yes."}));
  EXPECT_EQ(lines_of("Do you wrap?\r\nYes.\r\n\r\nWe are in Leeds."),
            (Lines{"Do you wrap? > Yes.", "We are in Leeds."}));
  EXPECT_EQ(lines_of("## Do you wrap?\n\n- Yes.\n\n- Always.\n\n## Returns\nWithin 30 days."),
            (Lines{"Do you wrap? > Yes.", "Do you wrap? > Always.", "Returns > Within 30 days."}));
  EXPECT_EQ(lines_of("**Do you wrap?**\n**Yes.**\n---\n"), (Lines{"Do you wrap? > Yes."}));
  EXPECT_EQ(lines_of("P: ¿Envuelven regalos?\nR: Sí."), (Lines{"¿Envuelven regalos? > Sí."}));
  EXPECT_EQ(lines_of("Frage: Verpackt ihr?\nAntwort: Ja."), (Lines{"Verpackt ihr? > Ja."}));
}

TEST(Headings, AreNotInsideALine) {
  EXPECT_EQ(lines_of("Hungry? Come in.\nP: 555-0100\nReally?"),
            (Lines{"Hungry?", "Come in.", "P: 555-0100", "Really?"}));
}

Shop studio(std::string questions) {
  return make_shop({"Om", "en-US", "USD", "UTC", ""},
                   {{"Yoga Class", 1800},
                    {"Yoga Mat", 3500},
                    {"Cork Mat", 5500},
                    {"Repair", 900},
                    {"Travel Cup", 1200},
                    {"Gift Card", 2500}},
                   {make_document(1, "Questions", std::move(questions))});
}

constexpr const char* kAnswers[][2] = {
    {"Do you have gift wrapping?", "Yes, we wrap every order in paper made of bamboo."},
    {"Can I bring my own cup?", "Bring it along, as long as it is clean and has a lid."},
    {"Do I need to bring a mat?", "No, there are plenty to borrow; just wipe yours afterwards."},
    {"How long is a class?", "75 minutes with ten minutes of rest at the end, and tea."},
    {"How long does a repair take?", "Two or three working days; we write to you when it is done."},
    {"Do you deliver?", "Not at this time, for we are only three and have no car."}};

std::string written(std::string_view question, std::string_view answer) {
  std::string text;
  for (const auto& row : kAnswers)
    text.append(question).append(row[0]).append(answer).append(row[1]).append("\n\n");
  return text;
}

TEST(Headings, AreAnsweredWithWhatStandsUnderThem) {
  for (const std::string& text :
       {written("Q: ", "\nA: "), written("", "\n"), written("## ", "\n"), written("**", "**\n")}) {
    const Shop shop = studio(text);
    for (const auto& row : kAnswers)
      expect_answers(shop, {{row[0], {row[1]}, {row[0], "Q:", "A:", "#", "*", "$"}}});
    expect_answers(shop, {{"do you do gift wrapping?", {kAnswers[0][1]}, {"$"}},
                          {"do you have gift cards?", {"Gift Card"}, {"wrap"}},
                          {"do you have gifts?", {}, {"wrap"}},
                          {"can I bring a cup?", {kAnswers[1][1]}, {"$"}},
                          {"can I bring my own bottle?", {}, {"lid"}},
                          {"how big is a class?", {}, {"75"}},
                          {"how long is the class", {kAnswers[3][1]}, {"$"}},
                          {"how much is a mat?", {"Yoga Mat", "$35.00"}, {"borrow"}},
                          {"do you have yoga mats?", {"Yoga Mat"}, {"borrow"}},
                          {"how much is a yoga class?", {"$18.00"}, {"75"}}});
  }
}

TEST(Headings, AreNoPricesAndNoHoursOfTheDay) {
  const Shop shop =
      make_shop({"Om", "de-DE", "EUR", "Europe/Berlin", ""}, {{"Yogakurs", 1800}},
                {make_document(1, "Fragen",
                               "Muss ich eine Matte mitbringen?\nNein, wir haben welche.\n\n"
                               "Habt ihr an Feiertagen offen?\nNur an Neujahr."),
                 make_document(2, "Öffnungszeiten", "Montag bis Freitag 9.00 bis 18.00 Uhr.")});
  expect_answers(shop, {{"was kostet eine Matte?", {}, {"welche"}},
                        {"habt ihr jetzt offen?", {"Montag bis Freitag"}, {"Neujahr"}},
                        {"habt ihr an Feiertagen offen?", {"Nur an Neujahr."}},
                        {"muss ich eine Matte mitbringen?", {"wir haben welche"}}});
}

TEST(Headings, OfAShortDocumentAreNotDumped) {
  expect_answers(studio("Q: Do you deliver?\nA: Not yet.\nQ: Is there parking?\nA: Behind us."),
                 {{"do you deliver?", {"Not yet."}, {"parking", "Behind", "A:"}},
                  {"where can I park?", {"Behind us."}, {"Not yet", "A:"}}});
}

}  // namespace
}  // namespace aura::agent::testing
