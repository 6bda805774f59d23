#include "actors/agent/amounts.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "actors/agent/amount_words.h"
#include "actors/agent/claims.h"
#include "actors/agent/currency_words.h"
#include "actors/agent/lexicon.h"
#include "actors/agent/number_words.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/text.h"
#include "actors/agent/time_words.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

bool is_price_word(std::string_view word) { return money_words().has(word); }

}  // namespace

bool is_numeral(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  if (c == kInvalid) return false;
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_DECIMAL_DIGIT_NUMBER || type == U_LETTER_NUMBER || type == U_OTHER_NUMBER ||
         u_getNumericValue(static_cast<UChar32>(c)) != U_NO_NUMERIC_VALUE;
}

bool is_currency_sign(char32_t c) {
  if (c < 0x80) return c == '$';
  return c != kInvalid && u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL;
}

bool is_percent_sign(char32_t c) {
  return c == '%' || c == 0x2030 || c == 0x2031 || c == 0x66A || c == 0x609 || c == 0xFE6A ||
         c == 0xFF05;
}

std::vector<Span> money_marks(std::string_view text) {
  std::vector<Span> marks;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_char(text, at);
    if (is_numeral(c) || is_currency_sign(c) || is_percent_sign(c)) {
      marks.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    }
  }
  thread_local Tokens tokens;
  tokens.assign(text, text.size());
  bool price_word = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) price_word |= is_price_word(tokens.word(i));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool counts = price_word && is_quantity_word(tokens.word(i));
    if (counts || is_currency_word(text, tokens, i) || is_discount(tokens, i)) {
      marks.push_back({tokens[i].begin, tokens[i].end});
    }
  }
  return marks;
}

namespace {

// Examines one sentence of a document word by word.
class AmountReader {
 public:
  // `shop`: whose price list it may be; null: nobody's.
  AmountReader(std::string_view text, const RetrievalIndex* shop) : text_(text), shop_(shop) {
    tokens_.assign(text, text.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Word word{tokens_.word(i), tokens_[i].accented};
      words_count_ |= is_quantity_word(word.text);
      numbers_ |= tokens_[i].number || words_count_;
      price_word_ |= is_price_word(word.text);
      currency_ |= is_currency_word(text, tokens_, i);
    }
  }

  bool names_amount() const {
    bool odd_numeral = false;
    bool sign = false;
    for (std::size_t at = 0; at < text_.size();) {
      const char32_t c = next_char(text_, at);
      if (is_percent_sign(c)) return true;
      if (is_currency_sign(c) && numbers_) return true;
      odd_numeral |= c >= 0x80 && is_numeral(c) && u_charDigitValue(static_cast<UChar32>(c)) < 0;
      sign |= is_currency_sign(c);
    }
    if (odd_numeral && sign) return true;
    if (currency_ && (numbers_ || odd_numeral)) return true;
    if (odd_numeral && price_word_) return true;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (is_discount(tokens_, i)) return true;
      const bool single = i > 0 && single_words().has(tokens_.word(i - 1));
      if (single && is_currency_word(text_, tokens_, i)) return true;
      if (tokens_[i].number && is_amount(i)) return true;
      if (words_count_ && is_worded_amount(i)) return true;
      if ((words_count_ && is_worded_price(i)) || is_foreign_name(i)) return true;
    }
    return false;
  }

 private:
  bool is_amount(std::size_t i) const {
    if (is_slashed_rate(i) || has_dash_for_cents(i) || has_letter_behind(i)) return true;
    if (counts_units(i) || is_clock(i) || is_long_number(i)) return false;
    if (has_mark(i)) return true;
    const std::string_view digits = tokens_.word(i);
    const std::size_t point = digits.find('.');
    if (point == digits.npos)
      return price_word_ || is_deal(i) || is_rate(i) || is_sold_for(i) || is_listed(i) ||
             is_starting_price(i);
    if (digits.find('.', point + 1) != digits.npos) return price_word_;  // a date, or thousands
    return !(is_point_time(digits) && !price_word_ && speaks_of_hours());
  }

  bool speaks_of_hours() const {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Word word{tokens_.word(i), tokens_[i].accented};
      for (const Language language : kLanguages) {
        const Roles roles = Lexicon::instance().phrase_at({&word, 1}, 0, language).roles;
        if ((roles & bit(Role::hours)) != 0) return true;
      }
    }
    return false;
  }

  bool counts_units(std::size_t i) const {
    if (i + 1 >= tokens_.size() || tokens_[i].gap == Gap::sentence) return false;
    const std::string_view next = tokens_.word(i + 1);
    const bool half_day = (next == "a" || next == "p") && word_at(i + 2) == "m";
    const bool an_hour = next == "an" && unit_words().has(word_at(i + 2));
    const bool coin = shop_ != nullptr && has(shop_->tables().currency_marks(), next);  // "50 gr"
    return half_day || (unit_words().has(next) && !an_hour && !coin);
  }

  std::string_view word_at(std::size_t i) const {
    return i < tokens_.size() ? tokens_.word(i) : std::string_view();
  }

  std::string_view between(std::size_t a, std::size_t b) const {
    return text_.substr(tokens_[a].end, tokens_[b].begin - tokens_[a].end);
  }

  // "rents for twenty", "Lamps: twenty"
  bool is_worded_amount(std::size_t i) const {
    const bool last = i > 0 && i + 1 == tokens_.size();
    const bool listed = last && between(i - 1, i).find(':') != std::string_view::npos;
    if (!listed && !is_sold_for(i)) return false;
    return is_quantity_word(tokens_.word(i)) && !counts_units(i) && (!listed || is_listed(i));
  }

  // "rents for 20", "sells at 15"
  bool is_sold_for(std::size_t i) const {
    if (i < 2 || !selling_words().has(tokens_.word(i - 2))) return false;
    return tokens_.word(i - 1) == "for" || tokens_.word(i - 1) == "at";
  }

  // "veinte soles", "two for ten"
  bool is_worded_price(std::size_t i) const {
    constexpr std::size_t kShortestName = 4;
    if (!is_quantity_word(tokens_.word(i))) return false;
    const bool deal =
        word_at(i + 1) == "for" && is_quantity_word(word_at(i + 2)) && !counts_units(i + 2);
    const std::string_view name = word_at(between_words().has(word_at(i + 1)) ? i + 2 : i + 1);
    return deal || (shop_ != nullptr && name.size() >= kShortestName &&
                    has(shop_->tables().currency_marks(), name));
  }

  // "dwanaście złotych": the name of the currency alone, for nobody here knows the number.
  bool is_foreign_name(std::size_t i) const {
    constexpr std::size_t kShortestName = 4;
    return shop_ != nullptr && tokens_.word(i).size() >= kShortestName &&
           has(shop_->tables().currency_names(), tokens_.word(i));
  }

  static bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  // "kr 40", "Rs. 500", "12 zł"
  bool has_mark(std::size_t i) const {
    if (is_postcode(i)) return false;
    constexpr std::string_view kBefore = " .:/-";
    static const std::vector<std::string> kNone;
    const auto& own = shop_ == nullptr ? kNone : shop_->tables().currency_marks();
    std::size_t next = i + 1;  // "20 mil guaraníes", "20 de lei"
    if (next < tokens_.size() && between_words().has(tokens_.word(next))) ++next;
    const bool mark =
        i > 0 && (is_currency_mark(tokens_.word(i - 1), own) || is_letter_mark(i - 1));
    const bool before = mark && !is_weekday(i - 1) &&
                        between(i - 1, i).find_first_not_of(kBefore) == std::string_view::npos;
    return before || (next < tokens_.size() && tokens_[i].gap < Gap::comma &&
                      is_currency_mark(tokens_.word(next), own));
  }

  // "R 50", "Q20": such letters are signs of currencies.
  bool is_letter_mark(std::size_t i) const {
    const char letter = text_[tokens_[i].begin];
    return tokens_[i].end == tokens_[i].begin + 1 && (letter == 'R' || letter == 'Q');
  }

  // "BS1 4QE"
  bool is_postcode(std::size_t i) const {
    return i > 0 && i + 2 < tokens_.size() && tokens_[i - 1].end == tokens_[i].begin &&
           tokens_[i + 1].number && tokens_.word(i + 1).size() == 1 &&
           tokens_[i + 1].end == tokens_[i + 2].begin && tokens_.word(i + 2).size() == 2;
  }

  // "12e"; in French that is the twelfth.
  bool has_letter_behind(std::size_t i) const {
    return shop_ != nullptr && word_at(i + 1) == "e" && tokens_[i].end == tokens_[i + 1].begin &&
           language_of_locale(shop_->profile().locale) != Language::fr;
  }

  // "Ab 30", "je 12", "a partir de 30": no number of things follows, nor can it be a time or a
  // year.
  bool is_starting_price(std::size_t i) const {
    static const WordSet kStarts("ab desde from je");
    constexpr int kHoursOfDay = 24;
    constexpr int kFirstYear = 1900;
    if (i == 0 || shop_ == nullptr) return false;
    const std::string_view before = tokens_.word(i - 1);
    const bool partir = i > 1 && (before == "de" || before == "da") &&
                        std::string_view(tokens_.word(i - 2)).starts_with("partir");
    if (!partir && !kStarts.has(before)) return false;
    const int value = std::atoi(std::string(tokens_.word(i)).c_str());
    if ((before != "je" && value <= kHoursOfDay) || value >= kFirstYear) return false;
    if (i + 1 == tokens_.size()) return true;
    if (tokens_[i].gap >= Gap::comma) return tokens_[i].gap == Gap::comma;
    constexpr Roles kGrammar =
        bit(Role::stop) | bit(Role::article) | bit(Role::connector) | bit(Role::conjunction);
    const Word next{tokens_.word(i + 1), tokens_[i + 1].accented};
    const Language language = language_of_locale(shop_->profile().locale);
    return (Lexicon::instance().phrase_at({&next, 1}, 0, language).roles & kGrammar) != 0;
  }

  // "Fr 9-17" is a day, "Fr. 12" is not.
  bool is_weekday(std::size_t i) const {
    return short_day_at(tokens_, i, text_).has_value() && dash_behind(tokens_, i + 1, text_);
  }

  // "6,–", "12.-", "40:-"
  bool has_dash_for_cents(std::size_t i) const {
    const std::string_view behind = text_.substr(tokens_[i].end);
    if (behind.empty() || std::string_view(".,:").find(behind[0]) == std::string_view::npos)
      return false;
    return behind.substr(1).starts_with("-") || behind.substr(1).starts_with("–") ||
           behind.substr(1).starts_with("—");
  }

  // Either number of "8:30" and "8h30".
  bool is_clock(std::size_t i) const {
    const auto colon_after = [&](std::size_t k) {
      return k + 1 < tokens_.size() && tokens_[k + 1].number && tokens_[k].end < text_.size() &&
             text_[tokens_[k].end] == ':' && tokens_[k + 1].begin == tokens_[k].end + 1;
    };
    if (colon_after(i) || (i > 0 && tokens_[i - 1].number && colon_after(i - 1))) return true;
    if (i > 0 && tokens_.word(i - 1) == "h" && tokens_[i - 1].end == tokens_[i].begin) return true;
    return range_to_unit(i);
  }

  // "8 to 18 h", "9-17 Uhr", "2–3 days"
  bool range_to_unit(std::size_t i) const {
    for (std::size_t k = i + 1; k < std::min(i + 3, tokens_.size()); ++k) {
      if (tokens_[k].number) return counts_units(k);
    }
    return false;
  }

  // A telephone number: at least seven digits separated only by signs and spaces.
  bool is_long_number(std::size_t i) const {
    if (price_word_ && currency_) return false;
    std::size_t first = i;
    while (first > 0 && adjoining(first - 1)) --first;
    std::size_t digits = 0;
    for (std::size_t k = first; k < tokens_.size(); ++k) {
      if (!tokens_[k].number) break;
      digits += tokens_.word(k).size();
      if (!adjoining(k)) break;
    }
    return digits >= 7 && first + 1 < tokens_.size() && tokens_[first + 1].number;
  }

  bool adjoining(std::size_t k) const {
    return k + 1 < tokens_.size() && tokens_[k].number && tokens_[k + 1].number &&
           tokens_[k].gap != Gap::sentence && tokens_[k + 1].begin - tokens_[k].end <= 2;
  }

  // "2 for 1", "3x2"
  bool is_deal(std::size_t i) const {
    if (i + 2 >= tokens_.size() || !tokens_[i + 2].number) return false;
    const std::string_view link = tokens_.word(i + 1);
    return link == "for" || link == "x" || link == "por" || link == "pour" || link == "fur" ||
           link == "per";
  }

  // "10/day"
  bool is_slashed_rate(std::size_t i) const {
    return i + 1 < tokens_.size() && !tokens_[i + 1].number && text_[tokens_[i].end] == '/' &&
           tokens_[i + 1].begin == tokens_[i].end + 1;
  }

  // "10 per day"
  bool is_rate(std::size_t i) const {
    if (i + 1 >= tokens_.size() || tokens_[i].gap == Gap::sentence) return false;
    const bool number_next = i + 2 < tokens_.size() && tokens_[i + 2].number;
    return !number_next && rate_words().has(tokens_.word(i + 1));
  }

  // "Latte 4", "Latte: 4", also on two lines
  bool is_listed(std::size_t i) const {
    if (shop_ == nullptr || i == 0) return false;
    return between(i - 1, i).find_first_of(".!?;") == std::string_view::npos &&
           shop_->tables().ends_item_name(tokens_.word(i - 1));
  }

  static bool is_point_time(std::string_view digits) {
    const std::size_t point = digits.find('.');
    if (point == 0 || point > 2 || digits.size() != point + 3) return false;
    const int hour = point == 1 ? digits[0] - '0' : (digits[0] - '0') * 10 + digits[1] - '0';
    return hour <= 24 && digits[point + 1] < '6';
  }

  std::string_view text_;
  const RetrievalIndex* shop_;
  Tokens tokens_;
  bool words_count_ = false;  // "two"
  bool numbers_ = false;      // of digits or words
  bool price_word_ = false;
  bool currency_ = false;
};

}  // namespace

bool names_amount(std::string_view sentence) {
  return AmountReader(sentence, nullptr).names_amount();
}

bool names_amount(std::string_view sentence, const RetrievalIndex& shop) {
  return AmountReader(sentence, &shop).names_amount();
}

}  // namespace aura::agent
