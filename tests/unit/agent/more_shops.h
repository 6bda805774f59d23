// Two businesses of other kinds than the demo café, and expectations about what a reply knows.
#pragma once

#include <vector>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {

Shop bicycle_workshop();  // Spanish, EUR
Shop bookshop();          // German, EUR

// The replies say that they do not know, and name no price.
void expect_unknown(const Shop& shop, const std::vector<const char*>& questions);
// A person takes over.
void expect_person(const Shop& shop, const std::vector<const char*>& questions);

}  // namespace aura::agent::testing
