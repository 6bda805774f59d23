#include "actors/conversation/identities.h"

#include <algorithm>
#include <iterator>

#include "actors/or_throw.h"
#include "storage/keys.h"

namespace aura::conversation {
namespace {

using storage::Family;
constexpr std::size_t kRemembered = 4096;
constexpr std::string_view kUserId = "bsuid";
constexpr std::string_view kNumber = "wa_id";

bool leads(std::string_view kind) { return kind != "username"; }

std::string user_id_among(const std::vector<ContactIdentity>& identities) {
  for (const auto& identity : identities)
    if (identity.kind == kUserId) return identity.value;
  return {};
}

// The kind of an id if the event does not name it.
std::string kind_of(api::ChannelType type, const std::string& id) {
  const bool is_group = id.starts_with("group:");
  switch (type) {
    case api::CHANNEL_TYPE_MESSENGER:
      return "psid";
    case api::CHANNEL_TYPE_INSTAGRAM:
      return "igsid";
    case api::CHANNEL_TYPE_WHATSAPP:
      return std::string(is_group || is_number(id) ? kNumber : kUserId);
    case api::CHANNEL_TYPE_SMS:
      return "phone";
    default:
      return "visitor";
  }
}

// True: it was not known.
bool add(record::ContactBody& body, const Place& place, api::ChannelType type,
         const ContactIdentity& identity) {
  const std::string channel = format_id(IdType::channel, place.channel);
  for (const auto& known : body.identities())
    if (known.channel_id() == channel && known.external_id() == identity.value) return false;
  if (identity.value.empty()) return false;
  auto& added = *body.add_identities();
  added.set_channel_type(type);
  added.set_channel_id(channel);
  added.set_external_id(identity.value);
  added.set_kind(identity.kind);
  return true;
}

}  // namespace

bool has_aliases(api::ChannelType type) { return type == api::CHANNEL_TYPE_WHATSAPP; }

std::string identity_key(const storage::DataKey& key, const Id& workspace, const Id& channel,
                         std::string_view id) {
  return storage::keys::identity(workspace, channel, key.mac(id));
}

std::vector<std::string> names_of(const ChannelEvent& event) {
  std::vector<std::string> names;
  const auto add_name = [&](const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  };
  if (event.kind == ChannelEvent::Kind::identity) add_name(event.target_id);
  add_name(event.thread);
  for (const auto& identity : event.identities)
    if (leads(identity.kind)) add_name(identity.value);
  return names;
}

std::string user_id_of(const ChannelEvent& event) { return user_id_among(event.identities); }

void add_identities(record::ContactBody& body, const Place& place, api::ChannelType type,
                    const std::string& thread, const std::vector<ContactIdentity>& identities) {
  const auto named = std::find_if(identities.begin(), identities.end(),
                                  [&](const auto& one) { return one.value == thread; });
  add(body, place, type,
      named == identities.end() ? ContactIdentity{kind_of(type, thread), thread} : *named);
  for (const auto& identity : identities) {
    const bool added = add(body, place, type, identity);
    if (added && identity.kind == "email" && !body.has_email()) body.set_email(identity.value);
  }
}

bool tell_name(record::ContactBody& body, const std::string& name, bool in_book) {
  const bool same = body.name() == name && body.name_in_book() == in_book;
  const bool owners = !body.name_told() || (body.name_in_book() && !in_book);
  if (body.has_name() && (owners || same)) return false;
  body.set_name(name);
  body.set_name_told(true);
  body.set_name_in_book(in_book);
  return true;
}

void take_name(record::ContactBody& body, const record::ContactBody& other, bool newer) {
  const auto rank = [](const record::ContactBody& of) {
    if (!of.has_name()) return 0;
    return !of.name_told() ? 3 : of.name_in_book() ? 2 : 1;
  };
  const bool of_profile = rank(other) == 1;
  if (rank(other) < rank(body) || (rank(other) == rank(body) && !(of_profile && newer))) return;
  body.set_name(other.name());
  body.set_name_told(other.name_told());
  body.set_name_in_book(other.name_in_book());
}

bool is_number(std::string_view id) {
  return !id.empty() &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string later_owner(std::string_view number, Millis ended) {
  return std::string(number) + "@" + std::to_string(ended);
}

void give_up(record::ContactBody& body, const GivenUp& given_up,
             const std::vector<ContactIdentity>& identities) {
  auto& gone = *body.mutable_given_up();
  for (const auto& identity : identities)  // belongs to the contact again
    gone.erase(std::remove(gone.begin(), gone.end(), identity.value), gone.end());
  auto& known = *body.mutable_identities();
  known.erase(std::remove_if(known.begin(), known.end(),
                             [&](const auto& one) {
                               return one.kind() == kNumber && one.external_id() == given_up.number;
                             }),
              known.end());
  if (!given_up.lost && is_number(given_up.number) &&
      std::find(gone.begin(), gone.end(), given_up.number) == gone.end())
    *gone.Add() = given_up.number;
}

std::vector<ContactIdentity> not_given_up(const record::ContactBody& body,
                                          const std::vector<ContactIdentity>& identities) {
  std::vector<ContactIdentity> out;
  const auto& gone = body.given_up();
  std::copy_if(identities.begin(), identities.end(), std::back_inserter(out), [&](const auto& one) {
    return std::find(gone.begin(), gone.end(), one.value) == gone.end();
  });
  return out;
}

std::string Links::row_key(std::string_view id) const {
  return identity_key(key_, place_.workspace, place_.channel, id);
}

std::optional<record::IdentityLink> Links::stored(std::string_view id) const {
  const auto row = or_throw(reader_.get(Family::identity, row_key(id)), "identity");
  record::IdentityLink link;
  if (!row || !link.ParseFromString(*row)) return std::nullopt;
  return link;
}

// Whether this conversation belongs to the number's later owner: the number's row belongs to the
// previous owner then.
bool Links::is_of_other(std::string_view id) const {
  const auto link = stored(id);
  return link && link->ended_ms() != 0 &&
         conversation_id(place_.channel, later_owner(id, link->ended_ms())) == place_.conversation;
}

std::optional<Id> Links::elsewhere(const std::vector<ContactIdentity>& identities) const {
  const std::string user_id = user_id_among(identities);
  for (const auto& identity : identities) {
    const auto link = leads(identity.kind) ? stored(identity.value) : std::nullopt;
    if (!link || link->ended_ms() != 0 || link->conversation() == place_.conversation.view())
      continue;
    const bool of_another = identity.kind == kNumber && !user_id.empty() &&
                            !link->seen_with().empty() && link->seen_with() != key_.mac(user_id);
    if (!of_another) return Id::from_view(link->conversation());
  }
  return std::nullopt;
}

void Links::take(const Id& conversation, const record::ContactBody& body,
                 storage::Commit& commit) const {
  for (const auto& identity : body.identities()) {
    auto link = stored(identity.external_id());
    if (!link || link->ended_ms() != 0 || link->conversation() != conversation.view()) continue;
    link->set_conversation(std::string(place_.conversation.view()));
    commit.put(Family::identity, row_key(identity.external_id()), link->SerializeAsString());
  }
}

// A number that comes alone keeps the user id it was seen with.
void Links::put(const std::string& thread, const std::vector<ContactIdentity>& identities,
                Millis at, storage::Commit& commit) const {
  const std::string user_id = user_id_among(identities);
  const auto put_one = [&](const std::string& id, bool is_number) {
    if (is_of_other(id)) return;
    record::IdentityLink link;
    const auto known = is_number ? stored(id) : std::nullopt;
    if (known && known->ended_ms() == 0 && known->conversation() == place_.conversation.view())
      link = *known;
    link.set_conversation(std::string(place_.conversation.view()));
    if (is_number && !user_id.empty()) {
      link.set_seen_with(key_.mac(user_id));
      link.set_seen_ms(std::max<Millis>(link.seen_ms(), at));
    }
    commit.put(Family::identity, row_key(id), link.SerializeAsString());
  };
  const bool named = std::any_of(identities.begin(), identities.end(),
                                 [&](const auto& one) { return one.value == thread; });
  if (!named && !stored(thread)) put_one(thread, false);
  for (const auto& identity : identities)
    if (leads(identity.kind) && !identity.value.empty())
      put_one(identity.value, identity.kind == kNumber);
}

std::vector<ContactIdentity> Links::of_recipient(const record::ContactBody& body,
                                                 const std::vector<ContactIdentity>& told) const {
  const std::string user_id = user_id_among(told);
  const bool other_person =
      !user_id.empty() &&
      std::any_of(body.identities().begin(), body.identities().end(), [&](const auto& known) {
        return known.kind() == kUserId && known.external_id() != user_id;
      });
  const bool taken = std::any_of(told.begin(), told.end(), [&](const ContactIdentity& one) {
    const auto link = leads(one.kind) ? stored(one.value) : std::nullopt;
    return link && (link->ended_ms() != 0 || link->conversation() != place_.conversation.view());
  });
  return other_person || taken ? std::vector<ContactIdentity>() : told;
}

void Links::end(const GivenUp& given_up, const std::optional<Joined>& joined,
                storage::Commit& commit) const {
  if (!is_number(given_up.number)) return;
  auto link = stored(given_up.number).value_or(record::IdentityLink());
  const std::string here(place_.conversation.view());
  const bool is_joined = joined && link.conversation() == joined->conversation.view();
  if (!link.conversation().empty() && link.conversation() != here && !is_joined)
    return;  // has a new owner
  link.set_conversation(here);
  link.set_ended_ms(std::max<Millis>(link.ended_ms(), given_up.at));  // may be told late
  commit.put(Family::identity, row_key(given_up.number), link.SerializeAsString());
}

void Links::erase(const record::ContactBody& body, storage::Commit& commit) const {
  for (const auto& identity : body.identities())
    if (!is_of_other(identity.external_id()))
      commit.erase(Family::identity, row_key(identity.external_id()));
}

std::optional<record::IdentityLink> RecentOwners::find(const std::string& key) const {
  for (const auto* known : {&now_, &before_})
    if (const auto it = known->find(key); it != known->end()) return it->second;
  return std::nullopt;
}

void RecentOwners::put(const std::string& key, const record::IdentityLink& link) {
  if (now_.size() >= kRemembered) {
    before_ = std::move(now_);
    now_.clear();
  }
  now_[key] = link;
}

}  // namespace aura::conversation
