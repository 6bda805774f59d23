// Contacts, opened with their own keys. A contact that others are merged into is shown with all
// their identities; a conversation of a merged contact shows the contact that it was merged into.
#include <algorithm>

#include "actors/contact_merges.h"
#include "actors/conversation/identities.h"
#include "actors/conversation/rows.h"
#include "actors/queries/stored_queries.h"
#include "actors/views.h"
#include "storage/keys.h"
#include "storage/read.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::size_t kParts = 100;  // merged contacts shown per contact

// Two contacts may both have an id that was known of one before the other.
void add_identities(const api::Contact& part, api::Contact& whole) {
  for (const auto& identity : part.identities()) {
    const auto& known = whole.identities();
    if (std::any_of(known.begin(), known.end(), [&](const auto& one) {
          return one.channel_id() == identity.channel_id() &&
                 one.external_id() == identity.external_id();
        }))
      continue;
    *whole.add_identities() = identity;
  }
}

}  // namespace

Result<api::Contact> StoredQueries::read_own_contact(const Id& ws, const Id& contact) const {
  const auto key = vault_.contact_key(ws, contact);
  if (!key && key.error().code == Errc::not_found)
    return fail(Errc::not_found, "There is no such contact.");
  if (!key) return tl::unexpected(key.error());
  record::Contact row;
  const auto body = conversation::load_contact(reader_, ws, contact, **key, &row);
  if (!body) return tl::unexpected(body.error());
  return views::contact(contact, row, *body);
}

// The number was the part's, whose own conversation goes on in another one; but the person has
// given it up since, or lost it to somebody else.
Result<bool> StoredQueries::is_persons(const Id& ws, const std::vector<Id>& contacts,
                                       const api::Identity& identity) const {
  const auto channel = parse_id(IdType::channel, identity.channel_id());
  if (identity.kind() != "wa_id" || !channel) return true;
  const auto key = vault_.workspace_key(ws);
  if (!key) return tl::unexpected(key.error());
  const auto link = storage::read<record::IdentityLink>(
      reader_, Family::identity,
      conversation::identity_key(**key, ws, *channel, identity.external_id()));
  if (!link) return tl::unexpected(link.error());
  if (!*link) return true;
  if ((*link)->ended_ms() != 0) return false;
  const auto owner =
      conversation::load_state(reader_, {ws, *channel, Id::from_view((*link)->conversation())});
  if (!owner) return tl::unexpected(owner.error());
  return std::ranges::any_of(
      contacts, [&](const Id& contact) { return owner->row.contact() == contact.view(); });
}

// Leaves out the part's numbers that are the person's no longer.
Result<void> StoredQueries::leave_out_lost(const Id& ws, const std::vector<Id>& contacts,
                                           api::Contact& part) const {
  google::protobuf::RepeatedPtrField<api::Identity> kept;
  for (const auto& identity : part.identities()) {
    const auto persons = is_persons(ws, contacts, identity);
    if (!persons) return tl::unexpected(persons.error());
    if (*persons)
      *kept.Add() = identity;
    else if (part.phone() == "+" + identity.external_id())
      part.clear_phone();
  }
  *part.mutable_identities() = std::move(kept);
  return {};
}

Result<std::vector<Id>> StoredQueries::parts_of(const Id& ws, const Id& contact) const {
  return contact_merges::parts_of(reader_, ws, contact, kParts);
}

Result<api::Contact> StoredQueries::read_contact(const Id& ws, const Id& contact) const {
  auto shown = read_own_contact(ws, contact);
  if (!shown) return shown;
  const auto into = contact_merges::whole_of(reader_, ws, contact);
  if (!into) return tl::unexpected(into.error());
  if (*into) shown->set_merged_into(format_id(IdType::contact, **into));
  const auto parts = parts_of(ws, contact);
  if (!parts) return tl::unexpected(parts.error());
  std::vector<Id> contacts = *parts;
  contacts.push_back(contact);
  for (const Id& part : *parts) {
    auto own = read_own_contact(ws, part);
    if (!own && own.error().code == Errc::not_found) continue;  // erased
    if (!own) return tl::unexpected(own.error());
    if (auto done = leave_out_lost(ws, contacts, *own); !done) return tl::unexpected(done.error());
    shown->add_merged_ids(own->id());
    add_identities(*own, *shown);
    if (!shown->has_name() && own->has_name()) shown->set_name(own->name());
    if (!shown->has_email() && own->has_email()) shown->set_email(own->email());
    if (!shown->has_phone() && own->has_phone()) shown->set_phone(own->phone());
  }
  return shown;
}

// The contact shown for a conversation.
Result<api::Contact> StoredQueries::read_person(const Id& ws, const Id& contact) const {
  const auto into = contact_merges::whole_of(reader_, ws, contact);
  if (!into) return tl::unexpected(into.error());
  if (!*into) return read_contact(ws, contact);
  auto person = read_contact(ws, **into);
  const bool erased = !person && person.error().code == Errc::not_found;
  return erased ? read_contact(ws, contact) : person;
}

Result<Id> StoredQueries::contact_owner(const Id& ws, const Id& contact) const {
  const auto row = storage::read_existing<record::Contact>(
      reader_, Family::contact, keys::contact(ws, contact), "There is no such contact.");
  if (!row) return tl::unexpected(row.error());
  if (!row->conversation().empty()) return Id::from_view(row->conversation());
  // A row of an earlier version: the first identity names the thread.
  const auto shown = read_own_contact(ws, contact);
  if (!shown) return tl::unexpected(shown.error());
  if (shown->identities().empty()) return fail(Errc::corrupt, "The contact has no identity.");
  const auto channel = parse_id(IdType::channel, shown->identities(0).channel_id());
  if (!channel) return fail(Errc::corrupt, "The contact's identity is not readable.");
  return conversation::conversation_id(*channel, shown->identities(0).external_id());
}

}  // namespace aura
