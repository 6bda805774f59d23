// Whether a shop is open when a customer asks about ("are you open on Sunday?", "are you open
// now?"), out of the weekly hours a text states in one of the six languages. What cannot be read is
// unknown, never guessed. No clock of its own: the time comes from outside. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aura::agent {

inline constexpr int kDays = 7;  // 0: Monday
enum class Holiday : unsigned char {
  none,
  christmas_eve,
  christmas,
  new_years_eve,
  new_year,
  thanksgiving
};

// A moment as the clock on the shop's wall shows it.
struct WallTime {
  int weekday = 0;
  int minute = 0;  // of the day
  Holiday holiday = Holiday::none;
};
WallTime wall_time(std::int64_t unix_ms, const std::string& timezone);

enum class Open : unsigned char { unknown, yes, no };

class OpeningHours {
 public:
  static OpeningHours read(std::string_view text);
  Open on(int weekday, Holiday holiday = Holiday::none) const;
  Open at(const WallTime& time) const;
  bool closes_on(Holiday holiday) const;

 private:
  class Reader;
  struct Span {
    int from = 0;  // minutes of the day
    int to = 0;
  };
  struct Day {
    Open open = Open::unknown;
    std::vector<Span> spans;
  };

  std::array<Day, kDays> days_;
  std::vector<Holiday> closed_;
};

// Whether a sentence that asks if it is open means a time the hours tell about. `now_ms`: 0 if not
// known. Unknown, too, for "when", "until what time" and other questions.
Open open_when_asked(std::string_view sentence, const OpeningHours& hours, std::int64_t now_ms,
                     const std::string& timezone);

bool names_day(std::string_view sentence);  // of the week, or a holiday

}  // namespace aura::agent
