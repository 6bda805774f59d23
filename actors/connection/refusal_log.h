// Decides which refusals of a provider are logged: for each code one a second, which stands for the
// others since. A provider that refuses everything would fill the disk. Owned by its connection.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "runtime/clock.h"

namespace aura {

class RefusalLog {
 public:
  // The number of refusals that a line stands for, this one included; 0: no line now.
  std::uint64_t note(const std::string& code, const std::string& provider_code, Millis now);

 private:
  struct Kind {
    Millis logged_at = 0;
    std::uint64_t since = 0;  // refusals without a line of their own
  };
  std::map<std::pair<std::string, std::string>, Kind> kinds_;
};

}  // namespace aura
