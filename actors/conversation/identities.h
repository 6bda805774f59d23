// Maps a contact's ids to its conversation. In channels where a person has several ids (WhatsApp: a
// number, which may change, and a user id), each id has an identity row that names the
// conversation. The row key contains a keyed hash of the id, never a number. Pure over the reader.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/conversation/rows.h"

namespace aura::conversation {

// Whether a person may have several ids in a channel of this type.
bool has_aliases(api::ChannelType type);

// The row key of an id; `key` is the workspace's key.
std::string identity_key(const storage::DataKey& key, const Id& workspace, const Id& channel,
                         std::string_view id);

// The contact ids in an event, the thread's id first. Usernames are not included, because they may
// pass to other people.
std::vector<std::string> names_of(const ChannelEvent& event);
// The id that always belongs to the same person (unlike a number), or "".
std::string user_id_of(const ChannelEvent& event);

// Adds new identities to `body`, the thread's own first.
void add_identities(record::ContactBody& body, const Place& place, api::ChannelType type,
                    const std::string& thread, const std::vector<ContactIdentity>& identities);

// Stores a name reported by the provider; true if it changed. A name entered by a person of the
// business is never replaced, one from the owner's address book (`in_book`) only by another from
// it.
bool tell_name(record::ContactBody& body, const std::string& name, bool in_book = false);

// The name that counts when `other` becomes a part of the contact: what a person of the business
// entered before one from the owner's address book, that before a profile's; of profiles the newer.
void take_name(record::ContactBody& body, const record::ContactBody& other, bool newer);

// Whether the id is a phone number. Numbers may pass to other people, other ids do not.
bool is_number(std::string_view id);
// The id used for the next owner of a number that was given up at `ended`, until an id of
// their own is known.
std::string later_owner(std::string_view number, Millis ended);
// Removes the number from the contact; later events do not bring it back, unless it was lost to
// another person (events from before that come without it). Ids in `identities` count as the
// contact's own again.
void give_up(record::ContactBody& body, const GivenUp& given_up,
             const std::vector<ContactIdentity>& identities);
// The identities without those that the contact gave up; late events may still contain them.
std::vector<ContactIdentity> not_given_up(const record::ContactBody& body,
                                          const std::vector<ContactIdentity>& identities);

// The identity rows of the contact ids in an event. A number's row stores the user id that came
// with it, and when; without a user id the row matches any event with the number.
class Links {
 public:
  Links(const storage::Reader& reader, const Place& place, const storage::DataKey& key)
      : reader_(reader), place_(place), key_(key) {}
  // Another conversation of the same person that one of these ids leads to.
  std::optional<Id> elsewhere(const std::vector<ContactIdentity>& identities) const;
  // Those of the contact's ids that lead to that conversation lead to this one from now on.
  void take(const Id& conversation, const record::ContactBody& body, storage::Commit& commit) const;
  void put(const std::string& thread, const std::vector<ContactIdentity>& identities, Millis at,
           storage::Commit& commit) const;
  // The ids of whom a message of ours reached, if they say nothing else than what is known: none
  // belongs to another conversation, and the contact has no other user id.
  std::vector<ContactIdentity> of_recipient(const record::ContactBody& body,
                                            const std::vector<ContactIdentity>& told) const;
  // From now on the number leads to this conversation only for events before `given_up.at`.
  void end(const GivenUp& given_up, const std::optional<Joined>& joined,
           storage::Commit& commit) const;
  void erase(const record::ContactBody& body, storage::Commit& commit) const;

 private:
  std::string row_key(std::string_view id) const;
  std::optional<record::IdentityLink> stored(std::string_view id) const;
  bool is_of_other(std::string_view id) const;

  const storage::Reader& reader_;
  const Place& place_;
  const storage::DataKey& key_;
};

// Cache of recently assigned owners, whose rows may not be on disk yet. Bounded: the older half is
// dropped when it is full.
class RecentOwners {
 public:
  std::optional<record::IdentityLink> find(const std::string& key) const;
  void put(const std::string& key, const record::IdentityLink& link);

 private:
  std::unordered_map<std::string, record::IdentityLink> now_, before_;
};

}  // namespace aura::conversation
