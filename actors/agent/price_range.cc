#include "actors/agent/price_range.h"

#include <algorithm>
#include <optional>

#include "actors/agent/amounts.h"
#include "actors/agent/currency_words.h"
#include "actors/agent/money.h"
#include "actors/agent/number_words.h"

namespace aura::agent {
namespace {

class RangeReader {
 public:
  RangeReader(const Tokens& tokens, Words words, std::string_view text, Language language)
      : tokens_(tokens), words_(words), text_(text), language_(language) {}

  std::size_t read(std::size_t at, PriceRange& range) const {
    const PhraseMatch match = Lexicon::instance().phrase_at(words_, at, language_);
    const auto is = [&](Role role) { return (match.roles & bit(role)) != 0; };
    const bool limits = is(Role::below) || is(Role::above) || is(Role::between) || is(Role::budget);
    const std::size_t from = limits ? at + match.words : at;
    const std::optional<Number> first = number_at(from);
    if (!first) return 0;
    if (const std::size_t end = read_second(from, *first, is(Role::between), range))
      return behind_currency(end) - at;
    const bool money = is_money(from, first->end);
    if (is(Role::below) && (money || (tokens_[from].number && !is(Role::inclusive)))) {
      range.most = first->digits;
      range.with_most = is(Role::inclusive);
    } else if (is(Role::budget) && money) {
      range = {{}, first->digits, true, false, true};
    } else if (is(Role::above) && money) {
      range.least = first->digits;
      range.with_least = is(Role::inclusive);
    } else {
      return 0;
    }
    return behind_currency(first->end) - at;
  }

 private:
  struct Number {
    std::string digits;
    std::size_t end = 0;  // the token behind it
  };

  std::size_t behind_currency(std::size_t at) const {
    return at < tokens_.size() && is_currency_word(text_, tokens_, at) ? at + 1 : at;
  }

  // "5", "five", "twenty-five", "treinta y cinco"
  std::optional<Number> number_at(std::size_t at) const {
    constexpr int kTens = 20;
    if (at >= tokens_.size()) return std::nullopt;
    if (tokens_[at].number) return Number{std::string(words_[at].text), at + 1};
    const auto value = number_word(words_[at].text, language_);
    if (!value) return std::nullopt;
    const std::size_t next =
        at + 1 < tokens_.size() && words_[at + 1].text == "y" ? at + 2 : at + 1;
    const auto units = *value >= kTens && next < tokens_.size()
                           ? number_word(words_[next].text, language_)
                           : std::nullopt;
    if (units && *units > 0 && *units < 10)
      return Number{std::to_string(*value + *units), next + 1};
    return Number{std::to_string(*value), at + 1};
  }

  // The second number of a range; the token behind it, 0 if there is none.
  std::size_t read_second(std::size_t from, const Number& first, bool between,
                          PriceRange& range) const {
    std::size_t at = first.end;
    if (at < tokens_.size() && is_currency_word(text_, tokens_, at)) ++at;
    std::size_t to = at;
    if (!dashed(at)) {
      if (at >= tokens_.size() || !joins(at, between)) return 0;
      to = at + 1;
    }
    const std::optional<Number> second = number_at(to);
    if (!second || !is_money(from, second->end)) return 0;
    range = {first.digits, second->digits, true, true, false};
    return second->end;
  }

  // "between 5 and 7"; "to" needs no "between".
  bool joins(std::size_t at, bool between) const {
    constexpr std::string_view kAnd = " and y e et und ed ";
    constexpr std::string_view kTo = " to bis a ate hasta ";
    const std::string word = " " + std::string(words_[at].text) + " ";
    return (between && kAnd.find(word) != kAnd.npos) || kTo.find(word) != kTo.npos;
  }

  bool dashed(std::size_t at) const {
    if (at == 0 || at >= tokens_.size() || !tokens_[at].number) return false;
    bool dash = false;
    for (std::size_t i = tokens_[at - 1].end; i < tokens_[at].begin;) {
      const char32_t c = next_char(text_, i);
      if (c == '-' || c == 0x2013 || c == 0x2014)
        dash = true;
      else if (c != ' ' && !is_currency_sign(c))
        return false;
    }
    return dash;
  }

  // Whether the words [from, end) have a currency in them, or beside them.
  bool is_money(std::size_t from, std::size_t end) const {
    const std::size_t last = std::min(end + 1, tokens_.size());
    for (std::size_t i = from; i < last; ++i) {
      if (is_currency_word(text_, tokens_, i)) return true;
    }
    std::size_t at = from == 0 ? 0 : tokens_[from - 1].end;
    const std::size_t stop = end < tokens_.size() ? tokens_[end].begin : text_.size();
    while (at < stop) {
      if (is_currency_sign(next_char(text_, at))) return true;
    }
    return false;
  }

  const Tokens& tokens_;
  Words words_;
  std::string_view text_;
  Language language_;
};

}  // namespace

bool PriceRange::has(std::int64_t price_minor, std::string_view currency) const {
  if (!most.empty()) {
    const std::int64_t limit = parse_minor(most, currency);
    if (price_minor > limit || (price_minor == limit && !with_most)) return false;
  }
  if (least.empty()) return true;
  const std::int64_t limit = parse_minor(least, currency);
  return price_minor > limit || (price_minor == limit && with_least);
}

std::size_t read_price_range(const Tokens& tokens, Words words, std::size_t at,
                             std::string_view text, Language language, PriceRange& range) {
  return RangeReader(tokens, words, text, language).read(at, range);
}

}  // namespace aura::agent
