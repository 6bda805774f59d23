#include "actors/agent/opening_hours.h"

#include <unicode/gregocal.h>

#include <algorithm>
#include <memory>

namespace aura::agent {
namespace {

constexpr int kSmallHours = 6 * kHour;  // until then a night may belong to the day before
constexpr double kDayBeforeMs = 24.0 * 60 * 60 * 1000;

Holiday holiday_on(int month, int day, int weekday) {
  constexpr int kNovember = 11;
  constexpr int kDecember = 12;
  if (month == kDecember && day == 24) return Holiday::christmas_eve;
  if (month == kDecember && day == 25) return Holiday::christmas;
  if (month == kDecember && day == 31) return Holiday::new_years_eve;
  if (month == 1 && day == 1) return Holiday::new_year;
  const bool fourth_thursday = weekday == 3 && day >= 22 && day <= 28;
  return month == kNovember && fourth_thursday ? Holiday::thanksgiving : Holiday::none;
}

ShopDay shop_day(const icu::Calendar& calendar, UErrorCode& status) {
  ShopDay day;
  day.weekday = (calendar.get(UCAL_DAY_OF_WEEK, status) + kDays - UCAL_MONDAY) % kDays;
  day.holiday = holiday_on(calendar.get(UCAL_MONTH, status) + 1, calendar.get(UCAL_DATE, status),
                           day.weekday);
  return day;
}

// The hours that surely belong to a part of the day, and all that anyone may count to it.
struct PartHours {
  int from = 0;
  int to = 0;
  int widest_from = 0;
  int widest_to = 0;
};

PartHours hours_of(DayPart part) {
  constexpr PartHours kHours[] = {{9 * kHour, 11 * kHour, 5 * kHour, 12 * kHour},
                                  {12 * kHour, 14 * kHour, 12 * kHour, 14 * kHour},
                                  {14 * kHour, 17 * kHour, 12 * kHour, 18 * kHour},
                                  {16 * kHour, 19 * kHour, 12 * kHour, 21 * kHour},
                                  {18 * kHour, 21 * kHour, 17 * kHour, 24 * kHour},
                                  {21 * kHour, 23 * kHour, 19 * kHour, 24 * kHour}};
  return kHours[static_cast<std::size_t>(part)];
}

}  // namespace

WallTime wall_time(std::int64_t unix_ms, const std::string& timezone) {
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(timezone)), status);
  calendar.setTime(static_cast<UDate>(unix_ms), status);
  WallTime time;
  time.day = shop_day(calendar, status);
  time.minute = calendar.get(UCAL_HOUR_OF_DAY, status) * kHour + calendar.get(UCAL_MINUTE, status);
  calendar.setTime(static_cast<UDate>(unix_ms) - kDayBeforeMs, status);
  time.day_before = shop_day(calendar, status);
  return time;
}

Open OpeningHours::on_holiday(Holiday holiday) const {
  const auto in = [&](const std::vector<Holiday>& list) {
    return std::find(list.begin(), list.end(), holiday) != list.end();
  };
  return in(closed_) && !in(special_) ? Open::no : Open::unknown;
}

Open OpeningHours::on(ShopDay day) const {
  if (day.holiday != Holiday::none) {
    if (on_holiday(day.holiday) == Open::no) return Open::no;
    const bool named = std::find(special_.begin(), special_.end(), day.holiday) != special_.end();
    if (named || holidays_differ_) return Open::unknown;
  }
  return of(day).doubtful ? Open::unknown : of(day).open;
}

// With what is left of the night before.
std::vector<OpeningHours::Span> OpeningHours::spans_of(ShopDay day, ShopDay day_before) const {
  std::vector<Span> spans;
  if (on(day) == Open::yes) {
    for (const Span& span : of(day).spans)
      spans.push_back({span.from, span.to <= span.from ? span.to + kMinutesOfDay : span.to});
  }
  if (on(day_before) == Open::yes) {
    for (const Span& span : of(day_before).spans) {
      if (span.to <= span.from) spans.push_back({0, span.to});
    }
  }
  return spans;
}

Open OpeningHours::at(const WallTime& time) const {
  const std::vector<Span> spans = spans_of(time.day, time.day_before);
  const bool within = std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
    return time.minute >= span.from && time.minute < span.to;
  });
  if (within) return Open::yes;
  const Open today = on(time.day);
  const bool when_unknown = today == Open::yes && of(time.day).spans.empty();
  const bool night_unknown = time.minute < kSmallHours && on(time.day_before) == Open::unknown;
  return today == Open::unknown || when_unknown || night_unknown ? Open::unknown : Open::no;
}

bool OpeningHours::is_over(const WallTime& time) const {
  const std::vector<Span> spans = spans_of(time.day, time.day_before);
  return !spans.empty() && std::all_of(spans.begin(), spans.end(),
                                       [&](const Span& span) { return span.to <= time.minute; });
}

Open OpeningHours::during(ShopDay day, ShopDay day_before, DayPart part) const {
  const Open all_day = on(day);
  if (all_day == Open::unknown) return Open::unknown;
  if (all_day == Open::yes && of(day).spans.empty()) return Open::unknown;
  const PartHours window = hours_of(part);
  bool any = false;
  for (const Span& span : spans_of(day, day_before)) {
    if (span.from <= window.from && span.to >= window.to) return Open::yes;
    any |= span.from < window.widest_to && span.to > window.widest_from;
  }
  const bool night_unknown = window.widest_from < kSmallHours && on(day_before) == Open::unknown;
  return any || night_unknown ? Open::unknown : Open::no;
}

}  // namespace aura::agent
