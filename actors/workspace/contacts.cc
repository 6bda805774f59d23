// Merged contacts: a link shows one contact as part of another until it is undone. The contacts'
// own rows do not change, so undoing loses nothing.
#include "actors/access/idempotency.h"
#include "actors/contact_merges.h"
#include "actors/refusal.h"
#include "actors/told_change.h"
#include "actors/workspace/merge_answer.h"
#include "actors/workspace/workspace_actor.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

Result<bool> exists(const storage::Reader& reader, const Id& ws, const Id& contact) {
  const auto value = reader.get(Family::contact, keys::contact(ws, contact));
  if (!value) return tl::unexpected(value.error());
  return value->has_value();
}

// Merges have one level: a merged contact cannot have contacts merged into it.
Result<void> may_merge(const storage::Reader& reader, const Id& ws, const Id& from,
                       const Id& into) {
  if (from == into) return fail(Errc::invalid, "A contact cannot be merged into itself.", "/into");
  const auto target = exists(reader, ws, into);
  if (!target) return tl::unexpected(target.error());
  if (!*target) return fail(Errc::invalid, "into names no contact of this workspace.", "/into");
  const auto above = contact_merges::whole_of(reader, ws, into);
  if (!above) return tl::unexpected(above.error());
  if (*above)
    return fail(Errc::conflict, "That contact is merged into another: merge into that one.");
  const auto own = contact_merges::whole_of(reader, ws, from);
  if (!own) return tl::unexpected(own.error());
  if (*own && **own != into)
    return fail(Errc::conflict, "This contact is merged already: unmerge it first.");
  const auto parts = contact_merges::parts_of(reader, ws, from, 1);
  if (!parts) return tl::unexpected(parts.error());
  if (!parts->empty())
    return fail(Errc::conflict, "Other contacts are merged into this one: unmerge them first.");
  return {};
}

}  // namespace

void WorkspaceActor::handle(MergeContacts& command) {
  const auto& reader = services_.reader;
  const auto known = exists(reader, workspace_, command.contact);
  if (!known) return command.reply(tl::unexpected(known.error()));
  if (!*known) return command.reply.error(Errc::not_found, "There is no such contact.");
  const auto key = services_.vault.workspace_key(workspace_);
  if (!key) return command.reply(tl::unexpected(key.error()));
  if (auto earlier =
          idempotency::find<record::MergeAnswer>(reader, workspace_, command.once, **key, now())) {
    if (!*earlier) return command.reply(tl::unexpected(earlier->error()));
    return command.reply.ok(
        merge_answer::open(services_.vault, workspace_, **earlier).value_or(api::Contact()));
  }
  storage::Commit commit;
  commit.workspace = workspace_;
  Id whole;
  if (!command.into) {
    const auto into = contact_merges::whole_of(reader, workspace_, command.contact);
    if (!into) return command.reply(tl::unexpected(into.error()));
    if (!*into) return command.reply.error(Errc::conflict, "This contact is not merged.");
    whole = **into;
    contact_merges::erase(workspace_, command.contact, whole, commit);
  } else {
    if (auto may = may_merge(reader, workspace_, command.contact, *command.into); !may)
      return command.reply(tl::unexpected(may.error()));
    whole = *command.into;
    contact_merges::put(workspace_, command.contact, whole, {}, now(), commit);
  }
  for (const Id& shown : {command.contact, whole})  // both look different now
    tell_change(record::Feed::KIND_CONTACT_UPDATED, workspace_, shown, now(), commit);
  idempotency::remember(workspace_, command.once, record::MergeAnswer(), **key, {}, now(), commit);
  commit.audit =
      storage::AuditEntry{now(), "api", command.into ? "contact.merge" : "contact.unmerge",
                          format_id(IdType::contact, command.contact)};
  write(std::move(commit), [reply = command.reply](const storage::CommitResult& result) {
    if (result.code == Errc::ok) return reply.ok({});
    refuse(reply, result.code);
  });
}

}  // namespace aura
