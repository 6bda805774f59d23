#include "actors/agent/headings.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "actors/agent/sentences.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

constexpr std::string_view kQuestionMarks[] = {"q",     "question", "p",       "pregunta", "f",
                                               "frage", "d",        "domanda", "pergunta"};
constexpr std::string_view kAnswerMarks[] = {"a",       "answer",  "r",        "respuesta",
                                             "reponse", "antwort", "resposta", "risposta"};

class QuotableSplitter {
 public:
  explicit QuotableSplitter(std::string_view text) : text_(text) {}

  std::vector<Quotable> run() {
    for (const auto& [begin, end] : split_sentences(text_)) {
      const TextRange sentence{begin, end};
      if (is_heading(sentence)) {
        drop_heading();
        heading_ = stripped(sentence, kQuestionMarks);
        of_section_ = text_[begin] == '#';
      } else {
        add(sentence);
      }
      last_end_ = end;
    }
    drop_heading();
    return std::move(out_);
  }

 private:
  bool begins_line(std::uint32_t begin) const {
    const std::size_t before = text_.substr(0, begin).find_last_not_of(" \t\r");
    return before == text_.npos || text_[before] == '\n';
  }

  bool ends_line(std::uint32_t end) const {
    const std::size_t behind = text_.find_first_not_of(" \t\r", end);
    return behind == text_.npos || text_[behind] == '\n';
  }

  bool asks(const TextRange& part) const {
    return part.end > part.begin && text_[part.end - 1] == '?';
  }

  bool is_heading(const TextRange& sentence) const {
    const bool first = begins_line(sentence.begin);
    if (first && text_[sentence.begin] == '#') return true;
    const TextRange said = stripped(sentence, kQuestionMarks);
    const bool marked = mark_of(without_signs(sentence), kQuestionMarks) > 0;
    return first && asks(said) && (marked || ends_line(sentence.end));
  }

  // How many bytes "Q:" or "Q1:" takes; 0: no such mark.
  std::uint32_t mark_of(const TextRange& part, std::span<const std::string_view> marks) const {
    constexpr std::size_t kLongest = 12;
    const std::string_view said = text_.substr(part.begin, part.end - part.begin);
    const std::size_t colon = said.substr(0, kLongest).find(':');
    if (colon == said.npos) return 0;
    std::string word = fold(said.substr(0, colon));
    std::erase_if(word, [](char c) { return (c >= '0' && c <= '9') || c == ' '; });
    const bool is_mark = std::find(marks.begin(), marks.end(), word) != marks.end();
    return is_mark ? static_cast<std::uint32_t>(colon + 1) : 0;
  }

  // Without the signs of Markdown around it; emphasis only if it begins and ends here.
  TextRange without_signs(TextRange part) const {
    const auto first = [&] { return text_[part.begin]; };
    const auto skip = [&](std::string_view signs) {
      while (part.begin < part.end && signs.find(first()) != signs.npos) ++part.begin;
    };
    if (part.begin < part.end && std::string_view("#>-*").find(first()) != std::string_view::npos) {
      const std::size_t word = text_.find_first_not_of("#>-*", part.begin);
      if (word < part.end && text_[word] == ' ') skip("#>-* ");
    }
    while (part.end > part.begin + 2 && (first() == '*' || first() == '_') &&
           text_[part.end - 1] == first()) {
      ++part.begin;
      --part.end;
    }
    skip(" \t");
    return part;
  }

  TextRange stripped(TextRange part, std::span<const std::string_view> marks) const {
    part = without_signs(part);
    part.begin += mark_of(part, marks);
    return without_signs(part);
  }

  void add(const TextRange& sentence) {
    if (is_only_signs(sentence)) return;
    const std::string_view gap = text_.substr(last_end_, sentence.begin - last_end_);
    const bool apart = std::count(gap.begin(), gap.end(), '\n') > 1;
    if (apart && answered_ && !of_section_) heading_ = {};
    const bool under = heading_.end > heading_.begin;
    const TextRange said = under ? stripped(sentence, kAnswerMarks) : without_signs(sentence);
    if (said.end <= said.begin) return;
    out_.push_back({said.begin, said.end, heading_.begin, heading_.end});
    answered_ = true;
  }

  // A rule: "---".
  bool is_only_signs(const TextRange& part) const {
    return text_.substr(part.begin, part.end - part.begin).find_first_not_of("*_#->= \t\r") ==
           std::string_view::npos;
  }

  // A question that nothing follows is a sentence like any other.
  void drop_heading() {
    if (!answered_ && !of_section_ && heading_.end > heading_.begin)
      out_.push_back({heading_.begin, heading_.end, 0, 0});
    heading_ = {};
    answered_ = of_section_ = false;
  }

  std::string_view text_;
  std::vector<Quotable> out_;
  TextRange heading_;
  bool answered_ = false;    // something stands under the heading
  bool of_section_ = false;  // up to the next heading, not only of a paragraph
  std::uint32_t last_end_ = 0;
};

}  // namespace

std::vector<Quotable> split_quotable(std::string_view text) { return QuotableSplitter(text).run(); }

}  // namespace aura::agent
