// What the agent may answer from: the rows of the workspace's catalog, its documents and its
// profile. Plain values, copied in by whoever owns the records; nothing else is ever a source.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/ids.h"

namespace aura::agent {

enum class ItemKind { product, service, menu_item };

// "Oat milk, +$0.80": a choice of an item. A delta of 0 costs nothing more.
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
  std::string currency;  // ISO 4217; empty: the profile's
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
  std::string locale = "en-US";  // BCP 47; formats prices and hints the language
  std::string currency = "USD";
  std::string timezone = "UTC";
  std::string details;  // free text about the business, answered from like a document
};

}  // namespace aura::agent
