// The benchmarks' business: a catalog in which every item has a unique two-word name and a unique
// price, and the questions that customers ask about it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aura::bench {

struct ShopItem {
  std::string name;
  int price_minor = 0;  // different for each item
};

constexpr std::size_t kMaxShopItems = 400;

ShopItem shop_item(std::size_t index);
std::string item_json(const ShopItem& item, std::size_t index);

// The n-th question for an item's price; n selects greeting, phrase and closing.
void append_price_question(std::string& out, const ShopItem& item, std::uint64_t n);
// The n-th message that asks nothing about the catalog.
void append_small_talk(std::string& out, std::uint64_t n);
// Whether `text` contains the price as a complete amount ("12.50" or "12,50", not "112.50").
bool names_price(std::string_view text, int price_minor);

}  // namespace aura::bench
