#include "actors/conversation/identities.h"

#include <algorithm>

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

// What an id is called if the event does not say.
const char* kind_of(api::ChannelType type) {
  switch (type) {
    case api::CHANNEL_TYPE_MESSENGER:
      return "psid";
    case api::CHANNEL_TYPE_INSTAGRAM:
      return "igsid";
    case api::CHANNEL_TYPE_WHATSAPP:
      return "wa_id";
    case api::CHANNEL_TYPE_SMS:
      return "phone";
    default:
      return "visitor";
  }
}

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

bool add_identities(record::ContactBody& body, const Place& place, api::ChannelType type,
                    const std::string& thread, const std::vector<ContactIdentity>& identities) {
  const auto named = std::find_if(identities.begin(), identities.end(),
                                  [&](const auto& one) { return one.value == thread; });
  bool added = add(body, place, type,
                   named == identities.end() ? ContactIdentity{kind_of(type), thread} : *named);
  for (const auto& identity : identities) added = add(body, place, type, identity) || added;
  return added;
}

bool tell_name(record::ContactBody& body, const std::string& name) {
  if (body.has_name() && (!body.name_told() || body.name() == name)) return false;
  body.set_name(name);
  body.set_name_told(true);
  return true;
}

void put_links(const std::string& thread, const std::vector<ContactIdentity>& identities,
               const Place& place, const storage::DataKey& key, storage::Commit& commit) {
  const std::string user_id = user_id_among(identities);
  const auto put = [&](const std::string& id, bool is_number) {
    record::IdentityLink link;
    link.set_conversation(std::string(place.conversation.view()));
    if (is_number && !user_id.empty()) link.set_seen_with(key.mac(user_id));
    commit.put(Family::identity, identity_key(key, place.workspace, place.channel, id),
               link.SerializeAsString());
  };
  const bool named = std::any_of(identities.begin(), identities.end(),
                                 [&](const auto& one) { return one.value == thread; });
  if (!named) put(thread, false);
  for (const auto& identity : identities)
    if (leads(identity.kind) && !identity.value.empty())
      put(identity.value, identity.kind == kNumber);
}

void erase_links(const record::ContactBody& body, const Place& place, const storage::DataKey& key,
                 storage::Commit& commit) {
  for (const auto& identity : body.identities())
    commit.erase(Family::identity,
                 identity_key(key, place.workspace, place.channel, identity.external_id()));
}

std::optional<Id> RecentOwners::find(const std::string& key) const {
  for (const auto* known : {&now_, &before_})
    if (const auto it = known->find(key); it != known->end()) return it->second;
  return std::nullopt;
}

void RecentOwners::put(const std::string& key, const Id& conversation) {
  if (now_.size() >= kRemembered) {
    before_ = std::move(now_);
    now_.clear();
  }
  now_[key] = conversation;
}

}  // namespace aura::conversation
