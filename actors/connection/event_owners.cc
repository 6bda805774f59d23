#include "actors/connection/event_owners.h"

#include <algorithm>
#include <tuple>

#include "actors/conversation/message_owner.h"
#include "actors/conversation/rows.h"
#include "actors/or_throw.h"
#include "storage/keys.h"

namespace aura {

using storage::Family;

namespace {

// The person's ids changed: `target_id` is the replaced one.
bool renames(const ChannelEvent& event) {
  return event.kind == ChannelEvent::Kind::identity && !event.target_id.empty();
}

// About a message that may be in another conversation than the one its person's id leads to.
bool is_about_message(const ChannelEvent& event) {
  using Kind = ChannelEvent::Kind;
  const bool one_read = event.kind == Kind::read && !event.target_id.empty();  // Instagram's
  return one_read || event.kind == Kind::status || event.kind == Kind::edit ||
         event.kind == Kind::unsend || event.kind == Kind::reaction;
}

// The row of a number that came with another user id than this one (both keyed hashes).
bool is_seen_with_other(const record::IdentityLink& link, const std::string& user_id) {
  return !link.seen_with().empty() && link.seen_with() != user_id;
}

// The id that the event calls its person by.
const std::string& name_in(const ChannelEvent& event) {
  return renames(event) ? event.target_id : event.thread;
}

}  // namespace

ChannelEvent without(ChannelEvent event, const std::vector<EventOwners::OthersNumber>& numbers) {
  std::erase_if(event.identities, [&](const ContactIdentity& one) {
    return std::ranges::find(numbers, one.value, &EventOwners::OthersNumber::number) !=
           numbers.end();
  });
  return event;
}

ChannelEvent number_lost(const ChannelEvent& to, const std::string& number) {
  ChannelEvent event;
  event.kind = ChannelEvent::Kind::number_lost;
  event.external_id = to.external_id;
  event.target_id = number;
  event.at = to.at;
  event.journal_sequence = to.journal_sequence;
  return event;
}

EventOwners::Owner EventOwners::of(const ChannelEvent& event) {
  // It belongs to its message's conversation, whoever has the number by now, by whichever id the
  // provider names who got a private reply, and from whichever number the message is taken back.
  const bool nobody = name_in(event).empty();
  if (nobody || is_about_message(event))
    if (const auto owner = owner_by_message(event)) return {*owner, {}};
  if (nobody) return {};
  if (!conversation::has_aliases(account_.row.type()))
    return {conversation::conversation_id(account_.channel, name_in(event)), {}};
  const auto ids = ids_of(event, *workspace_key());
  const auto known = owner_by_ids(event, ids);
  Owner owner = known ? Owner{*known, {}} : owner_by_name(event, ids);
  remember(event, owner.conversation, ids);
  return owner;
}

bool EventOwners::joins(const ChannelEvent& event) const {
  if (!conversation::has_aliases(account_.row.type())) return false;
  if (!renames(event)) return joins_recent(event);
  const auto ids = ids_of(event, *workspace_key());
  const auto owner = owner_by_ids(event, ids);
  return owner &&
         std::ranges::any_of(ids, [&](const Seen& seen) { return leads_elsewhere(seen, *owner); });
}

// Looks at the rows in memory only: what the others lead to has been applied long ago.
bool EventOwners::joins_recent(const ChannelEvent& event) const {
  if (event.kind == ChannelEvent::Kind::status || conversation::user_id_of(event).empty())
    return false;
  const auto key = workspace_key();
  const std::string who = key->mac(conversation::user_id_of(event));
  std::string owner;
  for (const auto& id : conversation::names_of(event)) {
    const auto link =
        recent_.find(conversation::identity_key(*key, account_.workspace, account_.channel, id));
    if (!link || link->ended_ms() != 0) continue;
    if (is_seen_with_other(*link, who)) return true;
    if (!owner.empty() && owner != link->conversation()) return true;
    owner = link->conversation();
  }
  return false;
}

std::vector<EventOwners::OthersNumber> EventOwners::numbers_of_others(
    const ChannelEvent& event) const {
  std::vector<OthersNumber> found;
  const std::string user_id = conversation::user_id_of(event);
  const bool tells = event.kind != ChannelEvent::Kind::status && !renames(event);
  if (!tells || user_id.empty() || !conversation::has_aliases(account_.row.type())) return found;
  const auto key = workspace_key();
  const auto link_to = [&](const std::string& id) {
    return stored_or_recent(
        conversation::identity_key(*key, account_.workspace, account_.channel, id));
  };
  const std::string who = key->mac(user_id);
  for (const auto& [kind, number] : event.identities) {
    const auto link = conversation::is_number(number) ? link_to(number) : std::nullopt;
    if (!link || (link->ended_ms() == 0 && !is_seen_with_other(*link, who))) continue;
    const auto person = link_to(user_id);
    const bool is_persons = person && person->conversation() == link->conversation();
    const bool lost = is_persons && link->ended_ms() != 0 && event.at <= link->ended_ms();
    const bool others = !is_persons && link->ended_ms() == 0;
    const bool newer = std::tuple(event.at, who) > std::tuple(link->seen_ms(), link->seen_with());
    if (lost || others)
      found.push_back({number, Id::from_view(link->conversation()), others && newer});
  }
  return found;
}

bool EventOwners::has_contact(const ChannelEvent& event) const {
  const auto key = workspace_key();
  return std::ranges::any_of(conversation::names_of(event), [&](const std::string& id) {
    const auto row = services_.reader.get(
        Family::identity,
        conversation::identity_key(*key, account_.workspace, account_.channel, id));
    return or_throw(row, "identity").has_value();
  });
}

storage::DataKeyPtr EventOwners::workspace_key() const {
  return or_throw(services_.vault.workspace_key(account_.workspace), "workspace key");
}

std::vector<EventOwners::Seen> EventOwners::ids_of(const ChannelEvent& event,
                                                   const storage::DataKey& key) const {
  const std::string user_id = renames(event) ? std::string() : conversation::user_id_of(event);
  const auto leads = [&](const std::optional<record::IdentityLink>& link) {
    if (!link) return Leads::nowhere;
    if (link->ended_ms() == 0) return Leads::to_owner;
    if (event.at <= link->ended_ms()) return Leads::to_former;
    return renames(event) ? Leads::to_owner : Leads::given_up;
  };
  std::vector<Seen> ids;
  bool found = false;
  for (const auto& id : conversation::names_of(event)) {
    Seen& seen = ids.emplace_back();
    seen.id = id;
    seen.row_key = conversation::identity_key(key, account_.workspace, account_.channel, id);
    const bool may_change_hands = !found && !user_id.empty() && id != user_id;
    seen.link = link_of(seen.row_key, may_change_hands ? key.mac(user_id) : std::string());
    seen.leads = leads(seen.link);
    found = found || seen.leads == Leads::to_owner || seen.leads == Leads::to_former;
  }
  return ids;
}

// The identity row of an id. If `user_id` (a keyed hash) is given, the id is a phone number that
// the event carried together with this user id. A number last seen with another user id has a new
// owner: its row is ignored.
std::optional<record::IdentityLink> EventOwners::link_of(const std::string& row_key,
                                                         const std::string& user_id) const {
  const auto recent = user_id.empty() ? recent_.find(row_key) : std::nullopt;
  if (recent) return recent;
  const auto link = stored_or_recent(row_key);
  if (link && !user_id.empty() && is_seen_with_other(*link, user_id)) return std::nullopt;
  return link;
}

std::optional<record::IdentityLink> EventOwners::stored_or_recent(
    const std::string& row_key) const {
  const auto row = or_throw(services_.reader.get(Family::identity, row_key), "identity");
  record::IdentityLink link;
  if (!row || !link.ParseFromString(*row)) return recent_.find(row_key);
  return link;
}

// The conversation of the message that the event refers to: "delivered" about wamid.1.
std::optional<Id> EventOwners::owner_by_message(const ChannelEvent& event) const {
  if (event.target_id.empty()) return std::nullopt;
  if (const auto id = parse_id(IdType::message, event.metadata))
    return or_throw(conversation::owner_of_message(services_.reader, account_.workspace, *id),
                    "message");
  const auto known =
      or_throw(conversation::load_external(services_.reader, services_.vault, account_.workspace,
                                           account_.channel, event.target_id),
               "external id");
  // What else waits for the message may name its person by another id.
  const bool there = known && (!known->message().empty() || name_in(event).empty());
  return there ? std::optional(Id::from_view(known->conversation())) : std::nullopt;
}

// The conversation that an id of the person leads to: US.9 wrote before, now from a new number. If
// a change of the number is told after the next one, it is that of whoever gave up the new number.
std::optional<Id> EventOwners::owner_by_ids(const ChannelEvent& event,
                                            const std::vector<Seen>& ids) const {
  if (renames(event))
    for (const Seen& seen : ids)
      if (seen.id != event.target_id && seen.leads == Leads::to_former)
        return Id::from_view(seen.link->conversation());
  for (const Seen& seen : ids)
    if (seen.leads == Leads::to_owner || seen.leads == Leads::to_former)
      return Id::from_view(seen.link->conversation());
  return std::nullopt;
}

// The conversation whose id is derived from the name. If the name is a number that someone gave up,
// it has a new owner; but a reaction to a message of the former owner's conversation stays there.
EventOwners::Owner EventOwners::owner_by_name(const ChannelEvent& event,
                                              const std::vector<Seen>& ids) const {
  const std::string& name = name_in(event);
  const auto named = std::ranges::find(ids, name, &Seen::id);
  if (named == ids.end() || named->leads != Leads::given_up)
    return {conversation::conversation_id(account_.channel, name), {}};
  if (const auto owner = owner_by_message(event)) return {*owner, {}};
  std::string person = conversation::later_owner(name, named->link->ended_ms());
  const Id conversation = conversation::conversation_id(account_.channel, person);
  return {conversation, std::move(person)};
}

bool EventOwners::leads_elsewhere(const Seen& seen, const Id& owner) {
  return seen.leads == Leads::to_owner && seen.link->conversation() != owner.view();
}

// The identity rows may not be on disk yet when the next event arrives.
void EventOwners::remember(const ChannelEvent& event, const Id& owner,
                           const std::vector<Seen>& ids) {
  const auto elsewhere = [&](const Seen& seen) { return leads_elsewhere(seen, owner); };
  if (std::ranges::any_of(ids, elsewhere))
    recent_ = {};  // further ids of theirs lead here, too, once that is stored
  const std::string user_id = renames(event) ? std::string() : conversation::user_id_of(event);
  const std::string who = user_id.empty() ? user_id : workspace_key()->mac(user_id);
  for (const Seen& seen : ids) {
    if (seen.leads != Leads::nowhere && seen.leads != Leads::to_owner) continue;
    record::IdentityLink link;
    if (const auto& known = seen.link; known && known->conversation() == owner.view())
      link = *known;
    link.set_conversation(std::string(owner.view()));
    if (conversation::is_number(seen.id) && !who.empty()) {
      link.set_seen_with(who);
      link.set_seen_ms(std::max<Millis>(link.seen_ms(), event.at));
    }
    const bool replaced = renames(event) && seen.id == event.target_id;
    link.set_ended_ms(replaced && conversation::is_number(seen.id) ? event.at : 0);
    recent_.put(seen.row_key, link);
  }
}

}  // namespace aura
