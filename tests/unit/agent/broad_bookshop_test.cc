// The same breadth in a German bookshop.
#include <gtest/gtest.h>

#include "tests/unit/agent/more_shops.h"

namespace aura::agent::testing {
namespace {

void expect_bookshop(const std::vector<Asked>& rows) { expect_answers(bookshop(), rows); }

}  // namespace
}  // namespace aura::agent::testing
