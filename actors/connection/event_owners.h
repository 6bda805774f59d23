// Finds the conversation of an event: in channels where a person has several ids, by the identity
// row of an id, otherwise by deriving the conversation id from the contact id. Reads only; a failed
// read throws, which restarts the connection. Owned by `Deliveries`; used on the connection actor.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actors/connection/account.h"
#include "actors/conversation/identities.h"
#include "actors/services.h"

namespace aura {

class EventOwners {
 public:
  struct Owner {
    Id conversation;
    std::string person;  // ChannelEvent::person
  };
  EventOwners(Services& services, const Account& account)
      : services_(services), account_(account) {}
  // No conversation: the event names neither a person nor a message that is known (yet).
  Owner of(const ChannelEvent& event);
  // Numbers in an event that are not its person's, although they came with its user id: another
  // person's, or lost to one since.
  struct OthersNumber {
    std::string number;
    Id owner;            // the conversation that has it
    bool taken = false;  // by the event's person, who was seen with it later than the owner
  };
  std::vector<OthersNumber> numbers_of_others(const ChannelEvent& event) const;
  // The event gives a person an id that leads to another conversation already, perhaps one whose
  // rows are not on disk yet.
  bool joins(const ChannelEvent& event) const;
  // A contact is stored under one of the event's ids.
  bool has_contact(const ChannelEvent& event) const;
  void clear() { recent_ = {}; }

 private:
  enum class Leads {
    nowhere,    // not seen before
    to_owner,   // to the person's conversation
    to_former,  // the same: the person gave the id up after the event
    given_up,   // the person gave the id up before the event
  };
  // An id of the event's person, with its identity row.
  struct Seen {
    std::string id;
    std::string row_key;
    std::optional<record::IdentityLink> link;
    Leads leads = Leads::nowhere;
  };
  storage::DataKeyPtr workspace_key() const;
  std::vector<Seen> ids_of(const ChannelEvent& event, const storage::DataKey& key) const;
  std::optional<record::IdentityLink> link_of(const std::string& row_key,
                                              const std::string& user_id) const;
  std::optional<record::IdentityLink> stored_or_recent(const std::string& row_key) const;
  std::optional<Id> owner_by_message(const ChannelEvent& event) const;
  std::optional<Id> owner_by_ids(const ChannelEvent& event, const std::vector<Seen>& ids) const;
  Owner owner_by_name(const ChannelEvent& event, const std::vector<Seen>& ids) const;
  bool joins_recent(const ChannelEvent& event) const;
  // The id is the person's now, and its conversation is another one.
  static bool leads_elsewhere(const Seen& seen, const Id& owner);
  void remember(const ChannelEvent& event, const Id& owner, const std::vector<Seen>& ids);

  Services& services_;
  const Account& account_;
  conversation::RecentOwners recent_;
};

// The event without these numbers of its person.
ChannelEvent without(ChannelEvent event, const std::vector<EventOwners::OthersNumber>& numbers);
// What the former owner is told of a number that has passed to the person of `to`.
ChannelEvent number_lost(const ChannelEvent& to, const std::string& number);

}  // namespace aura
