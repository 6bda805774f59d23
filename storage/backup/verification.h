// The result of a verification.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace aura::storage {

struct Verification {
  std::uint64_t rows = 0;
  std::uint64_t problems = 0;
  std::vector<std::string> first_problems;  // family, key in hex, problem; at most 20

  bool good() const { return problems == 0; }
  void found(std::string problem);
};

}  // namespace aura::storage
