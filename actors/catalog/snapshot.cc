#include "actors/catalog/snapshot.h"

#include <rapidjson/document.h>

#include <optional>

#include "actors/agent/phrases.h"

namespace aura::catalog {
namespace {

// The amount that an option adds to the price; nothing if it cannot be read or has another
// currency.
std::optional<std::int64_t> delta_of(const rapidjson::Value& option, std::string& currency) {
  const auto minor = option.FindMember("price_delta_minor");
  if (minor != option.MemberEnd()) {
    if (!minor->value.IsInt64()) return std::nullopt;
    return minor->value.GetInt64();
  }
  const auto delta = option.FindMember("price_delta");
  if (delta == option.MemberEnd())
    return option.HasMember("price") ? std::nullopt : std::optional{std::int64_t{0}};
  if (!delta->value.IsObject()) return std::nullopt;
  const auto amount = delta->value.FindMember("amount_minor");
  const auto unit = delta->value.FindMember("currency");
  if (amount == delta->value.MemberEnd() || !amount->value.IsInt64()) return std::nullopt;
  if (unit == delta->value.MemberEnd() || !unit->value.IsString()) return std::nullopt;
  if (currency.empty()) currency = unit->value.GetString();
  if (currency != unit->value.GetString()) return std::nullopt;
  return amount->value.GetInt64();
}

// Options are free JSON; the agent uses lists of {"name", "price_delta": money} or {"name",
// "price_delta_minor"}. An option with an unreadable price is left out rather than offered for
// free. `currency`: the item's; for an item without a price, the options set it.
std::vector<agent::ItemOption> parse_options(const std::string& json, std::string& currency) {
  std::vector<agent::ItemOption> options;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError() || !document.IsArray()) return options;
  for (const auto& entry : document.GetArray()) {
    if (!entry.IsObject()) continue;
    const auto name = entry.FindMember("name");
    if (name == entry.MemberEnd() || !name->value.IsString()) continue;
    const auto delta = delta_of(entry, currency);
    if (!delta) continue;
    options.push_back({{name->value.GetString(), name->value.GetStringLength()}, *delta});
  }
  return options;
}

// Customers get these lines as quotes, so their labels are in the business's language.
std::string details_of(const api::Business& business, agent::Language language) {
  using agent::Phrase;
  std::string text = business.description();
  const auto add = [&](Phrase label, const std::string& value) {
    if (value.empty()) return;
    if (!text.empty()) text += "\n";
    text.append(agent::phrase(label, language)).append(" ").append(value);
    if (text.back() != '.') text += '.';
  };
  add(Phrase::label_hours, business.opening_hours());
  add(Phrase::label_address, business.address());
  add(Phrase::label_phone, business.phone());
  add(Phrase::label_email, business.email());
  add(Phrase::label_website, business.website());
  return text;
}

}  // namespace

agent::CatalogItem to_agent(const Id& id, const api::Item& item) {
  agent::CatalogItem out;
  out.id = id;
  out.revision = item.revision();
  out.kind = static_cast<agent::ItemKind>(item.kind());
  out.name = item.name();
  out.description = item.description();
  out.has_price = item.has_price();
  out.price_minor = item.price().amount_minor();
  out.currency = item.price().currency();
  out.sku = item.sku();
  out.available = item.available();
  if (item.has_options()) out.options = parse_options(item.options().json(), out.currency);
  out.image_urls.assign(item.image_urls().begin(), item.image_urls().end());
  return out;
}

agent::Document to_agent(const Id& id, const api::Document& document) {
  return {id, document.revision(), document.title(), document.text()};
}

agent::BusinessProfile to_agent(const api::Workspace& workspace) {
  agent::BusinessProfile profile;
  profile.name = workspace.name();
  if (!workspace.locale().empty()) profile.locale = workspace.locale();
  if (!workspace.currency().empty()) profile.currency = workspace.currency();
  if (!workspace.timezone().empty()) profile.timezone = workspace.timezone();
  profile.details = details_of(workspace.business(), agent::language_of_locale(profile.locale));
  return profile;
}

void merge(const api::ItemInput& input, api::Item& item) {
  if (input.has_kind()) item.set_kind(input.kind());
  if (input.has_name()) item.set_name(input.name());
  if (input.has_description()) item.set_description(input.description());
  if (input.has_price()) *item.mutable_price() = input.price();
  if (input.has_sku()) item.set_sku(input.sku());
  if (item.sku().empty()) item.clear_sku();
  if (input.has_available()) item.set_available(input.available());
  if (input.has_options()) *item.mutable_options() = input.options();
  if (input.image_urls_size() > 0) *item.mutable_image_urls() = input.image_urls();
  for (const auto& field : input.cleared()) {
    if (field == "price") item.clear_price();
    if (field == "sku") item.clear_sku();
    if (field == "options") item.clear_options();
    if (field == "description") item.clear_description();
    if (field == "image_urls") item.clear_image_urls();
  }
}

}  // namespace aura::catalog
