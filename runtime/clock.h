// Time is a dependency: code that needs it receives a Clock. Wall time is data (milliseconds since
// the Unix epoch, UTC); monotonic time drives deadlines. Any thread may call.
#pragma once

#include <chrono>
#include <cstdint>

namespace aura {

using Millis = std::int64_t;  // milliseconds since 1970-01-01T00:00:00Z

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Millis now_ms() const = 0;  // wall clock
  virtual std::chrono::steady_clock::time_point monotonic() const = 0;
};

class SystemClock final : public Clock {
 public:
  Millis now_ms() const override;
  std::chrono::steady_clock::time_point monotonic() const override;
};

// A clock that stands still until a test moves it.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Millis now = 1'790'000'000'000) : now_(now) {}
  Millis now_ms() const override { return now_; }
  std::chrono::steady_clock::time_point monotonic() const override {
    return std::chrono::steady_clock::time_point(std::chrono::milliseconds(now_));
  }
  void advance(std::chrono::milliseconds by) { now_ += by.count(); }

 private:
  Millis now_;
};

}  // namespace aura
