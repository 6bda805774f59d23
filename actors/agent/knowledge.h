// The agent's only sources: the items of the workspace's catalog, its documents and its profile.
// Plain values, copied from the records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/ids.h"

namespace aura::agent {

enum class ItemKind { product, service, menu_item };

// A choice of an item: "Oat milk, +$0.80". A delta of 0 adds nothing.
struct ItemOption {
  std::string name;
  std::int64_t price_delta_minor = 0;
};

struct CatalogItem {
  Id id;
  std::uint64_t revision = 0;
  ItemKind kind = ItemKind::product;
  std::string name;
  std::string description;
  bool has_price = false;
  std::int64_t price_minor = 0;
  std::string currency;  // ISO 4217; empty: the profile's currency
  std::string sku;
  bool available = true;
  std::vector<ItemOption> options;
  std::vector<std::string> image_urls;
};

struct Document {
  Id id;
  std::uint64_t revision = 0;
  std::string title;
  std::string text;
};

struct BusinessProfile {
  std::string name;
  std::string locale = "en-US";  // BCP 47; for price formats and as a hint of the language
  std::string currency = "USD";
  std::string timezone = "UTC";
  std::string details;  // free text about the business, used like a document
};

}  // namespace aura::agent
