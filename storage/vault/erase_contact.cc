#include "storage/vault/erase_contact.h"

#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::storage {

void erase_contact_rows(const ContactPlace& of, Commit& commit) {
  const auto erase_prefix = [&](Family family, std::string prefix) {
    commit.mutations.push_back({Mutation::Op::erase_prefix, family, std::move(prefix), {}});
  };
  commit.erase(Family::contact, keys::contact(of.workspace, of.contact));
  commit.erase(Family::conversation, keys::conversation(of.workspace, of.conversation));
  commit.erase(Family::inbox, keys::inbox(of.workspace, of.inbox_ms, of.conversation));
  erase_prefix(Family::message, keys::messages_of(of.workspace, of.conversation));
  erase_prefix(Family::unsupported,
               keys::unsupported_of(of.workspace, of.channel, of.conversation));
  for (const Family family : {Family::media, Family::blob})
    erase_prefix(family, keys::media_of(of.workspace, of.contact));
}

Result<void> erase_merges(const Reader& reader, const Id& workspace, const Id& contact,
                          Commit& commit) {
  const std::string own = keys::merge(workspace, contact);
  const auto into = reader.get(Family::merge, own);
  if (!into) return tl::unexpected(into.error());
  record::ContactMerge row;
  if (*into && row.ParseFromString(**into)) {
    commit.erase(Family::merge, own);
    commit.erase(Family::merge, keys::merged(workspace, Id::from_view(row.into()), contact));
  }
  const auto parts = reader.scan(Family::merge, keys::merged_of(workspace, contact), "", SIZE_MAX);
  if (!parts) return tl::unexpected(parts.error());
  for (const Row& part : *parts) {
    commit.erase(Family::merge, part.key);
    if (const auto from = keys::last_id(part.key))
      commit.erase(Family::merge, keys::merge(workspace, *from));
  }
  return {};
}

}  // namespace aura::storage
