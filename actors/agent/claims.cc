#include "actors/agent/claims.h"

#include <algorithm>

#include "actors/agent/amounts.h"
#include "actors/agent/money.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

bool inside_character(std::string_view text, std::uint32_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

class ClaimChecker {
 public:
  ClaimChecker(std::string_view text, const std::vector<Claim>& claims,
               const RetrievalIndex& snapshot)
      : text_(text), claims_(claims), snapshot_(snapshot) {
    std::sort(claims_.begin(), claims_.end(),
              [](const Claim& a, const Claim& b) { return a.begin < b.begin; });
  }

  std::vector<Violation> run() {
    if (!check_spans()) return std::move(violations_);
    for (const Claim& claim : claims_) check_source(claim);
    check_neighbours();
    check_quotes();
    check_uncovered();
    check_links();
    return std::move(violations_);
  }

 private:
  void violate(ViolationKind kind, std::uint32_t begin, std::uint32_t end) {
    violations_.push_back({kind, begin, end});
  }

  bool check_spans() {
    std::uint32_t free_from = 0;
    for (const Claim& c : claims_) {
      const bool good = c.begin >= free_from && c.begin < c.end && c.end <= text_.size() &&
                        !inside_character(text_, c.begin) && !inside_character(text_, c.end);
      if (!good) violate(ViolationKind::bad_span, c.begin, c.end);
      free_from = std::max(free_from, c.end);
    }
    return violations_.empty();
  }

  std::string_view span(const Claim& c) const { return text_.substr(c.begin, c.end - c.begin); }

  void check_source(const Claim& c) {
    const CatalogItem* item = c.of_document ? nullptr : snapshot_.find_item(c.source);
    const Document* document = c.of_document ? snapshot_.find_document(c.source) : nullptr;
    const bool of_profile =
        c.source.empty() && (c.kind == ClaimKind::business || c.kind == ClaimKind::quote);
    if (!of_profile) {
      const bool known = item != nullptr || (document != nullptr && c.kind == ClaimKind::quote);
      if (!known) return violate(ViolationKind::unknown_source, c.begin, c.end);
      if (c.revision != (item != nullptr ? item->revision : document->revision)) {
        return violate(ViolationKind::stale_revision, c.begin, c.end);
      }
    }
    if (!says_it(c, item, document)) violate(ViolationKind::wrong_text, c.begin, c.end);
  }

  bool says_it(const Claim& c, const CatalogItem* item, const Document* document) const {
    switch (c.kind) {
      case ClaimKind::price:
        return item != nullptr && item->has_price && item->price_minor == c.amount_minor &&
               says_amount(c, *item);
      case ClaimKind::option_price:
        return item != nullptr && says_amount(c, *item) &&
               any_option(*item, [&](auto& o) { return o.price_delta_minor == c.amount_minor; });
      case ClaimKind::name:
        return item != nullptr && span(c) == item->name;
      case ClaimKind::option_name:
        return item != nullptr && any_option(*item, [&](auto& o) { return o.name == span(c); });
      case ClaimKind::business:
        return c.source.empty() && span(c) == snapshot_.profile().name;
      case ClaimKind::quote:
        return contains(item != nullptr       ? item->description
                        : document != nullptr ? document->text
                                              : snapshot_.profile().details,
                        span(c));
    }
    return false;
  }

  bool says_amount(const Claim& c, const CatalogItem& item) const {
    const std::string& own = item.currency.empty() ? snapshot_.profile().currency : item.currency;
    return c.currency == own &&
           span(c) == format_money(c.amount_minor, own, snapshot_.profile().locale);
  }

  template <class Test>
  static bool any_option(const CatalogItem& item, Test test) {
    return std::any_of(item.options.begin(), item.options.end(), test);
  }

  static bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
  }

  // Two claims with amounts must not be adjacent: the name "Menu 5" directly before "$6.00" would
  // read as a different amount.
  void check_neighbours() {
    for (std::size_t i = 0; i + 1 < claims_.size(); ++i) {
      const Claim& a = claims_[i];
      const Claim& b = claims_[i + 1];
      const std::string_view between = text_.substr(a.end, b.begin - a.end);
      if (!only_spaces(between) || !money_at_end(span(a)) || !money_at_begin(span(b))) continue;
      violate(ViolationKind::unbacked_amount, a.begin, b.end);
    }
  }

  static bool only_spaces(std::string_view between) {
    for (std::size_t at = 0; at < between.size();) {
      const char32_t c = next_char(between, at);
      if (c != ' ' && c != '\t' && c != 0xA0 && c != 0x202F && c != 0x2009) return false;
    }
    return true;
  }

  static bool is_money_char(char32_t c) { return is_numeral(c) || is_currency_sign(c); }

  static bool money_at_begin(std::string_view part) {
    std::size_t at = 0;
    return is_money_char(next_char(part, at));
  }

  static bool money_at_end(std::string_view part) {
    char32_t last = 0;
    for (std::size_t at = 0; at < part.size();) last = next_char(part, at);
    return is_money_char(last);
  }

  // Adjacent quotes are checked together: "Delivery fee:" and "5" form an amount.
  void check_quotes() {
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (claims_[i].kind != ClaimKind::quote) continue;
      const std::uint32_t begin = claims_[i].begin;
      while (i + 1 < claims_.size() && claims_[i + 1].kind == ClaimKind::quote &&
             is_blank(claims_[i].end, claims_[i + 1].begin)) {
        ++i;
      }
      if (names_amount(text_.substr(begin, claims_[i].end - begin), snapshot_)) {
        violate(ViolationKind::amount_in_quote, begin, claims_[i].end);
      }
    }
  }

  bool is_blank(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin).find_first_not_of(" \n") == text_.npos;
  }

  void check_uncovered() {
    for (const Span& mark : money_marks(text_)) {
      const auto covers = [&](const Claim& c) {
        return c.begin <= mark.begin && mark.end <= c.end;
      };
      if (std::none_of(claims_.begin(), claims_.end(), covers)) {
        violate(ViolationKind::unbacked_amount, mark.begin, mark.end);
      }
    }
  }

  void check_links() {
    for (const std::string_view link : find_links(text_)) {
      if (snapshot_.has_link(link)) continue;
      const auto begin = static_cast<std::uint32_t>(link.data() - text_.data());
      violate(ViolationKind::unbacked_link, begin, begin + static_cast<std::uint32_t>(link.size()));
    }
  }

  std::string_view text_;
  std::vector<Claim> claims_;
  const RetrievalIndex& snapshot_;
  std::vector<Violation> violations_;
};

bool is_link_char(unsigned char c) {
  return c > ' ' && c != '"' && c != '<' && c != '>' && c != '(' && c != ')' && c != '[' &&
         c != ']';
}

bool is_alnum(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

// "name.example", "a@b.example", "https://…": a dot between a letter or digit and two letters.
bool looks_like_link(std::string_view word) {
  if (word.find("://") != word.npos || word.starts_with("www.")) return true;
  for (std::size_t i = word.find('.'); i != word.npos; i = word.find('.', i + 1)) {
    if (i == 0 || i + 2 >= word.size() || !is_alnum(static_cast<unsigned char>(word[i - 1])))
      continue;
    const auto letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    if (letter(word[i + 1]) && letter(word[i + 2])) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string_view> find_links(std::string_view text) {
  std::vector<std::string_view> links;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_link_char(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_link_char(static_cast<unsigned char>(text[end]))) ++end;
    std::string_view word = text.substr(at, end - at);
    at = end;
    while (!word.empty() && std::string_view(".,;:!?'*_").find(word.back()) != word.npos) {
      word.remove_suffix(1);
    }
    if (looks_like_link(word)) links.push_back(word);
  }
  return links;
}

std::vector<Violation> check_claims(std::string_view text, const std::vector<Claim>& claims,
                                    const RetrievalIndex& snapshot) {
  return ClaimChecker(text, claims, snapshot).run();
}

}  // namespace aura::agent
