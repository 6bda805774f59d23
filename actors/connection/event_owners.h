// Which conversation an event of a channel belongs to: where a person has several ids, the one that
// an id's row leads to, else the one that its id makes. Reads only; what cannot be read is thrown,
// so that the connection begins anew. Owned by the connection's deliveries; used on its actor.
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
