// The words for days, holidays, parts of the day and clock times in the six languages, as they
// stand in a question and in a shop's opening hours. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "actors/agent/text.h"

namespace aura::agent {

inline constexpr int kDays = 7;  // 0: Monday
inline constexpr int kHour = 60;
inline constexpr int kMinutesOfDay = 24 * kHour;

enum class Holiday : unsigned char {
  none,
  christmas_eve,
  christmas,
  new_years_eve,
  new_year,
  thanksgiving
};

enum class DayPart : unsigned char { morning, midday, afternoon, late_afternoon, evening, night };

enum class TimeKind : unsigned char {
  none,        // not a word of time
  day,         // value: 0 is Monday
  weekend,     //
  workdays,    // Monday to Friday
  every_day,   //
  holiday,     // value: Holiday
  holidays,    // of any kind
  today,       //
  tomorrow,    //
  overmorrow,  // the day after tomorrow
  now,         //
  part,        // value: DayPart
  part_today,  // "tonight"; value: DayPart
  noon,        // at twelve exactly
  midnight,    //
  to,          // between two days or two times; value 0: also a mere preposition ("a las 8")
  at,          // before a clock time
  from,        // before a span
  open,        //
  closes,      // at the end of a span
  closed,      //
  except,      //
  plain        // grammar, or the place itself: changes nothing
};

struct TimeWord {
  TimeKind kind = TimeKind::none;
  int value = 0;
  std::size_t words = 1;
};

// The longest expression at `at`. A word that means nothing to the reader is `none`.
TimeWord time_word_at(const Tokens& tokens, std::size_t at);

// "Sunday", "weekend", "holidays".
bool names_day(const Tokens& tokens, std::size_t at);

// The weekdays that such an expression names at once: "weekend"; [first, end).
struct DayRange {
  int first = 0;
  int end = 0;
};
DayRange days_of(TimeKind kind);

// "Mon"; "sa" only with a capital letter inside the sentence, or beside a number or a dash, for
// "so" is a word, too.
std::optional<int> short_day_at(const Tokens& tokens, std::size_t at, std::string_view text);

// "Dec 25", "1. Januar", "25 de diciembre": the date of a holiday.
struct DateOfHoliday {
  Holiday holiday = Holiday::none;
  std::size_t words = 0;
};
std::optional<DateOfHoliday> holiday_date_at(const Tokens& tokens, std::size_t at);

// What follows the number of a clock time: "pm", "Uhr", "heures".
struct ClockUnit {
  bool found = false;
  bool am = false;
  bool pm = false;
  bool of_day = false;  // "20h": of twenty-four
  std::size_t words = 0;
};

ClockUnit clock_unit_at(const Tokens& tokens, std::size_t at);

struct ClockTime {
  int minute = 0;       // of the day
  bool half = false;    // says which half of the day: "8 pm"
  bool exact = false;   // cannot be twelve hours off: "8 pm", "20", "08:00"
  bool formal = false;  // written as a time, "8:00", "8 Uhr", not as a number
  std::size_t words = 1;
};
// `text`: what the tokens were read from. A number that can be no time is none.
std::optional<ClockTime> clock_at(const Tokens& tokens, std::size_t at, std::string_view text);

// Whether only a dash stands between a token and the next one: "9–17".
bool dash_behind(const Tokens& tokens, std::size_t at, std::string_view text);

// Adds the weekday named at `at`; if it ends a range ("Monday to Friday", "Mo–Fr"), the days since
// the last of `days`, too. `after_day`: the word behind that last one.
void add_weekday(std::vector<int>& days, int day, const Tokens& tokens, std::size_t at,
                 std::size_t after_day, std::string_view text);

}  // namespace aura::agent
