#include "actors/agent/demo_business.h"

#include <toml++/toml.h>

#include <string_view>

#include "actors/agent/demo_data.h"

namespace aura::agent {
namespace {

std::string text_of(const toml::table& row, std::string_view key) {
  return row[key].value_or(std::string());
}

ItemKind kind_of(std::string_view name) {
  if (name == "service") return ItemKind::service;
  return name == "menu_item" ? ItemKind::menu_item : ItemKind::product;
}

// Catalogs are read in the order of item ids: these follow the menu's order.
Id item_id(const Id& workspace, const std::string& key, std::size_t place) {
  Id id = derived_id({"demo-item", workspace.view(), key});
  id.bytes[0] = static_cast<std::uint8_t>(place >> 8);
  id.bytes[1] = static_cast<std::uint8_t>(place);
  return id;
}

CatalogItem read_item(const toml::table& row, const Id& id, const std::string& currency) {
  CatalogItem item;
  item.id = id;
  item.revision = 1;
  item.kind = kind_of(text_of(row, "kind"));
  item.name = text_of(row, "name");
  item.description = text_of(row, "description");
  item.has_price = row.contains("price_minor");
  item.price_minor = row["price_minor"].value_or(std::int64_t{0});
  item.currency = currency;
  item.sku = text_of(row, "sku");
  item.available = row["available"].value_or(true);
  if (const toml::array* options = row["options"].as_array()) {
    for (const toml::node& node : *options) {
      const toml::table& option = *node.as_table();
      item.options.push_back(
          {text_of(option, "name"), option["price_delta_minor"].value_or(std::int64_t{0})});
    }
  }
  return item;
}

Document read_document(const toml::table& row, const Id& workspace) {
  Document document;
  document.id = derived_id({"demo-document", workspace.view(), text_of(row, "key")});
  document.revision = 1;
  document.title = text_of(row, "title");
  document.text = text_of(row, "text");
  return document;
}

template <class Read>
void for_each_row(const toml::table& file, std::string_view name, Read read) {
  if (const toml::array* rows = file[name].as_array()) {
    for (const toml::node& row : *rows) read(*row.as_table());
  }
}

}  // namespace

Result<DemoBusiness> demo_business(const Id& workspace) try {
  const toml::table profile = toml::parse(kDemoProfile);
  DemoBusiness demo;
  demo.profile = {text_of(profile, "name"), text_of(profile, "locale"),
                  text_of(profile, "currency"), text_of(profile, "timezone"),
                  text_of(profile, "details")};
  for_each_row(toml::parse(kDemoCatalog), "item", [&](const toml::table& row) {
    const Id id = item_id(workspace, text_of(row, "key"), demo.items.size());
    demo.items.push_back(read_item(row, id, demo.profile.currency));
    if (row.contains("picture")) demo.pictures[demo.items.back().id] = text_of(row, "picture");
  });
  for_each_row(toml::parse(kDemoKnowledge), "document", [&](const toml::table& row) {
    demo.documents.push_back(read_document(row, workspace));
  });
  return demo;
} catch (const toml::parse_error& error) {
  return fail(Errc::internal,
              "the embedded demo data is broken: " + std::string(error.description()));
}

}  // namespace aura::agent
