// Opt-out, opt-in and help keywords. The keyword must be the whole message; surrounding white space
// and case do not matter. Immutable after construction; any thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace aura::net::sms {

struct Keyword {
  enum class Meaning { none, stop, start, help };
  Meaning meaning = Meaning::none;
  std::string word;  // in upper case
  // "Yes" is an opt-in, but also a normal answer to a question.
  bool conversational = false;
};

class Keywords {
 public:
  // Additional keywords (other languages), separated by commas.
  explicit Keywords(std::string_view more_stop = {}, std::string_view more_start = {},
                    std::string_view more_help = {});
  void add(std::string_view list, Keyword::Meaning meaning);
  Keyword match(std::string_view text) const;

 private:
  std::unordered_map<std::string, Keyword::Meaning> words_;
};

}  // namespace aura::net::sms
