// Which of a contact's ids lead to its conversation. Where a person has several ids in one channel
// (WhatsApp: a number that may change, and an id without a number), each has a row that names the
// conversation, under a keyed hash of the id: no number stands in a key. Pure over the reader.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/conversation/rows.h"

namespace aura::conversation {

// Whether a person may be named by several ids in such a channel.
bool has_aliases(api::ChannelType type);

// The row's key of an id; `key` is the workspace's.
std::string identity_key(const storage::DataKey& key, const Id& workspace, const Id& channel,
                         std::string_view id);

// The ids an event names its contact by, the one that names the thread first. A name that people
// may give up and others take (a username) is none.
std::vector<std::string> names_of(const ChannelEvent& event);
// The id that is the person's alone, or "": a number changes hands.
std::string user_id_of(const ChannelEvent& event);

// Adds the identities that are new to `body`; true if there was one. The first names the thread.
bool add_identities(record::ContactBody& body, const Place& place, api::ChannelType type,
                    const std::string& thread, const std::vector<ContactIdentity>& identities);

// The name that the provider tells; true if it is a new one. What a person of the business wrote
// stays.
bool tell_name(record::ContactBody& body, const std::string& name);

// The rows of the ids that an event names the contact by. A number's says which user id came with
// it; with none (it is new, or the id is hidden) it leads here whoever names it.
void put_links(const std::string& thread, const std::vector<ContactIdentity>& identities,
               const Place& place, const storage::DataKey& key, storage::Commit& commit);
void erase_links(const record::ContactBody& body, const Place& place, const storage::DataKey& key,
                 storage::Commit& commit);

// Owners that were told of moments ago: their rows may not be on disk yet. Bounded: of the older
// half of what it knew it forgets.
class RecentOwners {
 public:
  std::optional<Id> find(const std::string& key) const;
  void put(const std::string& key, const Id& conversation);

 private:
  std::unordered_map<std::string, Id> now_, before_;
};

}  // namespace aura::conversation
