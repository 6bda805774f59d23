#include "runtime/gate.h"

#include <utility>

namespace aura {
namespace {

// Shared by all copies of a permit; its destruction gives the units back.
template <class State>
struct Hold {
  Hold(std::shared_ptr<State> s, std::int64_t u, std::function<void()> f)
      : state(std::move(s)), units(u), on_release(std::move(f)) {}
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() {
    state->inside.fetch_sub(units);
    if (on_release) on_release();
  }

  std::shared_ptr<State> state;
  std::int64_t units;
  std::function<void()> on_release;
};

}  // namespace

Gate::Gate(std::int64_t capacity) : state_(std::make_shared<State>()) {
  state_->capacity = capacity;
}

Permit Gate::try_enter(std::int64_t units, std::function<void()> on_release) {
  if (units < 0 || state_->closed.load()) return {};
  std::int64_t inside = state_->inside.load();
  do {
    if (inside > 0 && units > state_->capacity - inside) return {};
  } while (!state_->inside.compare_exchange_weak(inside, inside + units));
  // close() may have run meanwhile: nothing may enter after a caller of close() saw inside() == 0.
  if (state_->closed.load()) {
    state_->inside.fetch_sub(units);
    return {};
  }
  return Permit(std::make_shared<Hold<State>>(state_, units, std::move(on_release)));
}

void Gate::close() { state_->closed.store(true); }

std::int64_t Gate::inside() const { return state_->inside.load(); }

std::int64_t Gate::capacity() const { return state_->capacity; }

}  // namespace aura
