#include "net/api/rfc3339.h"

#include <chrono>
#include <cstdio>

namespace aura::net {
namespace {

// Takes `digits` digits off the front of `text`; -1 if it does not begin with them.
int take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int number = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return -1;
    number = 10 * number + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take_one_of(std::string_view& text, std::string_view these) {
  if (text.empty() || these.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// Minutes ahead of UTC: "Z", "+02:00".
std::optional<int> take_zone(std::string_view& text) {
  if (take_one_of(text, "Zz")) return 0;
  const bool behind = text.starts_with('-');
  if (!take_one_of(text, "+-")) return std::nullopt;
  const int hours = take_number(text, 2);
  if (!take_one_of(text, ":")) return std::nullopt;
  const int minutes = take_number(text, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return (behind ? -1 : 1) * (60 * hours + minutes);
}

}  // namespace

std::string rfc3339(Millis at) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(at)};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  char text[40];
  const int size = std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return {text, static_cast<std::size_t>(size)};
}

std::optional<Millis> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const int in_year = take_number(text, 4);
  bool well = take_one_of(text, "-");
  const int in_month = take_number(text, 2);
  well = well && take_one_of(text, "-");
  const int on_day = take_number(text, 2);
  well = well && take_one_of(text, "Tt");
  const int hour = take_number(text, 2);
  well = well && take_one_of(text, ":");
  const int minute = take_number(text, 2);
  well = well && take_one_of(text, ":");
  const int second = take_number(text, 2);
  const year_month_day date{year{in_year}, month{static_cast<unsigned>(in_month)},
                            day{static_cast<unsigned>(on_day)}};
  const auto below = [](int number, int end) { return number >= 0 && number < end; };
  if (!well || in_year < 0 || !date.ok() || !below(hour, 24) || !below(minute, 60) ||
      !below(second, 60))
    return std::nullopt;
  Millis fraction = 0;
  if (take_one_of(text, ".")) {
    int digit = take_number(text, 1);
    if (digit < 0) return std::nullopt;
    for (int worth = 100; digit >= 0; worth /= 10, digit = take_number(text, 1))
      fraction += worth * digit;
  }
  const auto zone = take_zone(text);
  if (!zone || !text.empty()) return std::nullopt;
  const auto at = sys_days{date} + hours{hour} + minutes{minute - *zone} + seconds{second};
  return milliseconds{at.time_since_epoch()}.count() + fraction;
}

}  // namespace aura::net
