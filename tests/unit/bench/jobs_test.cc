#include <gtest/gtest.h>

#include <set>

#include "bench/harness/engine.h"
#include "bench/harness/report.h"
#include "bench/harness/shop.h"

namespace aura::bench {
namespace {

TEST(Shop, EveryItemHasItsOwnNameAndPrice) {
  std::set<std::string> names;
  std::set<int> prices;
  for (std::size_t i = 0; i < kMaxShopItems; ++i) {
    names.insert(shop_item(i).name);
    prices.insert(shop_item(i).price_minor);
  }
  EXPECT_EQ(names.size(), kMaxShopItems);
  EXPECT_EQ(prices.size(), kMaxShopItems);
}

TEST(Shop, OnlyTheWholeAmountCountsAsThePrice) {
  EXPECT_TRUE(names_price("The cake is $12.50.", 1250));
  EXPECT_TRUE(names_price("12,50 €", 1250));
  EXPECT_TRUE(names_price("2 for 20, one for 12.50", 1250));
  EXPECT_FALSE(names_price("It is 112.50", 1250));
  EXPECT_FALSE(names_price("It is 12.505", 1250));
  EXPECT_FALSE(names_price("It is 12", 1250));
  EXPECT_FALSE(names_price("It is 1,012.50", 1250));
  EXPECT_TRUE(names_price("$3.05", 305));
}

TEST(Report, ATargetIsMetOnlyByAFigureThatCounts) {
  Result result{.suite = "s", .name = "n", .unit = "u"};
  result.target = Result::Target{.at_least = true, .limit = 0.6};
  EXPECT_FALSE(result.met()) << "no ratio was measured";
  result.ratio = 0.6;
  EXPECT_TRUE(result.met());
  result.ratio = 0.599;
  EXPECT_FALSE(result.met());
  result.ratio = 0.9;
  result.spoiled_by = "half of it was refused";
  EXPECT_FALSE(result.met());
}

TEST(Report, TheMedianOfRounds) {
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
}

TEST(Metrics, LabelsAreSummedAndNamesMatchedWhole) {
  const std::string text =
      "# HELP a_total x\na_total{outcome=\"dead\"} 2\na_total{outcome=\"processed\"} 40\n"
      "a_total_other 7\n";
  EXPECT_EQ(metric_in(text, "a_total"), 42);
  EXPECT_EQ(metric_in(text, "a_total{outcome=\"dead\""), 2);
  EXPECT_EQ(metric_in(text, "absent_total"), 0);
}

}  // namespace
}  // namespace aura::bench
