#include "actors/agent/time_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

namespace aura::agent {
namespace {

constexpr int kNoon = 12;

constexpr int value_of(Holiday holiday) { return static_cast<int>(holiday); }
constexpr int value_of(DayPart part) { return static_cast<int>(part); }

// Folded expressions, separated by '|'.
struct TimeRow {
  TimeKind kind;
  int value;
  std::string_view expressions;
};

constexpr TimeRow kDayRows[] = {
    {TimeKind::day, 0,
     "monday|mondays|lunes|lundi|lundis|montag|montags|segunda|segundas|segunda feira|segundas "
     "feiras|lunedi|di lunedi"},
    {TimeKind::day, 1,
     "tuesday|tuesdays|martes|mardi|mardis|dienstag|dienstags|terca|tercas|terca feira|tercas "
     "feiras|martedi|di martedi"},
    {TimeKind::day, 2,
     "wednesday|wednesdays|miercoles|mercredi|mercredis|mittwoch|mittwochs|quarta|quartas|quarta "
     "feira|quartas feiras|"
     "mercoledi|di mercoledi"},
    {TimeKind::day, 3,
     "thursday|thursdays|jueves|jeudi|jeudis|donnerstag|donnerstags|quinta|quintas|quinta "
     "feira|quintas feiras|giovedi|di "
     "giovedi"},
    {TimeKind::day, 4,
     "friday|fridays|viernes|vendredi|vendredis|freitag|freitags|sexta|sextas|sexta feira|sextas "
     "feiras|venerdi|di venerdi"},
    {TimeKind::day, 5,
     "saturday|saturdays|sabado|sabados|samedi|samedis|samstag|samstags|sonnabend|sonnabends|"
     "sabato|di sabato"},
    {TimeKind::day, 6,
     "sunday|sundays|domingo|domingos|dimanche|dimanches|sonntag|sonntags|domenica|domeniche|di "
     "domenica"},
    {TimeKind::weekend, 0,
     "weekend|weekends|week end|week ends|wochenende|wochenenden|fin de semana|fines de semana|"
     "finde|fim de semana|fins de semana|fine settimana"},
    {TimeKind::workdays, 0, "weekday|weekdays|entre semana|en semaine|unter der woche|dias uteis"},
    {TimeKind::every_day, 0,
     "daily|taglich|every day|each day|all days|all week|seven days a week|todos los dias|cada dia|"
     "tous les jours|chaque jour|jeden tag|alle tage|todos os dias|tutti i giorni|ogni giorno|"
     "diario|a diario|diariamente"},
    {TimeKind::holiday, value_of(Holiday::christmas_eve),
     "christmas eve|nochebuena|reveillon de noel|veille de noel|heiligabend|heilig abend|"
     "vespera de natal|vigilia di natale"},
    {TimeKind::holiday, value_of(Holiday::christmas),
     "christmas|christmas day|navidad|dia de navidad|noel|jour de noel|weihnachten|"
     "weihnachtstag|natal|dia de natal|natale|giorno di natale"},
    {TimeKind::holiday, value_of(Holiday::new_years_eve),
     "new year s eve|new years eve|nochevieja|saint sylvestre|silvester|vespera de ano novo|"
     "san silvestro"},
    {TimeKind::holiday, value_of(Holiday::new_year),
     "new year|new years|new year s day|new years day|ano nuevo|dia de ano nuevo|jour de l an|"
     "nouvel an|neujahr|neujahrstag|ano novo|dia de ano novo|capodanno"},
    {TimeKind::holiday, value_of(Holiday::thanksgiving), "thanksgiving|thanksgiving day"},
    {TimeKind::holidays, 0,
     "holidays|public holiday|public holidays|bank holiday|bank holidays|national holidays|"
     "festivos|dias festivos|feriados|jours feries|jour ferie|feiertag|feiertage|feiertagen|"
     "feiertags|festivi|giorni festivi"},
};

constexpr TimeRow kTimeRows[] = {
    {TimeKind::today, 0, "today|hoy|aujourd hui|heute|hoje|oggi"},
    {TimeKind::tomorrow, 0, "tomorrow|manana|demain|morgen|amanha|domani"},
    {TimeKind::overmorrow, 0,
     "day after tomorrow|pasado manana|apres demain|ubermorgen|depois de amanha|dopodomani"},
    {TimeKind::now, 0,
     "now|right now|currently|at the moment|ahora|ahora mismo|en este momento|maintenant|"
     "en ce moment|jetzt|gerade|im moment|momentan|agora|neste momento|adesso|ora|in questo "
     "momento"},
    {TimeKind::part, value_of(DayPart::morning),
     "morning|mornings|la manana|las mananas|matin|matins|vormittag|vormittags|morgens|fruh|manha|"
     "manhas|mattina|mattino|mattine|di mattina"},
    {TimeKind::part, value_of(DayPart::midday), "mediodia|mittag|mittags"},
    {TimeKind::part, value_of(DayPart::afternoon),
     "afternoon|afternoons|apres midi|nachmittag|nachmittags|tarde|tardes|pomeriggio|di "
     "pomeriggio"},
    {TimeKind::part, value_of(DayPart::late_afternoon),
     "la tarde|las tardes"},  // Spanish: until eight
    {TimeKind::part, value_of(DayPart::evening),
     "evening|evenings|soir|soiree|soirs|abend|abends|noite|noites|sera|di sera"},
    {TimeKind::part, value_of(DayPart::night),
     "night|nights|noche|noches|nuit|nacht|nachts|notte|di notte"},
    {TimeKind::part_today, value_of(DayPart::morning),
     "this morning|esta manana|ce matin|esta manha|stamattina"},
    {TimeKind::part_today, value_of(DayPart::afternoon),
     "this afternoon|cet apres midi|questo pomeriggio"},
    {TimeKind::part_today, value_of(DayPart::late_afternoon), "esta tarde"},
    {TimeKind::part_today, value_of(DayPart::evening),
     "tonight|this evening|ce soir|esta noite|stasera|questa sera"},
    {TimeKind::part_today, value_of(DayPart::night), "esta noche|cette nuit|stanotte"},
    {TimeKind::noon, 0, "noon|midday|midi|meio dia|mezzogiorno"},
    {TimeKind::midnight, 0, "midnight|medianoche|minuit|mitternacht|meia noite|mezzanotte"},
    {TimeKind::to, 0, "a|au|al|alla"},
    {TimeKind::to, 1, "to|through|thru|till|until|bis|ate|hasta"},
    {TimeKind::at, 0, "at|um|las|as|alle|all|ore"},
    {TimeKind::from, 0, "from|between|desde|von|zwischen|entre|dal|dalle|dalla"},
    {TimeKind::closes, 0,
     "close|closes|cerramos|cierran|cierra|cerrais|fermons|fermez|schliessen|schliesst|fechamos|"
     "fecham|fecha|chiudiamo|chiudete|chiude"},
    {TimeKind::closed, 0,
     "closed|cerrado|cerrados|cerrada|ferme|fermes|fermee|geschlossen|ruhetag|fechado|fechados|"
     "fechada|chiuso|chiusi|chiusa"},
    {TimeKind::open, 0,
     "open|opens|abierto|abiertos|abierta|abiertas|abren|abre|abris|abrimos|ouvert|ouverts|"
     "ouverte|ouvertes|ouvre|ouvrent|ouvrez|ouvrons|geoffnet|offen|offnet|offnen|auf|aberto|"
     "abertos|aberta|abertas|abrem|aperto|aperti|aperta|aperte|aprite|apre|apriamo"},
    {TimeKind::except, 0,
     "except|excepto|salvo|menos|sauf|ausser|exceto|tranne|eccetto|apart from|other than|"
     "but not"},
};

// What may stand in a question for the hours, or in the hours, and changes nothing about the time.
constexpr TimeRow kPlainRows[] = {
    {TimeKind::plain, 0,
     "are|is|r|you|u|ya|guys|your|our|the|an|on|in|of|this|next|coming|sharp|be|will|do you|do "
     "u|do "
     "they|does|it|we|re|s|"
     "also|too|still|please|hi|hello|hey|there|shop|store|place|cafe|restaurant|salon|good morning|"
     "good afternoon|good evening|thanks|thank you|ok|okay|"
     "and|or|for you|hours|opening hours|opening times|business hours"},
    {TimeKind::plain, 0,
     "en "
     "punto|estan|esta|estais|estas|estamos|son|sois|ustedes|vosotros|el|la|los|en|de|por|este|"
     "proximo|"
     "tienen|tienes|teneis|tiene|hola|por favor|tienda|local|tambien|todavia|aun|siguen|sigue|y|o|"
     "dia|la|horario|horarios|del|buenos dias|buenas tardes|buenas noches|"
     "buenas|gracias|ya|nuestro|nuestra"},
    {TimeKind::plain, 0,
     "etes|est|vous|sommes|nous|le|les|l|du|des|d|ce|cette|prochain|c|que|qu|t|bonjour|bonsoir|"
     "merci|il|"
     "vous "
     "plait|s il vous plait|magasin|boutique|et|ou|aussi|encore|toujours|sont|horaires|"
     "ouverture|heures d ouverture|notre"},
    {TimeKind::plain, 0,
     "habt|haben|hat|habe|seid|sind|ist|ihr|sie|du|das|der|die|den|am|im|vom|auch|noch|denn|"
     "eigentlich|bitte|hallo|danke|guten tag|guten morgen|guten "
     "abend|euer|eure|unser|laden|geschaft|es|man|und|oder|diesen|"
     "diese|dieses|nachsten|kommenden|wir|offnungszeiten|fur sie da|fur euch da|da|macht|machen"},
    {TimeKind::plain, 0,
     "ao|aos|estao|vao|voces|voce|vcs|os|no|na|nos|nas|em|dos|aos|e|proxima|ola|oi|obrigado|"
     "obrigada|bom "
     "dia|boa "
     "tarde|boa noite|das|da|loja|"
     "feira|feiras|ainda|tambem|ta|horario de funcionamento|nosso|nossa"},
    {TimeKind::plain, 0,
     "siete|sei|sono|siamo|e|lo|i|nel|nella|ai|questo|questa|prossimo|"
     "anche|ancora|ciao|grazie|per favore|negozio|oppure|voi|orari|orario|orario di "
     "apertura|nostro|"
     "nostra|buongiorno|buonasera|da"},
};

constexpr std::array<std::string_view, kDays> kShortDays{
    "mon mo lun seg",     "tue tues di mar ter",
    "wed mi mie mer qua", "thu thur thurs do jue jeu gio qui",
    "fri fr vie ven sex", "sat sa sab sam",
    "sun so dom dim"};

// Whether a list of words separated by spaces has the word.
bool is_one_of(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != list.npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

std::vector<std::string_view> split_list(std::string_view list, char separator) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(separator), list.size());
    parts.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

struct TimeExpression {
  std::vector<std::string_view> words;
  TimeKind kind;
  int value;
};
using Expressions = std::unordered_map<std::string_view, std::vector<TimeExpression>>;

// By first word. The rows for the times come first: what they share with the plain words counts.
const Expressions& expressions() {
  static const Expressions all = [] {
    Expressions out;
    const auto add = [&](const auto& rows) {
      for (const TimeRow& row : rows) {
        for (const std::string_view expression : split_list(row.expressions, '|')) {
          std::vector<std::string_view> words = split_list(expression, ' ');
          const std::string_view first = words.front();
          out[first].push_back({std::move(words), row.kind, row.value});
        }
      }
    };
    add(kDayRows);
    add(kTimeRows);
    add(kPlainRows);
    return out;
  }();
  return all;
}

bool is_said_here(const TimeExpression& expression, const Tokens& tokens, std::size_t at) {
  if (expression.words.size() > tokens.size() - at) return false;
  for (std::size_t i = 0; i < expression.words.size(); ++i) {
    if (tokens.word(at + i) != expression.words[i]) return false;
  }
  return true;
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 4)) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

ClockUnit clock_unit_at(const Tokens& tokens, std::size_t at) {
  if (at >= tokens.size()) return {};
  const std::string_view word = tokens.word(at);
  const std::string_view next = at + 1 < tokens.size() ? tokens.word(at + 1) : std::string_view();
  if (word == "am" || word == "pm") return {true, word == "am", word == "pm", false, 1};
  if ((word == "a" || word == "p") && next == "m")
    return {true, word == "a", word == "p", false, 2};
  if (word == "o" && next == "clock") return {true, false, false, false, 2};
  constexpr std::string_view kHourWords = "uhr h heures heure horas hora hs hrs";
  return {is_one_of(kHourWords, word), false, false, word == "h", 1};
}

bool names_day(const Tokens& tokens, std::size_t at) {
  const TimeKind kind = time_word_at(tokens, at).kind;
  return kind == TimeKind::day || kind == TimeKind::weekend || kind == TimeKind::workdays ||
         kind == TimeKind::holiday || kind == TimeKind::holidays;
}

TimeWord time_word_at(const Tokens& tokens, std::size_t at) {
  TimeWord best{TimeKind::none, 0, 0};
  const auto found = expressions().find(tokens.word(at));
  if (found == expressions().end()) return {};
  for (const TimeExpression& expression : found->second) {
    if (expression.words.size() <= best.words || !is_said_here(expression, tokens, at)) continue;
    best = {expression.kind, expression.value, expression.words.size()};
  }
  return best.words == 0 ? TimeWord{} : best;
}

bool dash_behind(const Tokens& tokens, std::size_t at, std::string_view text) {
  if (at + 1 >= tokens.size()) return false;
  std::string between(text.substr(tokens[at].end, tokens[at + 1].begin - tokens[at].end));
  std::erase(between, ' ');
  return between == "-" || between == "–" || between == "—" || between == "‐" || between == "‑";
}

std::optional<int> short_day_at(const Tokens& tokens, std::size_t at, std::string_view text) {
  const std::string_view word = tokens.word(at);
  const bool titled = at > 0 && text[tokens[at].begin] >= 'A' && text[tokens[at].begin] <= 'Z';
  const bool clear = word.size() > 2 || titled || dash_behind(tokens, at, text) ||
                     (at > 0 && dash_behind(tokens, at - 1, text)) ||
                     (at + 1 < tokens.size() && tokens[at + 1].number);
  for (std::size_t day = 0; clear && day < kShortDays.size(); ++day) {
    if (is_one_of(kShortDays[day], word)) return static_cast<int>(day);
  }
  return std::nullopt;
}

std::optional<ClockTime> clock_at(const Tokens& tokens, std::size_t at, std::string_view text) {
  if (!tokens[at].number) return std::nullopt;
  const std::string_view number = tokens.word(at);
  const std::size_t point = number.find('.');
  const std::string_view hours = number.substr(0, point);
  int hour = number_of(hours);
  int minute = 0;
  ClockTime time;
  const auto minutes_at = [&](std::size_t next) {
    return next < tokens.size() && tokens[next].number && tokens.word(next).size() == 2 &&
           tokens[next - 1].end + (tokens.word(next - 1) == "h" ? 0U : 1U) == tokens[next].begin;
  };
  const bool colon = tokens[at].end < text.size() && text[tokens[at].end] == ':';
  if (point != number.npos) {
    if (number.size() - point != 3) return std::nullopt;  // "0.5"
    minute = number_of(number.substr(point + 1));
    time.formal = true;
  } else if (colon && minutes_at(at + 1)) {
    minute = number_of(tokens.word(at + time.words++));
    time.formal = true;
  }
  const ClockUnit unit = clock_unit_at(tokens, at + time.words);
  if (unit.found) {
    time.words += unit.words;
    time.formal = true;
    if (!unit.am && !unit.pm && minute == 0 && minutes_at(at + time.words))  // "20h30", "8 Uhr 30"
      minute = number_of(tokens.word(at + time.words++));
  }
  if (hours.size() > 2 || hour > 24 || minute >= kHour || (hour == 24 && minute > 0))
    return std::nullopt;
  time.half = unit.am || unit.pm;
  time.exact = time.half || unit.of_day || hour == 0 || hour > kNoon || hours[0] == '0';
  if (unit.pm && hour < kNoon) hour += kNoon;
  if (unit.am && hour == kNoon) hour = 0;
  time.minute = hour * kHour + minute;
  return time;
}

DayRange days_of(TimeKind kind) {
  switch (kind) {
    case TimeKind::weekend:
      return {kDays - 2, kDays};
    case TimeKind::workdays:
      return {0, kDays - 2};
    case TimeKind::every_day:
      return {0, kDays};
    default:
      return {};
  }
}

void add_weekday(std::vector<int>& days, int day, const Tokens& tokens, std::size_t at,
                 std::size_t after_day, std::string_view text) {
  const auto ends_range = [&] {
    return (after_day + 1 == at && time_word_at(tokens, at - 1).kind == TimeKind::to) ||
           (after_day == at && dash_behind(tokens, at - 1, text));
  };
  if (!days.empty() && at > 0 && ends_range()) {
    for (int each = (days.back() + 1) % kDays; each != day; each = (each + 1) % kDays)
      days.push_back(each);
  }
  days.push_back(day);
}

std::optional<DateOfHoliday> holiday_date_at(const Tokens& tokens, std::size_t at) {
  struct Date {
    std::string_view months;
    std::string_view day;
    Holiday holiday;
  };
  constexpr std::string_view kDecember =
      "december dec diciembre dic decembre dezember dez dezembro dicembre";
  constexpr std::string_view kJanuary = "january jan enero ene janvier januar janeiro gennaio gen";
  constexpr Date kDates[] = {{kDecember, "24", Holiday::christmas_eve},
                             {kDecember, "25", Holiday::christmas},
                             {kDecember, "31", Holiday::new_years_eve},
                             {kJanuary, "1", Holiday::new_year}};
  constexpr std::string_view kBetween = "th st de of";
  const auto word = [&](std::size_t i) {
    return i < tokens.size() ? tokens.word(i) : std::string_view("-");
  };
  for (const Date& date : kDates) {  // "24.12", "25/12"; not "12-24", which may be hours
    if (date.months != kDecember) continue;
    if (word(at) == std::string(date.day) + ".12") return DateOfHoliday{date.holiday, 1};
    const bool beside = at + 1 < tokens.size() && tokens[at].end + 1 == tokens[at + 1].begin;
    if (beside && word(at) == date.day && word(at + 1) == "12")
      return DateOfHoliday{date.holiday, 2};
  }
  const auto behind = [&](std::size_t i) { return is_one_of(kBetween, word(i)) ? i + 1 : i; };
  const bool day_first = tokens[at].number;
  const std::size_t second = day_first ? behind(at + 1) : at + 1;
  const std::size_t end = day_first ? second + 1 : behind(second + 1);
  for (const Date& date : kDates) {
    if (word(day_first ? at : second) != date.day) continue;
    if (is_one_of(date.months, word(day_first ? second : at)))
      return DateOfHoliday{date.holiday, end - at};
  }
  return std::nullopt;
}

}  // namespace aura::agent
