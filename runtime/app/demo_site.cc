#include "runtime/app/demo_site.h"

#include <toml++/toml.h>

#include "actors/agent/money.h"
#include "actors/channel_rows.h"
#include "net/server/site.h"
#include "runtime/app/demo_site_data.h"
#include "runtime/app/demo_workspace.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"
#include "web/assets.h"
#include "web/demo_page.h"

namespace aura::app {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr int kPictureSeconds = 86'400;

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

template <class Visit>
void for_each_table(const toml::table& site, std::string_view name, Visit visit) {
  if (const auto* rows = site[name].as_array())
    for (const auto& row : *rows) visit(*row.as_table());
}

std::vector<api::Item> stored_items(const storage::Reader& reader) {
  std::vector<api::Item> items;
  auto rows = reader.scan(Family::item, keys::head(demo_workspace_id()), {}, 500);
  if (!rows) return items;
  for (const auto& stored : *rows) {
    record::Item row;
    if (row.ParseFromString(stored.value)) items.push_back(row.item());
  }
  std::ranges::sort(items, {}, [](const api::Item& item) { return item.sku(); });
  return items;
}

web::DemoItem to_item(const api::Item& item, const std::string& locale) {
  web::DemoItem shown{item.name(), item.description(), {}, item.available(), {}};
  if (item.has_price())
    shown.price = agent::format_money(item.price().amount_minor(), item.price().currency(), locale);
  if (item.image_urls_size() > 0) shown.picture = item.image_urls(0);
  return shown;
}

// The catalog items named in the file that have a picture, in the file's order.
std::vector<web::DemoItem> favourites(const toml::table& site, const std::vector<api::Item>& items,
                                      const std::string& locale) {
  std::vector<web::DemoItem> shown;
  const auto* skus = site["favourites"].as_array();
  if (skus == nullptr) return shown;
  for (const auto& sku : *skus) {
    const auto found = std::ranges::find(items, sku.value_or(std::string()), &api::Item::sku);
    if (found != items.end() && found->image_urls_size() > 0)
      shown.push_back(to_item(*found, locale));
  }
  return shown;
}

web::DemoSection to_section(const toml::table& arranged, const std::vector<api::Item>& items,
                            const std::string& locale) {
  web::DemoSection section{text_of(arranged, "title"), {}};
  const std::string from = text_of(arranged, "from"), to = text_of(arranged, "to");
  for (const auto& item : items) {
    if (item.sku() < from || item.sku() > to) continue;
    section.items.push_back(to_item(item, locale));
  }
  return section;
}

// nullopt if no demo business is stored.
std::optional<std::string> demo_page(const storage::Reader& reader, const toml::table& site) {
  const Id ws = demo_workspace_id();
  const auto stored =
      storage::read<record::Workspace>(reader, Family::workspace, keys::workspace(ws));
  const auto chat = channel_rows::load(reader, ws, demo_channel_id());
  if (!stored || !*stored || !chat) return std::nullopt;
  const api::Workspace& workspace = (*stored)->workspace();
  web::DemoPage page;
  page.business_name = workspace.name();
  page.tagline = text_of(site, "tagline");
  page.widget_key = chat->channel().widget_key();
  page.address = text_of(site, "address");
  page.phone = text_of(site, "phone");
  page.email = text_of(site, "email");
  for_each_table(site, "hours", [&](const toml::table& row) {
    page.hours.push_back({text_of(row, "days"), text_of(row, "hours")});
  });
  const auto items = stored_items(reader);
  page.favourites = favourites(site, items, workspace.locale());
  for_each_table(site, "section", [&](const toml::table& row) {
    page.sections.push_back(to_section(row, items, workspace.locale()));
  });
  return web::render_demo_page(page);
}

const char* content_type_of(std::string_view path) {
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  return "image/svg+xml";
}

std::optional<net::Asset> static_asset(std::string_view path) {
  const std::string_view name = path.substr(1);
  const std::string_view body = web::asset(name);
  if (body.empty()) return std::nullopt;
  return net::Asset{content_type_of(path), std::string(body), std::string(web::asset_gzip(name))};
}

}  // namespace

void add_site(net::Router& router, const storage::Reader& reader, storage::ReadPool& pool) {
  const auto site = std::make_shared<const toml::table>(toml::parse(kDemoSite));
  auto paths = net::default_site();
  for (const std::string_view name : web::asset_names())
    if (name.starts_with("demo/"))
      paths.push_back({"/" + std::string(name), kPictureSeconds, true});
  net::add_site_routes(router, paths,
                       [&reader, &pool, site](std::string_view path, const net::AssetFound& found) {
                         if (path != "/demo") return found(static_asset(path));
                         const bool posted = pool.post([&reader, site, found] {
                           auto page = demo_page(reader, *site);
                           if (!page) return found(std::nullopt);
                           found(net::Asset{"text/html; charset=utf-8", std::move(*page), {}});
                         });
                         if (!posted) found(std::nullopt);
                       });
}

}  // namespace aura::app
