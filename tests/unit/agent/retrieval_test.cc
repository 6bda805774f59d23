#include "actors/agent/retrieval.h"

#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

std::string top(const std::shared_ptr<const RetrievalIndex>& shop, std::string_view query) {
  const auto hits = shop->search(query, 5);
  if (hits.empty()) return "";
  if (hits[0].kind == HitKind::item) return shop->find_item(hits[0].id)->name;
  const Document* document = shop->find_document(hits[0].id);
  return document == nullptr ? "(profile)" : document->title;
}

TEST(Retrieval, FindsByNameStemTypoAndPrefix) {
  EXPECT_EQ(top(demo_shop(), "chocolate cake"), "Chocolate Cake");
  EXPECT_EQ(top(demo_shop(), "chocolate cakes"), "Chocolate Cake");
  EXPECT_EQ(top(demo_shop(), "choclate caek"), "Chocolate Cake");
  EXPECT_EQ(top(demo_shop(), "cappucino"), "Cappuccino");
  EXPECT_EQ(top(demo_shop(), "capp"), "Cappuccino");
  EXPECT_EQ(top(demo_shop(), "avocad toast"), "Avocado Toast");
}

TEST(Retrieval, FindsAcrossLanguages) {
  for (const char* query : {"pastel de chocolate", "gâteau au chocolat", "Schokoladenkuchen",
                            "bolo de chocolate", "torta al cioccolato"}) {
    EXPECT_EQ(top(demo_shop(), query), "Chocolate Cake") << query;
  }
  EXPECT_EQ(top(bakery(), "chocolate cake"), "Gâteau au chocolat");
  EXPECT_EQ(top(bakery(), "green tea"), "Thé vert");
  EXPECT_EQ(top(clothes_shop(), "red dress"), "Vestido rojo");
}

TEST(Retrieval, FindsDocuments) {
  EXPECT_EQ(top(demo_shop(), "opening hours"), "Opening hours");
  EXPECT_EQ(top(demo_shop(), "wifi password"), "Wi-Fi");
  EXPECT_EQ(top(demo_shop(), "horario de apertura"), "Opening hours");
}

TEST(Retrieval, NamesCountMoreThanDescriptions) {
  const auto shop = make_shop(
      {}, {{"Croissant", 300, "Goes well with a latte, latte, latte."}, {"Latte", 400, "Coffee."}},
      {});
  EXPECT_EQ(top(shop, "latte"), "Latte");
}

TEST(Retrieval, ReportsMatchedTermsAndLimits) {
  const auto hits = demo_shop()->search("chocolate spaceship", 3);
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_EQ(hits[0].matched_terms, std::vector<std::string>{"chocolate"});
  EXPECT_GE(hits[0].score, hits[1].score);
  EXPECT_TRUE(demo_shop()->search("", 3).empty());
  EXPECT_TRUE(demo_shop()->search("zzzzqqqq", 3).empty());
}

TEST(Retrieval, EmptyShopFindsNothing) {
  const auto shop = make_shop({}, {}, {});
  EXPECT_TRUE(shop->search("chocolate cake", 3).empty());
  EXPECT_EQ(shop->find_item(make_id(1, 1)), nullptr);
}

TEST(Retrieval, KnowsTheLinksOfItsSources) {
  EXPECT_TRUE(trap_shop()->has_link("www.shop247.example"));
  EXPECT_FALSE(trap_shop()->has_link("www.evil.example"));
}

}  // namespace
}  // namespace aura::agent::testing
