#include "actors/connection/event_owners.h"

#include <algorithm>
#include <stdexcept>

#include "actors/conversation/message_owner.h"
#include "actors/conversation/rows.h"
#include "storage/keys.h"

namespace aura {

using storage::Family;

// The identity row of an id. If `user_id` (a keyed hash) is given, the id is a phone number that
// the event carried together with this user id. A number last seen with another user id has a new
// owner: its row is ignored.
std::optional<record::IdentityLink> EventOwners::link_of(const std::string& place,
                                                         const std::string& user_id) const {
  const auto recent = recent_.find(place);
  if (recent && user_id.empty()) return recent;
  const auto row = services_.reader.get(Family::identity, place);
  if (!row) throw std::runtime_error(row.error().detail);
  record::IdentityLink link;
  if (!*row || !link.ParseFromString(**row)) return recent;
  const bool new_owner =
      !user_id.empty() && !link.seen_with().empty() && link.seen_with() != user_id;
  if (new_owner) return std::nullopt;
  return link;
}

// The conversation of the message that the event refers to.
std::optional<Id> EventOwners::by_message(const ChannelEvent& event) const {
  if (event.target_id.empty()) return std::nullopt;
  if (const auto id = parse_id(IdType::message, event.metadata)) {
    const auto owner = conversation::owner_of_message(services_.reader, account_.workspace, *id);
    if (!owner) throw std::runtime_error("message: " + owner.error().detail);
    return *owner;
  }
  const auto known = conversation::load_external(
      services_.reader, services_.vault, account_.workspace, account_.channel, event.target_id);
  if (!known) throw std::runtime_error("external id: " + known.error().detail);
  if (!*known) return std::nullopt;
  return Id::from_view((*known)->conversation());
}

// The conversation linked to one of the contact ids in the event; without a link, the conversation
// whose id is derived from the first of them. A phone number leads to its former owner only for
// events older than the change.
EventOwners::Owner EventOwners::of(const ChannelEvent& event) {
  const bool renamed = event.kind == ChannelEvent::Kind::identity && !event.target_id.empty();
  const std::string& named = renamed ? event.target_id : event.thread;
  // A status belongs to its message's conversation, whoever has the recipient's number by now, and
  // by whichever id the provider names who got a private reply.
  if (event.kind == ChannelEvent::Kind::status)
    if (const auto owner = by_message(event)) return {*owner, {}};
  if (!conversation::has_aliases(account_.row.type()))
    return {conversation::conversation_id(account_.channel, named), {}};
  const auto key = services_.vault.workspace_key(account_.workspace);
  if (!key) throw std::runtime_error("workspace key: " + key.error().detail);
  const std::string user_id = renamed ? std::string() : conversation::user_id_of(event);
  std::vector<std::string> places;
  std::optional<Id> found;
  std::string person;
  for (const auto& name : conversation::names_of(event)) {
    const auto place =
        conversation::identity_key(**key, account_.workspace, account_.channel, name);
    const bool may_change_hands = !found && !user_id.empty() && name != user_id;
    const auto link = link_of(place, may_change_hands ? (*key)->mac(user_id) : std::string());
    const bool ended = link && link->ended_ms() != 0;
    if (ended && !renamed && event.at > link->ended_ms()) {
      if (name == named) person = conversation::later_owner(name, link->ended_ms());
      continue;
    }
    if (!ended || (renamed && event.at > link->ended_ms())) places.push_back(place);
    if (link && !found) found = Id::from_view(link->conversation());
  }
  if (!found && !person.empty()) found = by_message(event);
  if (found) person.clear();
  const Id owner = found.value_or(
      conversation::conversation_id(account_.channel, person.empty() ? named : person));
  remember(event, owner, renamed, places, **key);
  return {owner, person};
}

// The identity rows may not be on disk yet when the next event arrives.
void EventOwners::remember(const ChannelEvent& event, const Id& owner, bool renamed,
                           const std::vector<std::string>& places, const storage::DataKey& key) {
  record::IdentityLink link;
  link.set_conversation(std::string(owner.view()));
  for (const auto& place : places) recent_.put(place, link);
  if (!renamed || !conversation::is_number(event.target_id)) return;
  link.set_ended_ms(event.at);
  const auto target =
      conversation::identity_key(key, account_.workspace, account_.channel, event.target_id);
  if (std::find(places.begin(), places.end(), target) != places.end()) recent_.put(target, link);
}

}  // namespace aura
