#include "actors/agent/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>

namespace aura::agent {
namespace {

constexpr char32_t kTableEnd = 0x2500;
constexpr char32_t kFullwidthBegin = 0xFF00;
constexpr char32_t kFullwidthEnd = 0xFFF0;

void append_utf8(Folded& out, char32_t c) {
  std::int32_t at = out.size;
  UBool error = false;
  U8_APPEND(reinterpret_cast<std::uint8_t*>(out.text), at, 12, static_cast<UChar32>(c), error);
  if (!error) out.size = static_cast<std::uint8_t>(at);
}

Folded fold_with_icu(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  static const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  Folded out;
  if (const int digit = u_charDigitValue(static_cast<UChar32>(c)); digit >= 0) {
    append_utf8(out, U'0' + static_cast<char32_t>(digit));
    return out;
  }
  const icu::UnicodeString folded = decompose->normalize(
      casefold->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status), status);
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 part = folded.char32At(i);
    if (u_charType(part) == U_NON_SPACING_MARK) {
      out.accented = true;
    } else if (part == 0xF8 || part == 0x142 || part == 0x131) {  // ø ł ı have no decomposition
      append_utf8(out, part == 0xF8 ? U'o' : part == 0x142 ? U'l' : U'i');
    } else if (part == 0xE6 || part == 0x153) {  // æ œ
      append_utf8(out, part == 0xE6 ? U'a' : U'o');
      append_utf8(out, U'e');
    } else {
      append_utf8(out, static_cast<char32_t>(part));
    }
  }
  return out;
}

std::vector<Folded> build_table(char32_t begin, char32_t end) {
  std::vector<Folded> table;
  table.reserve(end - begin);
  for (char32_t c = begin; c < end; ++c) table.push_back(fold_with_icu(c));
  return table;
}

bool is_word_char(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return u_isalnum(static_cast<UChar32>(c)) ||
         u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}

bool is_invisible(char32_t c) {
  return c >= 0x80 &&
         (u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR ||
          u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT));
}

Gap gap_of(char32_t c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case '\n':
    case ';':
    case 0xBF:
    case 0xA1:
    case 0x2026:
      return Gap::sentence;
    case ',':
    case ':':
    case '(':
    case ')':
    case '/':
    case '+':
    case '&':
      return Gap::comma;
    case '-':
    case 0x2010:
    case 0x2011:
    case '\'':
    case 0x2019:
      return Gap::hyphen;
    default:
      return Gap::space;
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

char32_t next_char(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (bytes[at] < 0x80) return bytes[at++];
  auto i = static_cast<std::int64_t>(at);
  UChar32 c = 0;
  U8_NEXT(bytes, i, static_cast<std::int64_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return c < 0 ? kInvalid : static_cast<char32_t>(c);
}

Folded fold_char(char32_t c) {
  if (c < 0x80) {
    Folded out;
    out.text[0] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    out.size = 1;
    return out;
  }
  static const std::vector<Folded> table = build_table(0x80, kTableEnd);
  static const std::vector<Folded> fullwidth = build_table(kFullwidthBegin, kFullwidthEnd);
  if (c < kTableEnd) return table[c - 0x80];
  if (c >= kFullwidthBegin && c < kFullwidthEnd) return fullwidth[c - kFullwidthBegin];
  return fold_with_icu(c);
}

namespace {

// Splits while reading: a word ends at a separator and between digits and letters ("2lattes"),
// unless codes are kept ("A4", "X100", "1a"; but "5g" and "2x" are a number and its unit).
class Splitter {
 public:
  Splitter(std::string_view text, std::string& buffer, std::vector<Token>& tokens,
           std::size_t max_tokens, Codes codes)
      : text_(text), buffer_(buffer), tokens_(tokens), max_(max_tokens), codes_(codes) {}

  void run() {
    std::size_t at = 0;
    while (at < text_.size() && tokens_.size() < max_) {
      const std::size_t begin = at;
      const char32_t c = next_char(text_, at);
      if (c != kInvalid && is_invisible(c)) continue;
      if (c != kInvalid && is_word_char(c)) {
        take(fold_char(c), begin, at);
      } else if (!joins_number(c, at)) {
        close();
        widen_gap(c == kInvalid ? Gap::space : gap_of(c));
      }
    }
    close();
  }

 private:
  void take(const Folded& folded, std::size_t begin, std::size_t end) {
    if (folded.size == 0) {
      if (open_ && folded.accented) token_.accented = true;
      return;
    }
    const bool digit = is_digit(folded.text[0]);
    if (open_ && digit != token_.number && is_code(folded, end)) {
      token_.number = false;
    } else if (open_ && digit != token_.number) {
      close();
      if (tokens_.size() >= max_) return;
    }
    if (!open_) {
      token_ = Token{};
      token_.begin = static_cast<std::uint32_t>(begin);
      token_.offset = static_cast<std::uint32_t>(buffer_.size());
      token_.number = digit;
      open_ = true;
    }
    buffer_.append(folded.text, folded.size);
    token_.accented |= folded.accented;
    token_.end = static_cast<std::uint32_t>(end);
  }

  bool is_code(const Folded& next, std::size_t behind) const {
    constexpr std::size_t kPrefix = 2;
    constexpr std::string_view kNoUnits = "abcfinoqruyz";
    if (codes_ == Codes::split || next.size != 1) return false;
    const std::string_view open = std::string_view(buffer_).substr(token_.offset);
    if (!token_.number) return open.size() <= kPrefix;
    std::size_t at = behind;
    const bool ends = at >= text_.size() || !is_word_char(next_char(text_, at));
    return ends && kNoUnits.find(next.text[0]) != std::string_view::npos;
  }

  // "0,5" and "1.250" are one word each, with '.' as separator.
  bool joins_number(char32_t c, std::size_t next) {
    if (!open_ || !token_.number || (c != '.' && c != ',') || next >= text_.size()) return false;
    if (!is_digit(text_[next])) return false;
    buffer_ += '.';
    return true;
  }

  void close() {
    if (!open_) return;
    open_ = false;
    token_.size = static_cast<std::uint32_t>(buffer_.size()) - token_.offset;
    tokens_.push_back(token_);
  }

  void widen_gap(Gap gap) {
    if (!tokens_.empty() && gap > tokens_.back().gap) tokens_.back().gap = gap;
  }

  std::string_view text_;
  std::string& buffer_;
  std::vector<Token>& tokens_;
  std::size_t max_;
  Codes codes_;
  Token token_;
  bool open_ = false;
};

}  // namespace

void Tokens::assign(std::string_view text, std::size_t max_tokens, Codes codes) {
  buffer_.clear();
  tokens_.clear();
  buffer_.reserve(text.size() + 16);
  Splitter(text, buffer_, tokens_, max_tokens, codes).run();
}

std::string fold(std::string_view text) {
  Tokens tokens;
  tokens.assign(text, text.size());
  std::string out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0) out += ' ';
    out += tokens.word(i);
  }
  return out;
}

int edit_distance(std::string_view a, std::string_view b, int limit) {
  constexpr std::size_t kMax = 40;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() > kMax || b.size() - a.size() > static_cast<std::size_t>(limit)) return limit + 1;
  std::array<std::array<int, kMax + 1>, 3> rows;
  auto* before = rows[0].data();
  auto* above = rows[1].data();
  auto* row = rows[2].data();
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    auto* spare = before;
    before = above;
    above = row;
    row = spare;
  }
  return above[b.size()];
}

std::uint32_t letter_set(std::string_view word) {
  std::uint32_t set = 0;
  for (const char c : word) {
    set |= 1u << (c >= 'a' && c <= 'z' ? c - 'a' : 26 + (static_cast<unsigned char>(c) % 6));
  }
  return set;
}

}  // namespace aura::agent
