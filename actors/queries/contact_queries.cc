// Contacts, opened with their own keys. A contact that others are merged into is shown with all
// their identities; a conversation of a merged contact shows the contact that it was merged into.
#include <algorithm>

#include "actors/contact_merges.h"
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
  for (const Id& part : *parts) {
    const auto own = read_own_contact(ws, part);
    if (!own && own.error().code == Errc::not_found) continue;  // erased
    if (!own) return tl::unexpected(own.error());
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
