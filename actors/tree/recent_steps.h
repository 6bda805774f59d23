// The last steps of an actor with their outcomes: a small ring, allocated at the first step. A
// member of its actor, used on it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "runtime/clock.h"

namespace aura {

class RecentSteps {
 public:
  static constexpr std::size_t kKept = 8;
  struct Step {
    Millis at = 0;
    const char* what = "";
    std::uint32_t took_us = 0;
    std::array<char, 20> outcome{};  // truncated to fit; zero-terminated
  };

  void add(Millis at, const char* what, std::string_view outcome, std::int64_t took_us) {
    if (!steps_) steps_ = std::make_unique<std::array<Step, kKept>>();
    Step& step = (*steps_)[count_++ % kKept];
    step.at = at;
    step.what = what;
    step.took_us = static_cast<std::uint32_t>(std::clamp<std::int64_t>(took_us, 0, UINT32_MAX));
    const std::size_t size = std::min(outcome.size(), step.outcome.size() - 1);
    std::copy_n(outcome.data(), size, step.outcome.begin());
    step.outcome[size] = '\0';
  }

  // Newest first.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < std::min(count_, kKept); ++i)
      visit((*steps_)[(count_ - 1 - i) % kKept]);
  }

 private:
  std::unique_ptr<std::array<Step, kKept>> steps_;
  std::size_t count_ = 0;
};

}  // namespace aura
