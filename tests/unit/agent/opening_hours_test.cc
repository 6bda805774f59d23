// Whether a shop is open, out of what its documents say and the clock that is handed in.
#include "actors/agent/opening_hours.h"

#include <gtest/gtest.h>

#include "actors/agent/phrases.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr std::int64_t kWednesdayNoonUtc = 1'795'608'000'000;  // 2026-11-25T12:00Z

std::string asked(const Shop& shop, const char* question, std::int64_t now_ms) {
  TurnContext context;
  context.index = shop;
  context.text = question;
  context.now_ms = now_ms;
  const Proposal reply = EmbeddedAgent().answer(context);
  if (reply.text.find(phrase(Phrase::open_then, reply.language)) == 0) return "open";
  return reply.text.find(phrase(Phrase::closed_then, reply.language)) == 0 ? "closed" : "not said";
}

TEST(OpeningHours, OfANamedDayNeedNoClock) {
  const std::tuple<Shop, const char*, const char*> rows[] = {
      {demo_shop(), "are you open on sunday?", "open"},
      {demo_shop(), "¿están abiertos el domingo?", "open"},
      {demo_shop(), "are you open on christmas?", "closed"},
      {demo_shop(), "are you open on thanksgiving?", "closed"},
      {demo_shop(), "what time do you open on sunday?", "not said"},
      {demo_shop(), "when are you open?", "not said"},
      {demo_shop(), "are you open now?", "not said"},
      {salon(), "are you open on Monday?", "closed"},
      {salon(), "are you open on Wednesday?", "open"},
      {tool_shop(), "habt ihr am Samstag geöffnet?", "open"},
      {clothes_shop(), "¿abren los domingos?", "closed"},
      {clothes_shop(), "¿abren el martes?", "open"},
      {bakery(), "êtes-vous ouverts le lundi ?", "closed"},
      {bakery(), "êtes-vous ouverts dimanche ?", "open"},
      {pizzeria(), "siete aperti domenica?", "open"},
      {pizzeria(), "siete aperti lunedì?", "not said"}};
  for (const auto& [shop, question, expected] : rows)
    EXPECT_EQ(asked(shop, question, 0), expected) << question;
}

TEST(OpeningHours, OfNowAreThoseOfTheShopsOwnTimeZone) {
  // 7:00 in Portland, 13:00 in Berlin.
  EXPECT_EQ(asked(demo_shop(), "are you open now?", kWednesdayNoonUtc), "open");
  EXPECT_EQ(asked(demo_shop(), "are you open now?", kWednesdayNoonUtc - kMinute), "closed");
  EXPECT_EQ(asked(demo_shop(), "are you open today?", kWednesdayNoonUtc - kMinute), "open");
  EXPECT_EQ(asked(demo_shop(), "are you open tomorrow?", kWednesdayNoonUtc),
            "closed");  // a holiday
  EXPECT_EQ(asked(demo_shop(), "are you open today?", kWednesdayNoonUtc + kDay), "closed");
  EXPECT_EQ(asked(demo_shop(), "¿están abiertos hoy?", kWednesdayNoonUtc), "open");
  EXPECT_EQ(asked(demo_shop(), "¿abren mañana?", kWednesdayNoonUtc), "closed");
  EXPECT_EQ(asked(demo_shop(), "¿abren mañana por la mañana?", kWednesdayNoonUtc + kDay), "open");
  EXPECT_EQ(asked(demo_shop(), "¿abren hoy por la mañana?", kWednesdayNoonUtc), "open");
  EXPECT_EQ(asked(demo_shop(), "vous êtes ouverts maintenant ?", kWednesdayNoonUtc), "open");
  EXPECT_EQ(asked(tool_shop(), "habt ihr gerade offen?", kWednesdayNoonUtc), "open");
  EXPECT_EQ(asked(tool_shop(), "habt ihr gerade offen?", kWednesdayNoonUtc + kDay / 2), "closed");
  EXPECT_EQ(asked(pizzeria(), "siete aperti adesso?", kWednesdayNoonUtc), "closed");
  EXPECT_EQ(asked(pizzeria(), "siete aperti adesso?", kWednesdayNoonUtc + kDay / 4), "open");
}

TEST(OpeningHours, ThatCannotBeReadAreUnknown) {
  const OpeningHours hours = OpeningHours::read("We open on Monday when the sun is up.");
  EXPECT_EQ(hours.on(0), Open::unknown);
  EXPECT_EQ(OpeningHours::read("Mon-Fri 9am-5pm, Sat 10:00-14:00").at({4, 16 * 60}), Open::yes);
  EXPECT_EQ(OpeningHours::read("Mo-Fr 9:00-18:00").at({4, 18 * 60}), Open::no);
  const OpeningHours split = OpeningHours::read("Monday 8:00 to 12:00 and 14:00 to 18:00.");
  EXPECT_EQ(split.at({0, 13 * 60}), Open::no);
  EXPECT_EQ(split.at({0, 15 * 60}), Open::yes);
  EXPECT_EQ(split.at({1, 15 * 60}), Open::unknown);
}

}  // namespace
}  // namespace aura::agent::testing
