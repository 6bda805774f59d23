// The words with which people stop, allow or ask about messages: only a whole message counts, white
// space around it and the case of letters do not. Immutable after construction; any thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace aura::net::sms {

struct Keyword {
  enum class Meaning { none, stop, start, help };
  Meaning meaning = Meaning::none;
  std::string word;  // as the lists have it, in capitals
  // "Yes" allows messages again, but is also how people answer a question.
  bool conversational = false;
};

class Keywords {
 public:
  // More words than the built-in ones, separated by commas (other languages).
  explicit Keywords(std::string_view more_stop = {}, std::string_view more_start = {},
                    std::string_view more_help = {});
  void add(std::string_view list, Keyword::Meaning meaning);
  Keyword match(std::string_view text) const;

 private:
  std::unordered_map<std::string, Keyword::Meaning> words_;
};

}  // namespace aura::net::sms
