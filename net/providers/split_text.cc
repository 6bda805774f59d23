#include "net/providers/split_text.h"

#include "runtime/trimmed.h"

namespace aura::net {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Bytes of the code point at `at`; a stray byte counts as one.
std::size_t point_size(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return at + size <= text.size() ? size : text.size() - at;
}

bool is_space(char c) { return kSpace.find(c) != std::string_view::npos; }

// The end of the last sentence in `window`: a mark followed by white space, or a wide mark; or 0.
std::size_t sentence_end(std::string_view window) {
  constexpr std::string_view kWide[] = {"。", "！", "？", "…"};
  for (std::size_t at = window.size(); at-- > 1;) {
    const char before = window[at - 1];
    if (is_space(window[at]) && (before == '.' || before == '!' || before == '?')) return at;
    for (const std::string_view mark : kWide) {
      if (window.substr(0, at).ends_with(mark)) return at;
    }
  }
  return 0;
}

std::size_t last_space(std::string_view window) {
  const std::size_t at = window.find_last_of(kSpace);
  return at == std::string_view::npos ? 0 : at;
}

// Where to cut `window`, the longest prefix that fits. Paragraphs, sentences and lines count only
// in its second half, so that parts are not mostly empty.
std::size_t cut_of(std::string_view window) {
  const std::size_t least = window.size() / 2;
  if (const std::size_t at = window.rfind("\n\n"); at != std::string_view::npos && at >= least) {
    return at;
  }
  if (const std::size_t at = sentence_end(window); at >= least && at > 0) return at;
  if (const std::size_t at = window.rfind('\n'); at != std::string_view::npos && at >= least) {
    return at;
  }
  if (const std::size_t at = last_space(window); at > 0) return at;
  return window.size();
}

}  // namespace

std::string_view first_units(std::string_view text, std::size_t limit, TextUnit unit) {
  std::size_t at = 0;
  std::size_t units = 0;
  while (at < text.size()) {
    const std::size_t size = point_size(text, at);
    units += unit == TextUnit::byte ? size : size == 4 ? 2 : 1;
    if (units > limit) break;
    at += size;
  }
  return text.substr(0, at);
}

std::vector<std::string_view> split_text(std::string_view text, std::size_t limit, TextUnit unit) {
  std::vector<std::string_view> parts;
  text = trimmed(text);
  while (!text.empty()) {
    std::string_view window = first_units(text, limit, unit);
    if (window.empty()) window = text.substr(0, point_size(text, 0));  // limit below one code point
    if (window.size() == text.size()) {
      parts.push_back(text);
      break;
    }
    // If white space follows the window, a word (perhaps a sentence) ends exactly at the limit.
    const bool word_ends = is_space(text[window.size()]);
    const std::size_t cut = cut_of(text.substr(0, window.size() + (word_ends ? 1 : 0)));
    parts.push_back(trimmed(text.substr(0, cut)));
    text = trimmed(text.substr(cut));
  }
  return parts;
}

}  // namespace aura::net
