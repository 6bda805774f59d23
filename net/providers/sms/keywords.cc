#include "net/providers/sms/keywords.h"

#include "net/providers/sms/code_points.h"

namespace aura::net::sms {
namespace {

constexpr std::size_t kLongestWord = 64;  // bytes; a longer message is no keyword

// Upper case for Latin-1, Greek and Cyrillic.
char32_t capital(char32_t point) {
  if (point >= 'a' && point <= 'z') return point - 0x20;
  if (point >= 0xE0 && point <= 0xFE && point != 0xF7) return point - 0x20;
  if (point == 0x3C2) return 0x3A3;  // final sigma
  if (point >= 0x3B1 && point <= 0x3C9) return point - 0x20;
  if (point >= 0x430 && point <= 0x44F) return point - 0x20;
  if (point >= 0x450 && point <= 0x45F) return point - 0x50;
  return point;
}

bool is_space(char32_t point) {
  return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xA0 || point == 0x3000 ||
         (point >= 0x2000 && point <= 0x200B) || point == 0xFEFF;
}

// Upper case, without surrounding white space.
std::string normal_form(std::string_view text) {
  std::string out;
  std::size_t end = 0;  // after the last character that is not white space
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (out.empty() && is_space(point)) continue;
    append_code_point(out, capital(point));
    if (!is_space(point)) end = out.size();
    if (end > kLongestWord) return {};
  }
  out.resize(end);
  return out;
}

}  // namespace

Keywords::Keywords(std::string_view more_stop, std::string_view more_start,
                   std::string_view more_help) {
  add("STOP,STOPALL,UNSUBSCRIBE,CANCEL,END,QUIT,REVOKE,OPTOUT", Keyword::Meaning::stop);
  add("START,UNSTOP,YES", Keyword::Meaning::start);
  add("HELP,INFO", Keyword::Meaning::help);
  add(more_stop, Keyword::Meaning::stop);
  add(more_start, Keyword::Meaning::start);
  add(more_help, Keyword::Meaning::help);
}

// The first list that contains a word wins, so configured words cannot override built-in ones.
void Keywords::add(std::string_view list, Keyword::Meaning meaning) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string word = normal_form(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    if (!word.empty()) words_.emplace(std::move(word), meaning);
  }
}

Keyword Keywords::match(std::string_view text) const {
  Keyword out;
  std::string word = normal_form(text);
  const auto found = words_.find(word);
  if (found == words_.end()) return out;
  out.meaning = found->second;
  out.conversational = word == "YES";
  out.word = std::move(word);
  return out;
}

}  // namespace aura::net::sms
