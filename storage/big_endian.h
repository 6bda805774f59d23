// Integers in keys and fenced values: big-endian, so that their bytes sort like the numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace aura::storage {

template <class Int>
void append_big(std::string& out, Int value) {
  for (int shift = static_cast<int>(sizeof(Int)) * 8 - 8; shift >= 0; shift -= 8)
    out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift));
}

// `from` must have at least sizeof(Int) bytes.
template <class Int>
Int load_big(std::string_view from) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Int); ++i)
    value = value << 8 | static_cast<unsigned char>(from[i]);
  return static_cast<Int>(value);
}

}  // namespace aura::storage
