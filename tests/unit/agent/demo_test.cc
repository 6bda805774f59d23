#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "actors/agent/claims.h"
#include "actors/agent/demo_business.h"
#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

TEST(DemoBusiness, IsCompleteAndStable) {
  const auto demo = demo_business(make_id(9, 1));
  ASSERT_TRUE(demo.has_value());
  EXPECT_GE(demo->items.size(), 40u);
  EXPECT_GE(demo->documents.size(), 8u);
  EXPECT_EQ(demo->profile.name, "Café Aura de Mer");
  std::set<Id> ids;
  for (const CatalogItem& item : demo->items) {
    ids.insert(item.id);
    EXPECT_FALSE(item.name.empty());
    EXPECT_FALSE(item.description.empty()) << item.name;
    EXPECT_TRUE(item.has_price && item.price_minor > 0) << item.name;
    EXPECT_EQ(item.currency, "USD");
  }
  EXPECT_EQ(ids.size(), demo->items.size());
  const auto by_id = [](const CatalogItem& a, const CatalogItem& b) { return a.id < b.id; };
  EXPECT_TRUE(std::is_sorted(demo->items.begin(), demo->items.end(), by_id))
      << "read in this order";
  EXPECT_EQ(demo_business(make_id(9, 1))->items[3].id, demo->items[3].id);
  EXPECT_NE(demo_business(make_id(9, 2))->items[3].id, demo->items[3].id);
}

TEST(DemoBusiness, DocumentsCanBeQuoted) {
  for (const Document& document : demo_shop()->documents()) {
    EXPECT_FALSE(names_amount(document.text, *demo_shop())) << document.title;
  }
}

}  // namespace
}  // namespace aura::agent::testing
