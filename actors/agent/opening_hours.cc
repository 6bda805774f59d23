#include "actors/agent/opening_hours.h"

#include <unicode/gregocal.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr int kHour = 60;
constexpr int kNoon = 12;
constexpr std::size_t kMaxHoursWords = 400;

// Whether a list of words separated by spaces has the word.
bool is_one_of(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != list.npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

// Folded, from Monday on.
constexpr std::array<std::string_view, kDays> kDayWords{
    "monday mondays lunes lundi montag montags segunda lunedi",
    "tuesday tuesdays martes mardi dienstag dienstags terca martedi",
    "wednesday wednesdays miercoles mercredi mittwoch mittwochs quarta mercoledi",
    "thursday thursdays jueves jeudi donnerstag donnerstags quinta giovedi",
    "friday fridays viernes vendredi freitag freitags sexta venerdi",
    "saturday saturdays sabado sabados samedi samstag samstags sabato",
    "sunday sundays domingo domingos dimanche sonntag sonntags domenica"};
// "Mon-Fri 9-5": only beside a hyphen or a number, for "sun" and "so" are words, too.
constexpr std::array<std::string_view, kDays> kShortDayWords{"mon mo", "tue di", "wed mi", "thu do",
                                                             "fri fr", "sat sa", "sun so"};
constexpr std::string_view kToWords = "to through thru until bis a au al ate hasta";
constexpr std::string_view kDaily = "daily taglich";
constexpr std::string_view kEvery = "every todos tous tutti ogni alle";
constexpr std::string_view kDayNouns = "day dias jours giorni giorno tage";
constexpr std::string_view kWeekend = "weekend weekends wochenende";
constexpr std::string_view kClosed =
    "closed cerrado cerrados cerrada ferme fermes fermee geschlossen fechado fechados chiuso "
    "chiusi";
constexpr std::string_view kOpen =
    "open opened abierto abiertos abierta abren abre abris ouvert ouverts ouverte ouvrez geoffnet "
    "offen auf aberto abertos aberta abrem aperto aperti aperta aprite apre";
constexpr std::string_view kWhen =
    "when what how hours until till long cuando hora horario horarios hasta quand heure heures "
    "horaires "
    "wann bis lange uhr offnungszeiten quando horas che orari orario fino";
constexpr std::string_view kNow = "now currently ahora maintenant jetzt gerade agora adesso";
constexpr std::string_view kToday = "today hoy heute hoje oggi aujourd";
constexpr std::string_view kTomorrow = "tomorrow manana demain morgen amanha domani";

std::optional<int> day_of(std::string_view word,
                          const std::array<std::string_view, kDays>& words = kDayWords) {
  for (int day = 0; day < kDays; ++day) {
    if (is_one_of(words[static_cast<std::size_t>(day)], word)) return day;
  }
  return std::nullopt;
}

Holiday holiday_of(std::string_view folded) {
  constexpr std::pair<std::string_view, Holiday> kNames[] = {
      {"christmas eve", Holiday::christmas_eve},
      {"nochebuena", Holiday::christmas_eve},
      {"heiligabend", Holiday::christmas_eve},
      {"new year s eve", Holiday::new_years_eve},
      {"nochevieja", Holiday::new_years_eve},
      {"silvester", Holiday::new_years_eve},
      {"christmas", Holiday::christmas},
      {"navidad", Holiday::christmas},
      {"noel", Holiday::christmas},
      {"weihnachten", Holiday::christmas},
      {"natale", Holiday::christmas},
      {"new year", Holiday::new_year},
      {"ano nuevo", Holiday::new_year},
      {"jour de l an", Holiday::new_year},
      {"neujahr", Holiday::new_year},
      {"ano novo", Holiday::new_year},
      {"capodanno", Holiday::new_year},
      {"thanksgiving", Holiday::thanksgiving}};
  for (const auto& [name, holiday] : kNames) {
    if (folded.find(name) != folded.npos) return holiday;
  }
  return Holiday::none;
}

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

}  // namespace

WallTime wall_time(std::int64_t unix_ms, const std::string& timezone) {
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(timezone)), status);
  calendar.setTime(static_cast<UDate>(unix_ms), status);
  WallTime time;
  time.weekday = (calendar.get(UCAL_DAY_OF_WEEK, status) + kDays - UCAL_MONDAY) % kDays;
  time.minute = calendar.get(UCAL_HOUR_OF_DAY, status) * kHour + calendar.get(UCAL_MINUTE, status);
  time.holiday = holiday_on(calendar.get(UCAL_MONTH, status) + 1, calendar.get(UCAL_DATE, status),
                            time.weekday);
  return time;
}

// Reads "Monday to Friday from 7:00 am to 6:00 pm": days, then their times or that it is closed.
class OpeningHours::Reader {
 public:
  Reader(std::string_view text, OpeningHours& out) : text_(text), out_(out) {
    tokens_.assign(text, kMaxHoursWords);
  }

  void run() {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      i = read_word(i);
      if (tokens_[i].gap != Gap::sentence) continue;
      flush();
      read_holidays(begin, tokens_[i].end);
      begin = tokens_[i].end;
    }
    flush();
    read_holidays(begin, text_.size());
  }

 private:
  // Returns the last word it has read.
  std::size_t read_word(std::size_t i) {
    const std::string_view word = tokens_.word(i);
    if (tokens_[i].number) return read_time(i);
    if (const auto day = day_at(i)) {
      if (complete()) flush();
      const bool range = !days_.empty() && i > 0 && is_one_of(kToWords, tokens_.word(i - 1));
      const bool dash =
          !days_.empty() && i > 0 && last_day_ + 1 == i && tokens_[i - 1].gap == Gap::hyphen;
      if (range || dash) add_until(*day);
      days_.push_back(*day);
      last_day_ = i;
    } else if (is_one_of(kClosed, word)) {
      closed_ = true;
      closed_first_ = days_.empty();  // "closed on Sunday and Monday"
    } else if (is_one_of(kDaily, word) || (is_one_of(kDayNouns, word) && i > 0 && says_every(i))) {
      for (int each = 0; each < kDays; ++each) days_.push_back(each);
    } else if (is_one_of(kWeekend, word)) {
      if (complete()) flush();
      days_.insert(days_.end(), {kDays - 2, kDays - 1});
    }
    return i;
  }

  std::optional<int> day_at(std::size_t i) const {
    const bool beside = tokens_[i].gap == Gap::hyphen ||
                        (i > 0 && tokens_[i - 1].gap == Gap::hyphen) ||
                        (i + 1 < tokens_.size() && tokens_[i + 1].number);
    const auto day = day_of(tokens_.word(i));
    return day || !beside ? day : day_of(tokens_.word(i), kShortDayWords);
  }

  bool says_every(std::size_t i) const {
    return is_one_of(kEvery, tokens_.word(i - 1)) ||
           (i > 1 && is_one_of(kEvery, tokens_.word(i - 2)));
  }

  bool complete() const {
    return !days_.empty() && (!times_.empty() || (closed_ && !closed_first_));
  }

  void add_until(int last) {
    for (int day = (days_.back() + 1) % kDays; day != last; day = (day + 1) % kDays)
      days_.push_back(day);
  }

  // "7:00 am", "18.30", "7h00", "6 pm", "20 Uhr"; a bare number is none.
  std::size_t read_time(std::size_t i) {
    const std::string_view number = tokens_.word(i);
    const std::size_t point = number.find('.');
    int hour = to_number(number.substr(0, point));
    int minute = point == number.npos ? 0 : to_number(number.substr(point + 1));
    bool is_time = point != number.npos && number.size() - point == 3;
    std::size_t last = i;
    const auto number_at = [&](std::size_t at) {
      return at < tokens_.size() && tokens_[at].number;
    };
    const bool colon = tokens_[i].end < text_.size() && text_[tokens_[i].end] == ':';
    const bool h = i + 1 < tokens_.size() && tokens_.word(i + 1) == "h";
    if (colon && number_at(i + 1)) {
      minute = to_number(tokens_.word(++last));
      is_time = true;
    } else if (h) {
      ++last;
      if (number_at(last + 1) && tokens_[last].end == tokens_[last + 1].begin)
        minute = to_number(tokens_.word(++last));
      is_time = true;
    }
    const std::string_view next =
        last + 1 < tokens_.size() ? tokens_.word(last + 1) : std::string_view();
    if (next == "am" || next == "pm" || next == "a" || next == "p" || next == "uhr") is_time = true;
    if ((next == "pm" || next == "p") && hour < kNoon) hour += kNoon;
    if (next == "am" && hour == kNoon) hour = 0;
    if (is_time && hour <= 24 && minute < kHour) times_.push_back(hour * kHour + minute);
    return last;
  }

  static int to_number(std::string_view digits) {
    int value = 0;
    for (const char c : digits.substr(0, 4)) value = value * 10 + (c - '0');
    return value;
  }

  void flush() {
    for (const int day : days_) {
      Day& to = out_.days_[static_cast<std::size_t>(day)];
      if (closed_ && times_.empty()) {
        to = {Open::no, {}};
      } else if (!times_.empty() && times_.size() % 2 == 0) {
        to.open = Open::yes;
        for (std::size_t t = 0; t < times_.size(); t += 2)
          to.spans.push_back({times_[t], times_[t + 1]});
      }
    }
    days_.clear();
    times_.clear();
    closed_ = false;
  }

  // "We are closed on Thanksgiving and on Christmas Day."
  void read_holidays(std::size_t begin, std::size_t end) {
    const std::string sentence = fold(text_.substr(begin, end - begin));
    bool closes = false;
    for (std::size_t at = 0; at < sentence.size() && !closes;) {
      const std::size_t stop = std::min(sentence.find(' ', at), sentence.size());
      closes = is_one_of(kClosed, std::string_view(sentence).substr(at, stop - at));
      at = stop + 1;
    }
    if (!closes) return;
    std::string_view rest = sentence;
    while (!rest.empty()) {  // part by part, as "and" joins them
      const std::size_t stop = std::min(rest.find(" and "), rest.size());
      if (const Holiday found = holiday_of(rest.substr(0, stop)); found != Holiday::none)
        out_.closed_.push_back(found);
      rest.remove_prefix(std::min(stop + 5, rest.size()));
    }
  }

  std::string_view text_;
  OpeningHours& out_;
  Tokens tokens_;
  std::vector<int> days_;
  std::vector<int> times_;
  bool closed_ = false;
  bool closed_first_ = false;
  std::size_t last_day_ = 0;
};

OpeningHours OpeningHours::read(std::string_view text) {
  OpeningHours hours;
  Reader(text, hours).run();
  return hours;
}

bool OpeningHours::closes_on(Holiday holiday) const {
  return std::find(closed_.begin(), closed_.end(), holiday) != closed_.end();
}

Open OpeningHours::on(int weekday, Holiday holiday) const {
  if (closes_on(holiday)) return Open::no;
  return days_[static_cast<std::size_t>(weekday)].open;
}

Open OpeningHours::at(const WallTime& time) const {
  const Open day = on(time.weekday, time.holiday);
  if (day != Open::yes) return day;
  const std::vector<Span>& spans = days_[static_cast<std::size_t>(time.weekday)].spans;
  const bool within = std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
    return span.to <= span.from ? time.minute >= span.from
                                : time.minute >= span.from && time.minute < span.to;
  });
  return within ? Open::yes : Open::no;
}

bool names_day(std::string_view sentence) {
  Tokens tokens;
  tokens.assign(sentence, kMaxHoursWords);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (day_of(tokens.word(i))) return true;
  }
  return holiday_of(fold(sentence)) != Holiday::none;
}

Open open_when_asked(std::string_view sentence, const OpeningHours& hours, std::int64_t now_ms,
                     const std::string& timezone) {
  Tokens tokens;
  tokens.assign(sentence, kMaxHoursWords);
  std::optional<int> day;
  int days = 0;
  bool asks = false, now = false, today = false, tomorrow = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view word = tokens.word(i);
    if (tokens[i].number || is_one_of(kWhen, word)) return Open::unknown;
    asks |= is_one_of(kOpen, word);
    now |= is_one_of(kNow, word);
    today |= is_one_of(kToday, word);
    const bool in_the_morning = word == "manana" && i > 0 && tokens.word(i - 1) == "la";
    tomorrow |= is_one_of(kTomorrow, word) && !in_the_morning;
    if (const auto named = day_of(word)) day = named, ++days;
  }
  if (!asks || days > 1) return Open::unknown;
  if (const Holiday named = holiday_of(fold(sentence)); named != Holiday::none)
    return hours.closes_on(named) ? Open::no : Open::unknown;
  if (day) return hours.on(*day);
  if (now_ms == 0) return Open::unknown;
  constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
  const WallTime time = wall_time(now_ms + (tomorrow ? kDayMs : 0), timezone);
  if (tomorrow || (today && !now)) return hours.on(time.weekday, time.holiday);
  return hours.at(time);
}

}  // namespace aura::agent
