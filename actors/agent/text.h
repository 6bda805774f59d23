// Words of a text, folded for comparison: lower case, diacritics and width removed, digits of any
// script as ASCII. Invalid UTF-8, control characters and emoji separate words; characters that
// cannot be seen are skipped. Pure; any thread may call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aura::agent {

// What stands between a word and the next one.
enum class Gap : unsigned char { space, hyphen, comma, sentence };

struct Token {
  std::uint32_t begin = 0;  // bytes of the original
  std::uint32_t end = 0;
  std::uint32_t offset = 0;  // bytes of Tokens::buffer
  std::uint32_t size = 0;
  Gap gap = Gap::space;
  bool accented = false;  // lost a diacritic while folded
  bool number = false;
};

// "A4" in the name of a thing is one word; in what is searched for amounts it is two.
enum class Codes : unsigned char { split, keep };

// The words of one text. Reused by its owner so that a turn does not allocate word by word.
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

// One character of UTF-8 at `at`, which moves behind it; kInvalid for a byte that is none.
inline constexpr char32_t kInvalid = 0xFFFFFFFF;
char32_t next_char(std::string_view text, std::size_t& at);

// A character folded to at most three ASCII or base characters; empty if it cannot be seen.
struct Folded {
  char text[13] = {};
  std::uint8_t size = 0;
  bool accented = false;
};
Folded fold_char(char32_t c);

std::string fold(std::string_view text);  // words, one space between two

// Distance of typing slips (insert, delete, replace, swap neighbours), `limit` + 1 if it is more.
int edit_distance(std::string_view a, std::string_view b, int limit);

// Which letters a word has, one bit each: words whose sets differ much are no typos of each other.
std::uint32_t letter_set(std::string_view word);

}  // namespace aura::agent
