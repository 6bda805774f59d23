// Which questions about a day and a time are answered with yes or no: those understood word by
// word.
#include "actors/agent/asked_time.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>

namespace aura::agent::testing {
namespace {

constexpr std::int64_t kThursdayNoon = 1'795'694'400'000;  // 2026-11-26T12:00Z
constexpr std::int64_t kHourMs = 60LL * 60 * 1000;
constexpr const char* kCafe =
    "We are open Monday to Friday from 7:00 am to 6:00 pm. On Saturday and Sunday we open at 8:00 "
    "am and close at 7:00 pm. We are closed on Christmas Day.";

using Rows = std::initializer_list<std::pair<const char*, const char*>>;

void expect(const char* text, std::int64_t now_ms, Rows rows) {
  const OpeningHours hours = OpeningHours::read(text);
  for (const auto& [question, expected] : rows) {
    const Open open = open_when_asked(question, hours, now_ms, "UTC");
    EXPECT_STREQ(open == Open::yes ? "yes" : open == Open::no ? "no" : "?", expected) << question;
  }
}

TEST(AskedTime, OfAWeekend) {
  expect(kCafe, kThursdayNoon,
         {{"Are you open this weekend?", "yes"},
          {"are you open on weekends?", "yes"},
          {"habt ihr am Wochenende offen?", "yes"},
          {"vous êtes ouverts le week-end ?", "yes"},
          {"siete aperti nel weekend?", "yes"},
          {"siete aperti nel fine settimana?", "yes"},
          {"¿abren el fin de semana?", "yes"},
          {"abrem no fim de semana?", "yes"},
          {"are you open every day?", "yes"},
          {"are you open Monday to Friday?", "yes"},
          {"¿abren de lunes a viernes?", "yes"},
          {"habt ihr Sa offen?", "yes"},
          {"habt ihr am Do offen?", "yes"},
          {"siete aperti di domenica?", "yes"},
          {"habt ihr Montag bis Freitag offen?", "yes"}});
  expect("Saturday 9:00-12:00. Sunday closed. Monday 9:00-17:00.", 0,
         {{"open this weekend?", "?"},
          {"open on saturday and monday?", "yes"},
          {"open saturday or sunday?", "?"},
          {"open monday to wednesday?", "?"}});
}

TEST(AskedTime, OfNowOnlyIfNothingElseIsNamed) {
  expect(kCafe, kThursdayNoon,
         {{"are you open?", "yes"},
          {"Hi, are you still open?", "yes"},
          {"thanks, and are you open now?", "yes"},
          {"gracias, ¿ya están abiertos?", "yes"},
          {"danke, habt ihr jetzt offen?", "yes"},
          {"obrigado, estão abertos agora?", "yes"},
          {"¿siguen abiertos?", "yes"},
          {"habt ihr noch auf?", "yes"},
          {"are you open to suggestions?", "?"},
          {"were you open yesterday?", "?"},
          {"are you open late?", "?"},
          {"is the kitchen open?", "?"},
          {"are you open in December?", "?"},
          {"are you open on the 24th?", "?"},
          {"are you open until 8pm?", "?"},
          {"¿hasta cuándo abren?", "?"},
          {"when are you open?", "?"},
          {"are you closed on Sunday?", "yes"},  // open
          {"are you open on Good Friday?", "?"},
          {"¿abren el Viernes Santo?", "?"},
          {"are you open on Easter Sunday?", "?"},
          {"are you open on Christmas?", "no"},
          {"are you open today?", "yes"},
          {"are you open now on Saturday?", "?"}});
  expect(kCafe, kThursdayNoon + 10 * kHourMs,
         {{"are you open?", "no"}, {"are you open today?", "?"}, {"are you open now?", "no"}});
  expect(kCafe, 0, {{"are you open?", "?"}, {"open today?", "?"}, {"open tomorrow at 10am?", "?"}});
}

TEST(AskedTime, OfAPartOfTheDay) {
  expect(kCafe, kThursdayNoon,
         {{"are you open friday night?", "no"},
          {"are you open saturday night?", "no"},
          {"are you open friday midnight?", "no"},
          {"are you open late on Friday?", "?"},
          {"ouvert samedi soir ?", "?"},
          {"habt ihr Samstag abend offen?", "?"},
          {"¿abren el sábado por la noche?", "no"},
          {"siete aperti sabato sera?", "?"},
          {"abrem sábado à noite?", "?"},
          {"are you open tomorrow morning?", "yes"},
          {"habt ihr morgen früh offen?", "yes"},
          {"habt ihr heute Morgen offen?", "yes"},
          {"habt ihr morgen Abend offen?", "?"},
          {"¿abren mañana por la mañana?", "yes"},
          {"¿abren por la mañana?", "yes"},
          {"abrem de manhã?", "yes"},
          {"ouvert demain matin ?", "yes"},
          {"siete aperti domani mattina?", "yes"},
          {"are you open tonight?", "?"},
          {"are you open at noon on Sunday?", "yes"},
          {"vous êtes ouverts dimanche à midi ?", "yes"},
          {"siete aperti domenica a mezzogiorno?", "yes"}});
  expect(
      "Tue–Fri 9–13 and 14–18:30", 0,
      {{"Habt ihr Dienstag mittag offen?", "?"}, {"Habt ihr Dienstag nachmittag offen?", "yes"}});
  expect("Sat/Sun 10am–4pm", 0, {{"open Saturday evening?", "no"}, {"open Sunday morning?", "?"}});
  expect("Every day from 6 pm to 2 am", 0,
         {{"open Wednesday afternoon?", "no"}, {"open Wednesday night?", "yes"}});
  expect("Saturday 10:00-14:00", 0, {{"¿Abrís el sábado por la tarde?", "?"}});
}

TEST(AskedTime, OfAClockTime) {
  expect(kCafe, kThursdayNoon,
         {{"are you open tomorrow at 8pm?", "no"},
          {"are you open tomorrow at 5:30 pm?", "yes"},
          {"are you open tomorrow at noon?", "yes"},
          {"are you open at 17:30 on Friday?", "yes"},
          {"habt ihr morgen um 17:30 Uhr offen?", "yes"},
          {"habt ihr Samstag um 20 Uhr offen?", "no"},
          {"habt ihr morgen um 8 Uhr abends offen?", "no"},
          {"¿abren mañana a las 20:00?", "no"},
          {"¿abren mañana a las 8 de la noche?", "no"},
          {"ouvert demain à 17h30 ?", "yes"},
          {"siete aperti domani alle 17.30?", "yes"},
          {"abrem amanhã às 20h?", "no"},
          {"abrem amanhã às 10h?", "yes"},
          {"ouvert demain à 7h ?", "yes"},
          {"abrem amanhã às 17h30?", "yes"},
          {"are you open at 8 on Saturday?", "?"},
          {"are you open at 5 on Saturday?", "?"},
          {"are you open at 11 on Saturday?", "?"},
          {"are you open at 9 in the morning on Saturday?", "yes"},
          {"are you open at half past seven on saturday?", "no"},
          {"are you open saturday at seven thirty?", "no"},
          {"habt ihr Samstag um halb acht offen?", "no"},
          {"are you open 8?", "?"},
          {"are you open from 8 to 9 on Saturday?", "?"},
          {"are you open at 10am?", "yes"},
          {"are you open at 6:30 pm?", "?"},
          {"are you open at 10 pm?", "no"},
          {"are you open today at 25:00?", "?"}});
  expect("Every day from 18:00 to 2:00.", 0,
         {{"open saturday at midnight?", "yes"}, {"open saturday at 1 am?", "yes"}});
}

TEST(AskedTime, OfADayThatIsAHolidayThisWeek) {
  constexpr std::int64_t kDayMs = 24 * kHourMs;
  const std::int64_t wednesday = kThursdayNoon + 27 * kDayMs;  // 23 December
  expect(kCafe, wednesday, {{"are you open on friday?", "?"}, {"are you open on monday?", "yes"}});
}

}  // namespace
}  // namespace aura::agent::testing
