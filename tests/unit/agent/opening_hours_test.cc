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

Open at(std::string_view text, int weekday, int hour, int minute = 0) {
  const int before = (weekday + kDays - 1) % kDays;
  return OpeningHours::read(text).at({{weekday}, {before}, hour * kHour + minute});
}

std::string days_of(std::string_view text) {
  const OpeningHours hours = OpeningHours::read(text);
  std::string days;
  for (int day = 0; day < kDays; ++day) {
    const Open open = hours.on({day});
    days += open == Open::yes ? 'y' : open == Open::no ? 'n' : '?';
  }
  return days;
}

TEST(OpeningHours, AreReadFromTheirText) {
  EXPECT_EQ(at("Mon-Fri 9am-5pm, Sat 10:00-14:00", 4, 16), Open::yes);
  EXPECT_EQ(at("Mo-Fr 9:00-18:00", 4, 18), Open::no);
  constexpr std::string_view kSplit = "Monday 8:00 to 12:00 and 14:00 to 18:00.";
  EXPECT_EQ(at(kSplit, 0, 13), Open::no);
  EXPECT_EQ(at(kSplit, 0, 15), Open::yes);
  EXPECT_EQ(at(kSplit, 1, 15), Open::unknown);
  EXPECT_EQ(at("Tue–Fri 9–13 and 14–18:30", 2, 13, 30), Open::no);
  EXPECT_EQ(at("Tue–Fri 9–13 and 14–18:30", 2, 18), Open::yes);
  EXPECT_EQ(at("Montag bis Samstag von 8 bis 18 Uhr", 3, 17), Open::yes);
  EXPECT_EQ(at("Du lundi au samedi de 10h à 19h", 5, 10), Open::yes);
  EXPECT_EQ(at("Tutti i giorni dalle 9 alle 18", 6, 18), Open::no);
  for (const auto& [text, days] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Sat/Sun 10am–4pm", "?????yy"},
           {"Open Monday to Saturday.", "yyyyyy?"},
           {"Open daily 9:00 to 17:00 except Tuesday.", "ynyyyyy"},
           {"Abierto todos los días de 9:00 a 17:00 excepto martes.", "ynyyyyy"},
           {"Täglich 9.00 bis 17.00 Uhr außer Dienstag.", "ynyyyyy"},
           {"Daily 9:00 to 17:00, closed on Sunday and public holidays.", "yyyyyyn"},
           {"Sunday closed, Monday 9:00-17:00.", "y?????n"},
           {"De segunda-feira a sexta-feira das 9h às 18h. Sábado fechado.", "yyyyyn?"},
           {"Dal lunedì al venerdì: 9:00-18:00. Chiuso la domenica.", "yyyyy?n"},
           {"Wir haben Montag bis Freitag von 9 bis 18 Uhr geöffnet. Sonntag Ruhetag.", "yyyyy?n"},
           {"Open from 9:00 to 17:00 on Monday and Tuesday.", "yy?????"},
           {"Dal martedì alla domenica dalle 18:00 alle 24:00.", "?yyyyyy"},
           {"We open at 9:00 and close at 17:00 from Monday to Saturday.", "yyyyyy?"},
           {"Mo–Do 9–18 Uhr, Fr 9–13 Uhr, Sa geschlossen", "yyyyyn?"},
           {"Öffnungszeiten: Di–Sa 10–18 Uhr, So & Mo geschlossen", "nyyyyyn"},
           {"Mo 9–12 Uhr, Do 14–18 Uhr", "y??y???"}})
    EXPECT_EQ(days_of(text), days) << text;
}

TEST(OpeningHours, OfAHolidayAreKnownIfItIsNamed) {
  const OpeningHours named = OpeningHours::read("Daily 9:00-17:00. Closed on Christmas.");
  EXPECT_EQ(named.on({4, Holiday::christmas}), Open::no);
  EXPECT_EQ(named.on({4, Holiday::new_year}), Open::yes);
  const OpeningHours any = OpeningHours::read("Daily 9:00-17:00. Closed on public holidays.");
  EXPECT_EQ(any.on({4, Holiday::christmas}), Open::unknown);
  EXPECT_EQ(any.on({4}), Open::yes);
}

TEST(OpeningHours, OverMidnightBelongToTheNightBefore) {
  constexpr std::string_view kBar = "Every day from 6 pm to 2 am.";
  EXPECT_EQ(at(kBar, 3, 1, 23), Open::yes);
  EXPECT_EQ(at(kBar, 3, 2), Open::no);
  EXPECT_EQ(at(kBar, 3, 23), Open::yes);
  EXPECT_EQ(at("Every day from 18:00 to 2:00.", 0, 1), Open::yes);
  EXPECT_EQ(at("Friday 20:00 to 4:00. Saturday closed.", 5, 3), Open::yes);
  EXPECT_EQ(at("Friday 20:00 to 4:00. Saturday closed.", 5, 5), Open::no);
  EXPECT_EQ(at("Friday 20:00 to 4:00.", 4, 3), Open::unknown) << "nothing is said of Thursday";
}

TEST(OpeningHours, ThatCannotBeReadAreUnknown) {
  for (const auto& [text, days] : std::initializer_list<std::pair<const char*, const char*>>{
           {"We open on Monday when the sun is up.", "???????"},
           {"Weekdays 9-18, weekends 10-16, closed on the last Sunday of each month.", "yyyyyy?"},
           {"We are open all week. On Wednesday afternoon we are closed.", "yy?yyyy"},
           {"Monday to Friday 9:00-17:00, Saturday by appointment.", "yyyyy??"},
           {"Daily 9:00-17:00. Closed in August.", "???????"},
           {"Montag 9:00-17:00. Am 24.12. geschlossen.", "???????"},
           {"Daily 9:00-17:00. From November to March 10:00-16:00.", "???????"},
           {"Monday to Friday 9-5.", "???????"},
           {"Monday to Friday 2-5pm.", "???????"},
           {"Monday 9:00-17:00. Monday 16:00-20:00.", "???????"},
           {"The kitchen closes one hour earlier. Call 207 555 0148.", "???????"}})
    EXPECT_EQ(days_of(text), days) << text;
}

}  // namespace
}  // namespace aura::agent::testing
