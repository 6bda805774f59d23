#include "actors/queries/text_search.h"

#include <algorithm>

#include "actors/agent/text.h"

namespace aura {
namespace {

constexpr std::size_t kFewestDigits = 3;

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

bool may_be_number(std::string_view text) {
  return text.find_first_not_of("0123456789 +-()./") == std::string_view::npos;
}

}  // namespace

TextSearch::TextSearch(std::string_view wanted) : wanted_(wanted) {
  const std::string folded = agent::fold(wanted);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words_.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  if (!may_be_number(wanted)) return;
  digits_ = digits_of(wanted);
  // "030 90" within a country is "+49 30 90" for a provider.
  digits_.erase(0, std::min(digits_.find_first_not_of('0'), digits_.size()));
  if (digits_.size() < kFewestDigits) digits_.clear();
}

bool TextSearch::found_in(std::string_view text) const {
  if (words_.empty()) return text.find(wanted_) != std::string_view::npos;
  const std::string folded = agent::fold(text);
  return std::all_of(words_.begin(), words_.end(), [&](const std::string& word) {
    return folded.find(word) != std::string::npos;
  });
}

bool TextSearch::found_in_number(std::string_view number) const {
  return !digits_.empty() && digits_of(number).find(digits_) != std::string::npos;
}

}  // namespace aura
