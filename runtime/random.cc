#include "runtime/random.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace aura {
namespace {

// One system call for about 400 ids instead of one call each.
struct Buffer {
  std::array<unsigned char, 4096> bytes;
  std::size_t used = 4096;
};

void read_system(unsigned char* out, std::size_t size) {
  while (size > 0) {
    const ssize_t got = getrandom(out, size, 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      std::abort();
    }
    out += got;
    size -= static_cast<std::size_t>(got);
  }
}

}  // namespace

void fill_random(void* out, std::size_t size) {
  thread_local Buffer buffer;
  auto* to = static_cast<unsigned char*>(out);
  while (size > 0) {
    if (buffer.used == buffer.bytes.size()) {
      read_system(buffer.bytes.data(), buffer.bytes.size());
      buffer.used = 0;
    }
    const std::size_t part = std::min(size, buffer.bytes.size() - buffer.used);
    unsigned char* from = buffer.bytes.data() + buffer.used;
    std::memcpy(to, from, part);
    std::memset(from, 0, part);  // the bytes may be a key: keep no copy
    buffer.used += part;
    to += part;
    size -= part;
  }
}

std::string random_text(std::string_view alphabet, std::size_t size) {
  std::string text(size, '\0');
  fill_random(text.data(), size);
  for (char& c : text) c = alphabet[static_cast<unsigned char>(c) & (alphabet.size() - 1)];
  return text;
}

std::uint64_t SystemRandom::next() {
  std::uint64_t bits = 0;
  fill_random(&bits, sizeof bits);
  return bits;
}

std::uint64_t Random::uniform(std::uint64_t low, std::uint64_t high) {
  const std::uint64_t span = high - low + 1;
  if (span == 0) return next();  // the full range
  // Draws below the threshold would make the first values more likely: reject them.
  const std::uint64_t threshold = (0 - span) % span;
  std::uint64_t bits = next();
  while (bits < threshold) bits = next();
  return low + bits % span;
}

double Random::real() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

bool Random::chance(std::uint64_t numerator, std::uint64_t denominator) {
  return denominator > 0 && uniform(0, denominator - 1) < numerator;
}

std::chrono::milliseconds Random::jitter(std::chrono::milliseconds base, double fraction) {
  const double factor = 1.0 + fraction * (2.0 * real() - 1.0);
  return std::chrono::milliseconds(std::llround(static_cast<double>(base.count()) * factor));
}

}  // namespace aura
