// Gate: bounds the number of units (commands, bytes) inside at once. The producer takes a Permit
// and carries it in the message. Destroying the last copy of the permit releases it, so handled,
// parked, bounced and lost messages all give their units back. A Gate lives at least as long as the
// engine; permits keep its counter alive. Any thread may call.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace aura {

class Gate;

class Permit {
 public:
  Permit() = default;
  explicit operator bool() const { return hold_ != nullptr; }

 private:
  friend class Gate;
  explicit Permit(std::shared_ptr<void> hold) : hold_(std::move(hold)) {}
  std::shared_ptr<void> hold_;
};

class Gate {
 public:
  explicit Gate(std::int64_t capacity);

  // A permit for `units`, or an empty one if the gate is full or closed. An idle gate admits one
  // permit of any size, so that an item larger than the gate is not refused forever.
  // `on_release` runs once when the last copy is destroyed, on that thread.
  Permit try_enter(std::int64_t units = 1, std::function<void()> on_release = {});
  void close();                 // refuses all further permits
  std::int64_t inside() const;  // units inside now; 0 after close() means drained
  std::int64_t capacity() const;

 private:
  struct State {
    std::int64_t capacity;
    std::atomic<std::int64_t> inside{0};
    std::atomic<bool> closed{false};
  };
  std::shared_ptr<State> state_;
};

}  // namespace aura
