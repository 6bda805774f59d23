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
// stays, and what stands in their address book (`in_book`) but for another that does.
bool tell_name(record::ContactBody& body, const std::string& name, bool in_book = false);

// Numbers change hands, other ids do not.
bool is_number(std::string_view id);
// Whoever has one after its owner gave it up, at `ended`, is named by this
// until they are known by an id of their own.
std::string later_owner(std::string_view number, Millis ended);
// The number is the contact's no more; and it is again if a later change of theirs says so.
bool give_up(record::ContactBody& body, const GivenUp& given_up,
             const std::vector<ContactIdentity>& identities);
// Those of the identities that the contact has not given up: what comes late names them still.
std::vector<ContactIdentity> not_given_up(const record::ContactBody& body,
                                          const std::vector<ContactIdentity>& identities);

// The rows of the ids that an event names the contact by. A number's says which user id came with
// it; with none (it is new, or the id is hidden) it leads here whoever names it.
class Links {
 public:
  Links(const storage::Reader& reader, const Place& place, const storage::DataKey& key)
      : reader_(reader), place_(place), key_(key) {}
  void put(const std::string& thread, const std::vector<ContactIdentity>& identities,
           storage::Commit& commit) const;
  // It leads here only for what was written before.
  void end(const GivenUp& given_up, storage::Commit& commit) const;
  void erase(const record::ContactBody& body, storage::Commit& commit) const;

 private:
  std::string row_key(std::string_view id) const;
  std::optional<record::IdentityLink> stored(std::string_view id) const;
  bool is_of_other(std::string_view id) const;

  const storage::Reader& reader_;
  const Place& place_;
  const storage::DataKey& key_;
};

// Owners that were told of moments ago: their rows may not be on disk yet. Bounded: of the older
// half of what it knew it forgets.
class RecentOwners {
 public:
  std::optional<record::IdentityLink> find(const std::string& key) const;
  void put(const std::string& key, const record::IdentityLink& link);

 private:
  std::unordered_map<std::string, record::IdentityLink> now_, before_;
};

}  // namespace aura::conversation
