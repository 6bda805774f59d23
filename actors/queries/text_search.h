// What a person types to find a text again: words in any order, without regard to case and accents,
// or a part of a phone number. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace aura {

class TextSearch {
 public:
  explicit TextSearch(std::string_view wanted);
  bool found_in(std::string_view text) const;  // all words, in any order
  bool found_in_number(std::string_view number) const;

 private:
  const std::string wanted_;
  std::vector<std::string> words_;  // folded; empty: nothing but signs, which are compared as typed
  std::string digits_;              // empty: not a part of a number
};

}  // namespace aura
