// Randomness is an argument, like time: whoever draws is handed a Random, so that a test repeats a
// run from its seed. SeededRandom belongs to one thread; SystemRandom may be shared by all.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace aura {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;  // 64 uniform bits

  // From low to high, both included; low <= high.
  std::uint64_t uniform(std::uint64_t low, std::uint64_t high);
  // In [0, 1).
  double real();
  // True `numerator` times in `denominator`, on average.
  bool chance(std::uint64_t numerator, std::uint64_t denominator);
  // `base` changed by up to ± `fraction` of itself: keeps retries of many from coming together.
  std::chrono::milliseconds jitter(std::chrono::milliseconds base, double fraction);
};

// The same numbers for the same seed on every machine.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : generator_(seed) {}
  std::uint64_t next() override { return generator_(); }

 private:
  std::mt19937_64 generator_;
};

// The operating system's generator, buffered a thread: good for keys and tokens too.
class SystemRandom final : public Random {
 public:
  std::uint64_t next() override;
};

// `size` bytes from the operating system's generator, buffered a thread. A system without one
// cannot keep a secret: the process ends.
void fill_random(void* out, std::size_t size);

// `size` characters of that generator, for keys and tokens. `alphabet` has a power of two of them.
inline constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
std::string random_text(std::string_view alphabet, std::size_t size);

}  // namespace aura
