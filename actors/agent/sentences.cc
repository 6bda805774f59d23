#include "actors/agent/sentences.h"

#include <algorithm>

#include "actors/agent/text.h"

namespace aura::agent {
namespace {

// Words that stand before a name or a number, in six languages. Those that may also end a sentence
// ("etc.", "usw.") are not among them, nor is "no": before a number no sentence ends anyway.
constexpr std::string_view kAbbreviations[] = {
    "approx", "apt", "av",   "avda", "ave", "bd",   "blvd", "bzw",  "ca",    "dept",
    "dott",   "dr",  "dra",  "evtl", "ggf", "gral", "hr",   "hrn",  "incl",  "ing",
    "inkl",   "jr",  "lic",  "mlle", "mme", "mr",   "mrs",  "ms",   "mt",    "nr",
    "num",    "pl",  "prof", "pza",  "sig", "sr",   "sra",  "srta", "st",    "sta",
    "ste",    "sto", "str",  "tel",  "urb", "vgl",  "zzgl", "exkl", "messrs"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The word before a full stop, with the full stops in it: "St", "z.B", "p.m".
std::string_view word_before(std::string_view text, std::size_t stop) {
  std::size_t begin = stop;
  while (begin > 0 && !is_space(text[begin - 1]) && text[begin - 1] != '(') --begin;
  return text.substr(begin, stop - begin);
}

bool is_abbreviation(std::string_view word) {
  const std::string folded = fold(word);  // "z b" of "z.B"
  if (folded == "a m" || folded == "p m") return false;
  if (folded.ends_with("str")) return true;  // "Bahnhofstr."
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  bool initials = !folded.empty();
  for (std::size_t i = 0; i < folded.size(); ++i)
    initials = initials && (i % 2 == 0 ? letter(folded[i]) : folded[i] == ' ');
  return initials || std::ranges::find(kAbbreviations, folded) != std::end(kAbbreviations);
}

bool ends_sentence(std::string_view text, std::size_t stop) {
  if (stop + 1 == text.size() || !is_space(text[stop + 1])) return false;
  const std::size_t next = text.find_first_not_of(" \t\r", stop + 1);
  if (next == text.npos) return true;
  const char follows = text[next];
  const std::string_view rest = text.substr(next);  // "11 a.m. – 10 p.m."
  if (rest.starts_with("-") || rest.starts_with("–") || rest.starts_with("—")) return false;
  if ((follows >= 'a' && follows <= 'z') || (follows >= '0' && follows <= '9')) return false;
  return text[stop] != '.' || follows == '\n' || !is_abbreviation(word_before(text, stop));
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> split_sentences(std::string_view text) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    std::size_t from = begin;
    while (from < end && is_space(text[from])) ++from;
    std::size_t to = end;
    while (to > from && is_space(text[to - 1])) --to;
    if (to > from)
      out.emplace_back(static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to));
    begin = end;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      close(i);
    } else if ((text[i] == '.' || text[i] == '!' || text[i] == '?') && ends_sentence(text, i)) {
      close(i + 1);
    }
  }
  close(text.size());
  return out;
}

}  // namespace aura::agent
