#include "actors/conversation/product_cards.h"

#include "actors/agent/money.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::conversation {
namespace {

namespace keys = storage::keys;
using storage::Family;

std::string locale_of(const storage::Reader& reader, const Id& workspace) {
  const auto stored = reader.get(Family::workspace, keys::workspace(workspace));
  record::Workspace row;
  if (!stored || !*stored || !row.ParseFromString(**stored)) return {};
  return row.workspace().locale();
}

api::ProductCard card_of(const api::Item& item, const std::string& locale) {
  api::ProductCard card;
  card.set_item_id(item.id());
  card.set_title(item.name());
  if (item.has_price())
    card.set_subtitle(
        agent::format_money(item.price().amount_minor(), item.price().currency(), locale));
  else if (!item.description().empty())
    card.set_subtitle(item.description());
  if (item.image_urls_size() > 0) card.set_image_url(item.image_urls(0));
  return card;
}

}  // namespace

Result<void> fill_cards(const storage::Reader& reader, const Id& workspace,
                        api::ProductCards& products) {
  products.clear_cards();
  if (!products.catalog_id().empty()) return {};  // from the channel's own catalog
  const std::string locale = locale_of(reader, workspace);
  for (int i = 0; i < products.product_ids_size(); ++i) {
    const auto id = parse_id(IdType::item, products.product_ids(i));
    const auto stored = id ? reader.get(Family::item, keys::item(workspace, *id))
                           : Result<std::optional<std::string>>(std::nullopt);
    if (!stored) return tl::unexpected(stored.error());
    record::Item row;
    if (!*stored || !row.ParseFromString(**stored))
      return fail(
          Errc::invalid,
          "There is no such item in the catalog; for a product of the channel's own catalog "
          "give its catalog_id.",
          "/products/product_ids/" + std::to_string(i));
    *products.add_cards() = card_of(row.item(), locale);
  }
  return {};
}

}  // namespace aura::conversation
