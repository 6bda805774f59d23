#include "bench/sim/placeholders.h"

#include <stdexcept>

namespace aura::bench {

std::string fill_in(std::string_view pattern, const Values& values) {
  std::string out;
  out.reserve(pattern.size() * 2);
  while (!pattern.empty()) {
    const auto mark = pattern.find('$');
    out += pattern.substr(0, mark);
    if (mark == pattern.npos) break;
    pattern.remove_prefix(mark + 1);
    const auto end = pattern.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    const auto name = pattern.substr(0, end);
    const auto found = values.find(name);
    if (found == values.end()) throw std::out_of_range("no value for $" + std::string(name));
    out += found->second;
    pattern.remove_prefix(name.size());
  }
  return out;
}

}  // namespace aura::bench
