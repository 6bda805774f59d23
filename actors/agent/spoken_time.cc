#include "actors/agent/spoken_time.h"

#include <algorithm>

#include "actors/agent/number_words.h"

namespace aura::agent {
namespace {

constexpr int kTwelve = 12;
constexpr int kHoursOfDay = 24;

// Folded expressions, separated by '|', that add minutes to the hour beside them.
struct MinutesRow {
  int minutes;
  std::string_view expressions;
};

constexpr MinutesRow kBeforeHour[] = {
    {30, "half past|half"},
    {15, "quarter past|a quarter past|viertel nach"},
    {-15,
     "quarter to|a quarter to|viertel vor|dreiviertel|drei viertel|quinze para as|um quarto para "
     "as"},
    {-30, "halb"},
    {5, "five past|funf nach"},
    {10, "ten past|zehn nach"},
    {20, "twenty past|zwanzig nach"},
    {-5, "five to|funf vor|cinco para as"},
    {-10, "ten to|zehn vor|dez para as"},
    {-20, "twenty to|zwanzig vor|vinte para as"},
};

constexpr MinutesRow kBehindHour[] = {
    {30,
     "y media|et demie|et demi|e meia|e mezza|e mezzo|thirty|trente|dreissig|y treinta|e trinta|"
     "e trenta"},
    {15,
     "y cuarto|et quart|e quinze|e um quarto|e un quarto|fifteen|quinze|funfzehn|y quince|e "
     "quindici"},
    {-15, "menos cuarto|moins le quart|moins quart|menos um quarto|meno un quarto"},
    {45, "forty five|quarante cinq|funfundvierzig|e tre quarti"},
    {10, "y diez|e dez|e dieci"},
    {20, "y veinte|e vinte|e venti"},
    {-10, "menos diez|moins dix|meno dieci"},
};

struct Minutes {
  int minutes = 0;
  std::size_t words = 0;
};

// How many words of `expression` stand at `at`; 0 if not all do.
std::size_t said_at(std::string_view expression, const Tokens& tokens, std::size_t at) {
  std::size_t words = 0;
  while (!expression.empty()) {
    const std::size_t end = std::min(expression.find(' '), expression.size());
    if (at + words >= tokens.size() || tokens.word(at + words) != expression.substr(0, end))
      return 0;
    ++words;
    expression.remove_prefix(std::min(end + 1, expression.size()));
  }
  return words;
}

template <std::size_t kRows>
Minutes minutes_at(const MinutesRow (&rows)[kRows], const Tokens& tokens, std::size_t at) {
  Minutes best;
  for (const MinutesRow& row : rows) {
    std::string_view list = row.expressions;
    while (!list.empty()) {
      const std::size_t end = std::min(list.find('|'), list.size());
      const std::size_t words = said_at(list.substr(0, end), tokens, at);
      if (words > best.words) best = {row.minutes, words};
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }
  return best;
}

std::optional<ClockTime> hour_at(const Tokens& tokens, std::size_t at, std::string_view text) {
  if (at >= tokens.size()) return std::nullopt;
  if (tokens[at].number) return clock_at(tokens, at, text);
  const auto hour = number_word(tokens.word(at));
  if (!hour || *hour > kHoursOfDay) return std::nullopt;
  ClockTime time;
  time.minute = *hour * kHour;
  time.exact = *hour == 0 || *hour > kTwelve;
  return time;
}

// "pm", "Uhr": what it says of the hour that has been read.
void read_unit(const Tokens& tokens, std::size_t at, ClockTime& time) {
  const ClockUnit unit = clock_unit_at(tokens, at + time.words);
  if (!unit.found || time.half) return;
  time.words += unit.words;
  time.formal = true;
  if (!unit.am && !unit.pm) return;
  time.half = time.exact = true;
  const int hour = time.minute / kHour;
  if (unit.pm && hour < kTwelve) time.minute += kTwelve * kHour;
  if (unit.am && hour == kTwelve) time.minute -= kTwelve * kHour;
}

}  // namespace

std::optional<ClockTime> spoken_clock_at(const Tokens& tokens, std::size_t at,
                                         std::string_view text) {
  const Minutes before = minutes_at(kBeforeHour, tokens, at);
  std::optional<ClockTime> time = hour_at(tokens, at + before.words, text);
  if (!time) return std::nullopt;
  const std::size_t hour_at = at + before.words;
  if (!tokens[hour_at].number) read_unit(tokens, hour_at, *time);
  const Minutes behind =
      before.words > 0 ? Minutes{} : minutes_at(kBehindHour, tokens, hour_at + time->words);
  if (tokens[hour_at].number && before.words == 0 && behind.words == 0) return std::nullopt;
  const bool parted = before.words > 0 || behind.words > 0;
  time->words += behind.words;
  if (behind.words > 0) read_unit(tokens, hour_at, *time);
  time->words += before.words;
  time->formal = time->formal || parted;
  time->minute = (time->minute + before.minutes + behind.minutes + kMinutesOfDay) % kMinutesOfDay;
  return time;
}

}  // namespace aura::agent
