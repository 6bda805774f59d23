// A fixed set of words, written as one list separated by spaces.
#pragma once

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace aura::agent {

class WordSet {
 public:
  explicit WordSet(std::string_view list) {
    while (!list.empty()) {
      const std::size_t end = std::min(list.find(' '), list.size());
      if (end > 0) words_.emplace(list.substr(0, end));
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }
  bool has(std::string_view word) const { return words_.contains(word); }

 private:
  std::unordered_set<std::string_view> words_;
};

}  // namespace aura::agent
