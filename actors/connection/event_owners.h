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
  Owner of(const ChannelEvent& event);
  void clear() { recent_ = {}; }

 private:
  std::optional<record::IdentityLink> link_of(const std::string& place,
                                              const std::string& user_id) const;
  std::optional<Id> by_message(const ChannelEvent& event) const;
  void remember(const ChannelEvent& event, const Id& owner, bool renamed,
                const std::vector<std::string>& places, const storage::DataKey& key);

  Services& services_;
  const Account& account_;
  conversation::RecentOwners recent_;
};

}  // namespace aura
