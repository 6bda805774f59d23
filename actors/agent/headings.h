// What can be quoted of a document: its sentences, each with the heading it stands under. A line
// that ends with a question mark is a heading ("Do you wrap gifts?"), and so is a line of Markdown
// that begins with '#'. A heading is never quoted by itself: it asks, and does not answer. Pure;
// any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace aura::agent {

// Byte ranges, without marks such as "Q:", "A:", '#' and '*'.
struct Quotable {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t heading_begin = 0;
  std::uint32_t heading_end = 0;  // as heading_begin: no heading
};
std::vector<Quotable> split_quotable(std::string_view text);

}  // namespace aura::agent
