// A broad sweep over the demo café in six languages: kinds, price limits and ranges, times in
// words, everyday names, what nobody knows. Expectations are facts, not wordings.
#include <gtest/gtest.h>

#include "tests/unit/agent/more_shops.h"

namespace aura::agent::testing {
namespace {

}  // namespace
}  // namespace aura::agent::testing
