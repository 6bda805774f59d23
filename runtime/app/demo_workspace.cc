#include "runtime/app/demo_workspace.h"

#include "actors/access/accounts.h"
#include "actors/agent/demo_business.h"
#include "actors/channel_rows.h"
#include "runtime/app/commit_and_wait.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::app {

namespace keys = storage::keys;
using storage::Family;

namespace {

std::string options_json(const std::vector<agent::ItemOption>& options) {
  std::string json = "[";
  for (const auto& option : options) {
    if (json.size() > 1) json += ',';
    json += "{\"name\":\"" + option.name +
            "\",\"price_delta_minor\":" + std::to_string(option.price_delta_minor) + "}";
  }
  return json + "]";
}

// The engine serves the demo's pictures itself: the address has no host, so it works wherever the
// demo runs.
record::Item to_record(const agent::CatalogItem& item, const std::string& picture, Millis now) {
  record::Item row;
  api::Item& out = *row.mutable_item();
  out.set_id(format_id(IdType::item, item.id));
  out.set_kind(static_cast<api::ItemKind>(item.kind));
  out.set_name(item.name);
  out.set_description(item.description);
  if (item.has_price) {
    out.mutable_price()->set_amount_minor(item.price_minor);
    out.mutable_price()->set_currency(item.currency);
  }
  if (!item.sku.empty()) out.set_sku(item.sku);
  out.set_available(item.available);
  if (!item.options.empty()) out.mutable_options()->set_json(options_json(item.options));
  if (!picture.empty()) out.add_image_urls("/demo/" + picture + ".svg");
  out.set_revision(item.revision);
  out.set_created_at(now);
  out.set_updated_at(now);
  return row;
}

record::Document to_record(const agent::Document& document, Millis now) {
  record::Document row;
  api::Document& out = *row.mutable_document();
  out.set_id(format_id(IdType::document, document.id));
  out.set_title(document.title);
  out.set_text(document.text);
  out.set_revision(document.revision);
  out.set_created_at(now);
  out.set_updated_at(now);
  return row;
}

void add_workspace(const agent::BusinessProfile& profile, const std::string& slug, Millis now,
                   storage::Commit& commit) {
  const Id id = demo_workspace_id();
  record::Workspace row;
  api::Workspace& workspace = *row.mutable_workspace();
  workspace.set_id(format_id(IdType::workspace, id));
  workspace.set_name(profile.name);
  workspace.set_slug(slug);
  workspace.set_timezone(profile.timezone);
  workspace.set_locale(profile.locale);
  workspace.set_currency(profile.currency);
  workspace.mutable_business()->set_description(profile.details);
  workspace.set_created_at(now);
  workspace.set_updated_at(now);
  commit.put(Family::workspace, keys::workspace(id), row.SerializeAsString());
}

void add_webchat(Millis now, storage::Commit& commit) {
  record::Channel row;
  api::Channel& channel = *row.mutable_channel();
  channel.set_id(format_id(IdType::channel, demo_channel_id()));
  channel.set_type(api::CHANNEL_TYPE_WEBCHAT);
  channel.set_name("Website");
  channel.set_widget_key(new_widget_key());
  channel.set_created_at(now);
  channel.set_updated_at(now);
  channel_rows::put(demo_workspace_id(), demo_channel_id(), row, commit);
}

}  // namespace

Id demo_workspace_id() { return derived_id({"demo-workspace"}); }
Id demo_channel_id() { return derived_id({"demo-webchat"}); }

Result<void> seed_demo(Services& services) {
  const Id id = demo_workspace_id();
  auto known = services.reader.get(Family::workspace, keys::workspace(id));
  if (!known) return tl::unexpected(known.error());
  if (*known) return {};
  auto business = agent::demo_business(id);
  if (!business) return tl::unexpected(business.error());
  // A workspace that is there already may have the name.
  if (auto loaded = services.slugs.load(services.reader); !loaded) return loaded;
  const Millis now = services.clock.now_ms();
  storage::Commit commit;
  commit.workspace = id;
  add_workspace(business->profile, services.slugs.take_like("demo", id), now, commit);
  add_webchat(now, commit);
  for (const auto& item : business->items)
    commit.put(Family::item, keys::item(id, item.id),
               to_record(item, business->pictures[item.id], now).SerializeAsString());
  for (const auto& document : business->documents)
    commit.put(Family::document, keys::document(id, document.id),
               to_record(document, now).SerializeAsString());
  auto key = services.vault.create_workspace_key(id, commit);
  if (!key) return tl::unexpected(key.error());
  commit.audit =
      storage::AuditEntry{now, "engine", "workspace.create", format_id(IdType::workspace, id)};
  if (const Errc code = commit_and_wait(services.log, std::move(commit)); code != Errc::ok)
    return fail(code, "The demo business could not be stored.");
  log::info("demo_seeded",
            {{"items", business->items.size()}, {"documents", business->documents.size()}});
  return {};
}

}  // namespace aura::app
