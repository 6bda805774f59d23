// Randomness is a dependency, like time: code that needs it receives a Random, so a test can repeat
// a run from its seed. SeededRandom belongs to one thread; SystemRandom may be shared by all.
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
  // True with probability numerator / denominator.
  bool chance(std::uint64_t numerator, std::uint64_t denominator);
  // `base` varied by up to ± `fraction` of itself, so that many retries do not coincide.
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

// The operating system's generator, buffered per thread; suitable for keys and tokens.
class SystemRandom final : public Random {
 public:
  std::uint64_t next() override;
};

// Fills `out` from the operating system's generator, buffered per thread. If the generator fails,
// the process ends: it could not keep a secret.
void fill_random(void* out, std::size_t size);

// `size` random characters from that generator, for keys and tokens. The size of `alphabet` must be
// a power of two.
inline constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
std::string random_text(std::string_view alphabet, std::size_t size);

}  // namespace aura
