#include "actors/agent/asked_time.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "actors/agent/spoken_time.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMaxAskedWords = 40;
constexpr std::int64_t kOneDayMs = 24LL * 60 * 60 * 1000;
constexpr int kHalfDay = kMinutesOfDay / 2;

struct AskedTime {
  std::vector<int> weekdays;
  std::vector<int> days_ahead;  // 0: today
  std::optional<Holiday> holiday;
  std::optional<DayPart> part;
  std::vector<int> minutes;  // one clock time; several if it may mean several: "at 8"
  bool now = false;
  OpenQuestion question = OpenQuestion::none;

  bool names_day() const { return !weekdays.empty() || !days_ahead.empty(); }
  bool names_time() const { return part.has_value() || !minutes.empty(); }
};

bool belongs_to(DayPart part, int minute) {
  constexpr std::array<std::pair<int, int>, 6> kHours{
      {{0, 12}, {11, 15}, {12, 19}, {12, 21}, {16, 24}, {18, 29}}};
  const auto [from, to] = kHours[static_cast<std::size_t>(part)];
  const bool small_hours = part == DayPart::night && minute < 5 * kHour;
  return small_hours || (minute >= from * kHour && minute < to * kHour + (to == 24 ? 1 : 0));
}

class AskedReader {
 public:
  explicit AskedReader(std::string_view sentence) : text_(sentence) {
    tokens_.assign(sentence, kMaxAskedWords);
  }

  // None if a word is not understood.
  std::optional<AskedTime> read() {
    if (tokens_.size() == kMaxAskedWords) return std::nullopt;
    for (std::size_t i = 0; i < tokens_.size();) {
      std::size_t used = read_date(i);
      if (used == 0) used = read_clock(i);
      if (used == 0 && !tokens_[i].number) used = read_word(i);
      if (used == 0) return std::nullopt;
      i += used;
    }
    const bool of_day = asked_.minutes.empty() && !asked_.part;
    const bool clear = (!closes_ || of_day) && settle_clock();  // "do you close at eight?"
    return clear ? std::optional(asked_) : std::nullopt;
  }

 private:
  // How many words were read; 0 if that one is not understood.
  std::size_t read_word(std::size_t i) {
    const TimeWord word = time_word_at(tokens_, i);
    const auto day = short_day_at(tokens_, i, text_);
    const bool known = word.kind != TimeKind::none;
    if (day && !known) return add_day(*day, i, 1) ? 1 : 0;
    return !day && known && read(word, i) ? word.words : 0;
  }

  bool read(const TimeWord& word, std::size_t i) {
    switch (word.kind) {
      case TimeKind::day:
        return add_day(word.value, i, word.words);
      case TimeKind::weekend:
      case TimeKind::workdays:
      case TimeKind::every_day:
        return add_days(days_of(word.kind));
      case TimeKind::today:
        return add_ahead(0, i + word.words);
      case TimeKind::tomorrow:
        if (tokens_.word(i) == "morgen" && after_day_ == i && asked_.names_day())
          return add_part(static_cast<int>(DayPart::morning));  // "heute Morgen"
        return add_ahead(1, i + word.words);
      case TimeKind::overmorrow:
        return add_ahead(2, i + word.words);
      case TimeKind::holiday:
        return add_holiday(static_cast<Holiday>(word.value));
      case TimeKind::part_today:
        return add_ahead(0, i + word.words) && add_part(word.value);
      case TimeKind::part:
        return add_part(word.value);
      case TimeKind::noon:
        return add_minutes({kHalfDay});
      case TimeKind::midnight:
        return add_minutes({0, kMinutesOfDay});
      case TimeKind::now:
        return asked_.now = true;
      case TimeKind::open:
        asked_.question = OpenQuestion::open;
        return true;
      case TimeKind::closes:
        closes_ = true;
        [[fallthrough]];
      case TimeKind::closed:
        if (asked_.question == OpenQuestion::none) asked_.question = OpenQuestion::closed;
        return true;
      case TimeKind::to:
        return word.value == 0 || (asked_.names_day() && after_day_ == i);
      case TimeKind::at:
      case TimeKind::plain:
        return true;
      default:
        return false;
    }
  }

  bool add_holiday(Holiday holiday) {
    if (asked_.holiday) return false;
    asked_.holiday = holiday;
    return true;
  }

  // "Dec 25", "25 de diciembre"; of a day that is no holiday nothing is known.
  std::size_t read_date(std::size_t i) {
    const std::optional<DateOfHoliday> date = holiday_date_at(tokens_, i);
    return date && add_holiday(date->holiday) ? date->words : 0;
  }

  bool add_day(int day, std::size_t i, std::size_t words) {
    add_weekday(asked_.weekdays, day, tokens_, i, after_day_, text_);
    after_day_ = i + words;
    return true;
  }

  bool add_days(const DayRange& range) {
    for (int day = range.first; day < range.end; ++day) asked_.weekdays.push_back(day);
    return true;
  }

  bool add_ahead(int days, std::size_t behind) {
    asked_.days_ahead.push_back(days);
    after_day_ = behind;
    return true;
  }

  bool add_part(int part) {
    if (asked_.part) return false;
    asked_.part = static_cast<DayPart>(part);
    return true;
  }

  bool add_minutes(std::vector<int> minutes) {
    if (!asked_.minutes.empty()) return false;
    asked_.minutes = std::move(minutes);
    return true;
  }

  // "8pm", "20:00", "at 8", "half past nine"; a number alone is no time.
  std::size_t read_clock(std::size_t i) {
    auto time = spoken_clock_at(tokens_, i, text_);
    if (!time) time = clock_at(tokens_, i, text_);
    if (!time) return 0;
    const bool introduced = i > 0 && time_word_at(tokens_, i - 1).kind == TimeKind::at;
    if (!time->formal && !introduced) return 0;
    std::vector<int> minutes{time->minute};
    if (!time->exact) minutes.push_back(time->minute + kHalfDay);  // 12:30 → half past midnight
    return add_minutes(std::move(minutes)) ? time->words : 0;
  }

  // "8 in the evening".
  bool settle_clock() {
    if (asked_.minutes.empty() || !asked_.part) return true;
    std::erase_if(asked_.minutes, [&](int minute) { return !belongs_to(*asked_.part, minute); });
    asked_.part.reset();
    return !asked_.minutes.empty();
  }

  std::string_view text_;
  Tokens tokens_;
  AskedTime asked_;
  bool closes_ = false;
  std::size_t after_day_ = 0;  // the word behind the last day
};

ShopDay any_week(int day) { return {(day + kDays) % kDays, Holiday::none}; }

// Yes or no only if all the moments asked about agree.
class OpenAnswer {
 public:
  OpenAnswer(const AskedTime& asked, const OpeningHours& hours, std::int64_t now_ms,
             const std::string& zone)
      : asked_(asked), hours_(hours), now_ms_(now_ms), timezone_(zone) {}

  Open find() {
    if (asked_.holiday) return of_holiday();
    const bool of_now = !asked_.names_day() && !asked_.names_time();
    if (of_now || asked_.now) return at_this_moment();
    if (!asked_.days_ahead.empty() && now_ms_ == 0) return Open::unknown;
    for (const int ahead : asked_.days_ahead) add(ahead_of_now(ahead), ahead == 0);
    for (const int day : asked_.weekdays) add_weekday(day);
    if (!asked_.names_day()) {  // "at 8pm?" of any day
      for (int day = 0; day < kDays; ++day) add_weekday(day);
    }
    return all_.value_or(Open::unknown);
  }

 private:
  Open of_holiday() const {
    return asked_.names_day() || asked_.now ? Open::unknown : hours_.on_holiday(*asked_.holiday);
  }

  Open at_this_moment() const {
    const bool another = asked_.names_time() || !asked_.weekdays.empty() ||
                         std::any_of(asked_.days_ahead.begin(), asked_.days_ahead.end(),
                                     [](int ahead) { return ahead != 0; });
    return another || now_ms_ == 0 ? Open::unknown : hours_.at(ahead_of_now(0));
  }

  WallTime ahead_of_now(int days) const { return wall_time(now_ms_ + days * kOneDayMs, timezone_); }

  // Of any week; and of the next days, if one of them is a holiday.
  void add_weekday(int day) {
    add({any_week(day), any_week(day - 1), 0}, false);
    for (int ahead = 0; now_ms_ != 0 && ahead < kDays; ++ahead) {
      const WallTime time = ahead_of_now(ahead);
      if (time.day.weekday == day && time.day.holiday != Holiday::none) add(time, false);
    }
  }

  void add(const WallTime& time, bool today) {
    if (!asked_.minutes.empty()) {
      for (const int minute : asked_.minutes) agree(at(time, minute));
    } else if (asked_.part) {
      agree(hours_.during(time.day, time.day_before, *asked_.part));
    } else {
      agree(today && hours_.is_over(time) ? Open::unknown : hours_.on(time.day));
    }
  }

  Open at(const WallTime& time, int minute) const {
    if (minute < kMinutesOfDay) return hours_.at({time.day, time.day_before, minute});
    return hours_.at({any_week(time.day.weekday + 1), time.day, minute - kMinutesOfDay});
  }

  void agree(Open open) { all_ = !all_ || *all_ == open ? open : Open::unknown; }

  const AskedTime& asked_;
  const OpeningHours& hours_;
  std::int64_t now_ms_;
  const std::string& timezone_;
  std::optional<Open> all_;
};

}  // namespace

OpenQuestion asks_if_open(std::string_view sentence) {
  const auto asked = AskedReader(sentence).read();
  return asked ? asked->question : OpenQuestion::none;
}

bool names_only_time(std::string_view sentence) {
  const auto asked = AskedReader(sentence).read();
  return asked && asked->question == OpenQuestion::none &&
         (asked->names_day() || asked->names_time() || asked->holiday);
}

Open open_when_asked(std::string_view sentence, const OpeningHours& hours, std::int64_t now_ms,
                     const std::string& zone) {
  const auto asked = AskedReader(sentence).read();
  return asked ? OpenAnswer(*asked, hours, now_ms, zone).find() : Open::unknown;
}

}  // namespace aura::agent
