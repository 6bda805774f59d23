// The workspace's own row, and the commands that it passes on to agent, catalog and media.
#include <algorithm>

#include "actors/access/api_key.h"
#include "actors/access/idempotency.h"
#include "actors/refusal.h"
#include "actors/told_change.h"
#include "actors/workspace/workspace_actor.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::size_t kMadeSlug = 50;  // leaves room for a numeric suffix

// "Café Ünique!" → "caf-nique": only characters that a URL carries without escapes.
std::string slug_of(const std::string& name) {
  std::string slug;
  for (const char c : name) {
    if (slug.size() == kMadeSlug) break;
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      slug += c;
    else if (c >= 'A' && c <= 'Z')
      slug += static_cast<char>(c - 'A' + 'a');
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? "workspace" : slug;
}

// The input has the same fields as `business`, and the names of cleared ones.
void merge(const api::BusinessInput& input, api::Business& business) {
  const auto& from = *input.GetReflection();
  const auto& to = *business.GetReflection();
  const auto* const fields = business.GetDescriptor();
  for (int i = 0; i < fields->field_count(); ++i) {
    const auto* const given = input.GetDescriptor()->FindFieldByName(fields->field(i)->name());
    if (from.HasField(input, given))
      to.SetString(&business, fields->field(i), from.GetString(input, given));
  }
  for (const std::string& name : input.cleared())
    to.ClearField(&business, fields->FindFieldByName(name));
}

void merge(const api::WorkspaceInput& input, api::Workspace& workspace) {
  if (input.has_name()) workspace.set_name(input.name());
  if (input.has_slug()) workspace.set_slug(input.slug());
  if (!input.cleared().empty()) workspace.clear_business();
  if (input.has_business()) merge(input.business(), *workspace.mutable_business());
  if (input.has_timezone()) workspace.set_timezone(input.timezone());
  if (input.has_locale()) {  // "pt_BR" is written as a language tag: "pt-BR"
    workspace.set_locale(input.locale());
    std::ranges::replace(*workspace.mutable_locale(), '_', '-');
  }
  if (input.has_currency()) workspace.set_currency(input.currency());
}

void put_workspace(const Id& id, const api::Workspace& workspace, storage::AuditEntry audit,
                   storage::Commit& commit) {
  commit.workspace = id;
  record::Workspace row;
  *row.mutable_workspace() = workspace;
  commit.put(Family::workspace, keys::workspace(id), row.SerializeAsString());
  commit.audit = std::move(audit);
}

Error slug_taken() {
  return {Errc::conflict, "/slug is another workspace's; choose another one.", "/slug"};
}

}  // namespace

// The workspace exists already: only a request with the same Idempotency-Key can lead here.
void WorkspaceActor::create_again(const CreateWorkspace& command) const {
  const auto key = services_.vault.workspace_key(workspace_);
  if (!key) return command.reply(tl::unexpected(key.error()));
  if (auto earlier = idempotency::find<api::WorkspaceCreated>(services_.reader, workspace_,
                                                              command.once, **key, now()))
    return command.reply(std::move(*earlier));
  command.reply.error(Errc::conflict,
                      "This Idempotency-Key has made a workspace before; use a new key.");
}

void WorkspaceActor::handle(CreateWorkspace& command) {
  if (!info_.id().empty()) return create_again(command);
  api::Workspace workspace;
  workspace.set_id(format_id(IdType::workspace, workspace_));
  workspace.set_timezone("UTC");
  workspace.set_locale("en-US");
  workspace.set_currency("USD");
  merge(command.input, workspace);
  workspace.set_created_at(now());
  workspace.set_updated_at(now());
  storage::Commit commit;
  auto key = services_.vault.create_workspace_key(workspace_, commit);
  if (!key) return command.reply(tl::unexpected(key.error()));
  if (workspace.slug().empty())
    workspace.set_slug(services_.slugs.take_like(slug_of(workspace.name()), workspace_));
  else if (!services_.slugs.take(workspace.slug(), workspace_))
    return command.reply(tl::unexpected(slug_taken()));
  put_workspace(workspace_, workspace,
                {now(), storage::kOperator, "workspace.create", workspace.id()}, commit);
  api::WorkspaceCreated created;
  created.set_workspace_id(workspace.id());
  created.set_api_key(api_key::make(workspace_));
  record::ApiKey row;
  row.set_name("first");
  row.set_created_ms(now());
  commit.put(Family::api_key, keys::api_key(workspace_, api_key::hash(created.api_key())),
             row.SerializeAsString());
  idempotency::remember(workspace_, command.once, created, **key, {}, now(), commit);
  write(std::move(commit),
        [this, reply = command.reply, workspace, created](const storage::CommitResult& result) {
          if (result.code != Errc::ok) {
            services_.slugs.release(workspace.slug(), workspace_);
            return refuse(reply, result.code);
          }
          info_ = workspace;
          reply.ok(created);
        });
}

void WorkspaceActor::handle(UpdateWorkspace& command) {
  if (info_.id().empty())
    return command.reply.error(Errc::not_found, "There is no such workspace.");
  api::Workspace next = info_;
  merge(command.input, next);
  const bool renamed = next.slug() != info_.slug();
  if (renamed && !services_.slugs.take(next.slug(), workspace_))
    return command.reply(tl::unexpected(slug_taken()));
  if (next.SerializeAsString() == info_.SerializeAsString()) return command.reply.ok(next);
  next.set_updated_at(now());
  storage::Commit commit;
  put_workspace(workspace_, next, {now(), "api", "workspace.update", next.id()}, commit);
  tell_change(record::Feed::KIND_WORKSPACE_UPDATED, workspace_, workspace_, now(), commit);
  write(std::move(commit),
        [this, reply = command.reply, next, renamed](const storage::CommitResult& result) {
          const bool stored = result.code == Errc::ok;
          if (renamed) services_.slugs.release((stored ? info_ : next).slug(), workspace_);
          if (!stored) return refuse(reply, result.code);
          info_ = next;
          index_->outdate();
          reply.ok(next);
        });
}

void WorkspaceActor::handle(CatalogCommand& command) {
  parts_.deliver("catalog", std::move(command));
}

void WorkspaceActor::handle(MediaCommand& command) {
  std::visit([this](auto& it) { parts_.deliver("media", std::move(it)); }, command);
}

void WorkspaceActor::handle(ProposeTurn& command) { parts_.deliver("agent", std::move(command)); }

}  // namespace aura
