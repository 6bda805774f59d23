// Splits a text into words folded for comparison: lower case, without diacritics and width
// variants, digits of any script as ASCII. Invalid UTF-8, control characters and emoji separate
// words; invisible characters are skipped. Pure; any thread may call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aura::agent {

// The separator between a word and the next one.
enum class Gap : unsigned char { space, hyphen, comma, sentence };

struct Token {
  std::uint32_t begin = 0;  // byte range in the original
  std::uint32_t end = 0;
  std::uint32_t offset = 0;  // position in Tokens::buffer_
  std::uint32_t size = 0;
  Gap gap = Gap::space;
  bool accented = false;  // folding removed a diacritic
  bool number = false;
};

// "A4" in a name is one word (keep); in a text searched for amounts it is two (split).
enum class Codes : unsigned char { split, keep };

// The words of one text. Reusable, to avoid an allocation per word.
class Tokens {
 public:
  void assign(std::string_view text, std::size_t max_tokens, Codes codes = Codes::split);
  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  std::string_view word(std::size_t i) const {
    return std::string_view(buffer_).substr(tokens_[i].offset, tokens_[i].size);
  }

 private:
  std::string buffer_;
  std::vector<Token> tokens_;
};

// Reads the UTF-8 character at `at` and advances `at`; kInvalid for an invalid byte.
inline constexpr char32_t kInvalid = 0xFFFFFFFF;
char32_t next_char(std::string_view text, std::size_t& at);

// A character folded to at most three ASCII or base characters; empty if it is invisible.
struct Folded {
  char text[13] = {};
  std::uint8_t size = 0;
  bool accented = false;
};
Folded fold_char(char32_t c);

std::string fold(std::string_view text);  // folded words separated by single spaces

// Edit distance (insert, delete, replace, swap neighbours); `limit` + 1 if it is larger.
int edit_distance(std::string_view a, std::string_view b, int limit);

// The set of letters in a word, one bit each: words with very different sets are not typos of each
// other.
std::uint32_t letter_set(std::string_view word);

}  // namespace aura::agent
