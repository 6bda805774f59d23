// The weekly hours that a text states in one of the six languages, and whether they say that the
// shop is open. What cannot be read is unknown, never guessed: a statement with a word the reader
// does not know ("closed on the last Sunday of the month") makes the days it names unknown. Pure;
// any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actors/agent/time_words.h"

namespace aura::agent {

// A day by the calendar of the shop.
struct ShopDay {
  int weekday = 0;
  Holiday holiday = Holiday::none;
};

// A moment as the clock on the shop's wall shows it.
struct WallTime {
  ShopDay day;
  ShopDay day_before;
  int minute = 0;  // of the day
};
WallTime wall_time(std::int64_t unix_ms, const std::string& timezone);

enum class Open : unsigned char { unknown, yes, no };

class OpeningHours {
 public:
  // `own_name`: of the business, which may stand in the text.
  static OpeningHours read(std::string_view text, std::string_view own_name = {});
  Open on(ShopDay day) const;
  Open at(const WallTime& time) const;
  // Yes if it is open all through the middle of that part of the day, no if not for a minute of it.
  Open during(ShopDay day, ShopDay day_before, DayPart part) const;
  Open on_holiday(Holiday holiday) const;
  bool is_over(const WallTime& time) const;  // for this day

 private:
  class Reader;
  struct Span {
    int from = 0;  // minutes of the day; until the next day if `to` is not later
    int to = 0;
  };
  struct Day {
    Open open = Open::unknown;
    std::vector<Span> spans;  // none: open, but nothing is said of when
    bool doubtful = false;    // something was said that cannot be read
  };
  const Day& of(ShopDay day) const { return days_[static_cast<std::size_t>(day.weekday)]; }
  std::vector<Span> spans_of(ShopDay day, ShopDay day_before) const;

  std::array<Day, kDays> days_;
  std::vector<Holiday> closed_;
  std::vector<Holiday> special_;  // something else is said of them
  bool holidays_differ_ = false;  // "closed on public holidays": nobody knows which those are
};

}  // namespace aura::agent
