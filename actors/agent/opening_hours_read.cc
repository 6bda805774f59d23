// Reads "Monday to Friday from 7:00 am to 6:00 pm": days, then their times or that it is closed.
#include <algorithm>
#include <optional>
#include <utility>

#include "actors/agent/opening_hours.h"
#include "actors/agent/sentences.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMaxHoursSentences = 200;
constexpr std::size_t kMaxHoursWords = 200;

bool is_one_word_of(std::string_view folded, std::string_view word) {
  const std::string all = " " + std::string(folded) + " ";
  return all.find(" " + std::string(word) + " ") != std::string::npos;
}

// "9 to 5" may mean a morning and an afternoon, so it cannot be read.
bool is_span(const ClockTime& from, const ClockTime& to) {
  if (from.half != to.half) return false;
  if (to.minute > from.minute) return to.exact || to.formal;
  const bool whole_clock = from.minute > kMinutesOfDay / 2;  // "18:00 to 2:00"
  return from.exact && (to.exact || (to.formal && whole_clock));
}

}  // namespace

class OpeningHours::Reader {
 public:
  Reader(std::string_view own_name, OpeningHours& out) : own_name_(fold(own_name)), out_(out) {}

  void read(std::string_view sentence) {
    text_ = sentence;
    tokens_.assign(sentence, kMaxHoursWords);
    said_.unclear = tokens_.size() == kMaxHoursWords;
    for (std::size_t i = 0; i < tokens_.size();) i += read_word(i);
    flush();
  }

 private:
  // Of the days named together.
  struct Statement {
    std::vector<int> days;
    std::vector<int> excepted;
    std::vector<Holiday> holidays;
    std::vector<ClockTime> times;
    bool open = false;
    bool closed = false;
    bool closed_first = false;  // "closed on Sunday and Monday"
    bool times_behind = false;  // the days, not "9:00 to 17:00 on Monday and Tuesday"
    bool closes = false;
    bool excepts = false;
    bool other_holidays = false;
    bool unclear = false;  // has a word that is not understood

    bool names_days() const { return !days.empty() || !holidays.empty() || other_holidays; }
    bool states_span() const {
      return std::count_if(times.begin(), times.end(), [](auto& time) { return time.formal; }) > 1;
    }
    bool complete() const { return names_days() && (times_behind || (closed && !closed_first)); }
  };

  // Returns how many words it has read.
  std::size_t read_word(std::size_t i) {
    if (tokens_[i].number) return read_time(i);
    if (const auto day = short_day_at(tokens_, i, text_)) {
      add_day(*day, i, 1);
      return 1;
    }
    const TimeWord word = time_word_at(tokens_, i);
    if (word.kind != TimeKind::none)
      read(word, i);
    else
      said_.unclear |= !is_one_word_of(own_name_, tokens_.word(i));
    return word.words;
  }

  void read(const TimeWord& word, std::size_t i) {
    switch (word.kind) {
      case TimeKind::day:
        return add_day(word.value, i, word.words);
      case TimeKind::weekend:
      case TimeKind::workdays:
      case TimeKind::every_day:
        return add_days(days_of(word.kind));
      case TimeKind::holiday:
        begin_days();
        return said_.holidays.push_back(static_cast<Holiday>(word.value));
      case TimeKind::holidays:
        begin_days();
        said_.other_holidays = true;
        return;
      case TimeKind::closed:
        if (said_.complete()) flush();
        said_.closed = true;
        said_.closed_first = !said_.names_days();
        return;
      case TimeKind::open:
        said_.open = true;
        return;
      case TimeKind::closes:
        said_.closes = true;
        return;
      case TimeKind::except:
        said_.excepts = true;
        return;
      case TimeKind::to:
      case TimeKind::at:
      case TimeKind::from:
      case TimeKind::plain:
        return;
      default:
        said_.unclear = true;  // "on Wednesday afternoon"
    }
  }

  void begin_days() {
    if (said_.complete() && !said_.excepts) flush();
  }

  void add_days(const DayRange& range) {
    begin_days();
    for (int day = range.first; day < range.end; ++day) days().push_back(day);
  }

  void add_day(int day, std::size_t i, std::size_t words) {
    begin_days();
    add_weekday(days(), day, tokens_, i, after_day_, text_);
    after_day_ = i + words;
  }

  std::vector<int>& days() { return said_.excepts ? said_.excepted : said_.days; }

  std::size_t read_time(std::size_t i) {
    const auto time = clock_at(tokens_, i, text_);
    if (!time) {
      said_.unclear = true;
      return 1;
    }
    said_.times.push_back(*time);
    said_.times_behind = said_.names_days();
    return time->words;
  }

  // None if they are not spans one after the other.
  static std::optional<std::vector<Span>> spans_of(const std::vector<ClockTime>& times) {
    std::vector<Span> spans;
    if (times.size() % 2 != 0) return std::nullopt;
    for (std::size_t t = 0; t < times.size(); t += 2) {
      if (!is_span(times[t], times[t + 1])) return std::nullopt;
      const bool behind = spans.empty() || (spans.back().to > spans.back().from &&
                                            spans.back().to <= times[t].minute);
      if (!behind) return std::nullopt;
      spans.push_back({times[t].minute, times[t + 1].minute});
    }
    return spans;
  }

  void flush() {
    const Statement said = std::exchange(said_, {});
    after_day_ = 0;
    if (!said.names_days() && !said.excepts) {
      // "Closed in August", "in winter from 10:00 to 14:00": true of which days?
      if (said.closed || (said.unclear && said.states_span())) doubt_all();
      return;
    }
    out_.holidays_differ_ |= said.other_holidays;
    const auto times = spans_of(said.times);
    const bool clear = !said.unclear && times && !(said.closed && !said.times.empty()) &&
                       !(said.closes && said.times.empty());
    for (const int day : said.days) {
      const auto among = std::find(said.excepted.begin(), said.excepted.end(), day);
      if (among == said.excepted.end())
        tell(day, said, clear, times ? *times : std::vector<Span>());
    }
    for (const int day : said.excepted) clear ? close(day) : doubt(day);
    for (const Holiday holiday : said.holidays)
      (clear && said.closed && !said.excepts ? out_.closed_ : out_.special_).push_back(holiday);
  }

  void tell(int day, const Statement& said, bool clear, const std::vector<Span>& times) {
    if (!clear) return doubt(day);
    if (said.closed) return close(day);
    if (!times.empty() || said.open) open(day, times);
  }

  void doubt_all() {
    for (Day& day : out_.days_) day.doubtful = true;
  }

  void doubt(int day) { out_.days_[static_cast<std::size_t>(day)].doubtful = true; }

  // "Daily from 9:00 to 17:00, closed on Sunday": the exception comes last.
  void close(int day) {
    Day& to = out_.days_[static_cast<std::size_t>(day)];
    to.open = Open::no;
    to.spans.clear();
  }

  void open(int day, const std::vector<Span>& times) {
    Day& to = out_.days_[static_cast<std::size_t>(day)];
    const auto overlaps = [&](const Span& span) {
      return std::any_of(to.spans.begin(), to.spans.end(),
                         [&](const Span& old) { return span.from < old.to && old.from < span.to; });
    };
    to.doubtful |= to.open == Open::no || std::any_of(times.begin(), times.end(), overlaps);
    to.open = Open::yes;
    to.spans.insert(to.spans.end(), times.begin(), times.end());
  }

  std::string own_name_;
  OpeningHours& out_;
  std::string_view text_;
  Tokens tokens_;
  Statement said_;
  std::size_t after_day_ = 0;  // the word behind the last day
};

OpeningHours OpeningHours::read(std::string_view text, std::string_view own_name) {
  OpeningHours hours;
  Reader reader(own_name, hours);
  const auto sentences = split_sentences(text);
  if (sentences.size() > kMaxHoursSentences) return hours;  // not read whole
  for (const auto& [begin, end] : sentences) reader.read(text.substr(begin, end - begin));
  return hours;
}

}  // namespace aura::agent
