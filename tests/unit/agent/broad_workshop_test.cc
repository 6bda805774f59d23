// The same breadth in a Spanish bicycle workshop.
#include <gtest/gtest.h>

#include "tests/unit/agent/more_shops.h"

namespace aura::agent::testing {
namespace {

void expect_workshop(const std::vector<Asked>& rows) { expect_answers(bicycle_workshop(), rows); }

}  // namespace
}  // namespace aura::agent::testing
