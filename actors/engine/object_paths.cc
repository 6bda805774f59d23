// Which actor owns an object of the API. The ids do not name their workspace, so each workspace is
// asked for the object's row.
#include "actors/conversation/message_owner.h"
#include "actors/engine/engine_operations.h"
#include "actors/queries/stored_queries.h"
#include "actors/tree/actor_path.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

Result<std::optional<std::string>> EngineOperations::path_of(const std::string& object) const {
  const auto conversation = parse_id(IdType::conversation, object);
  const auto channel = parse_id(IdType::channel, object);
  const auto contact = parse_id(IdType::contact, object);
  const auto message = parse_id(IdType::message, object);
  std::optional<std::string> path;
  std::optional<Error> unread;  // a failing disk must not look like a thing that is not there
  const auto visit = [&](std::string_view key, std::string_view) {
    const auto tail = keys::split(key);
    if (!tail) return true;
    const Id& ws = tail->workspace;
    const auto exists = [&](Family family, const std::string& at) {
      const auto row = services_.reader.get(family, at);
      if (!row) unread = row.error();
      return row && *row;
    };
    if (conversation && exists(Family::conversation, keys::conversation(ws, *conversation)))
      path = actor_path::conversation(ws, *conversation);
    if (channel && exists(Family::channel, keys::channel(ws, *channel)))
      path = actor_path::connection(ws, *channel);
    if (contact) {
      const auto owner = queries_.contact_owner(ws, *contact);
      if (owner) path = actor_path::conversation(ws, *owner);
      if (!owner && owner.error().code != Errc::not_found) unread = owner.error();
    }
    if (message) {
      const auto owner = conversation::owner_of_message(services_.reader, ws, *message);
      if (!owner) unread = owner.error();
      if (owner && *owner) path = actor_path::conversation(ws, **owner);
    }
    return !path && !unread;
  };
  if (const auto ws = parse_id(IdType::workspace, object)) return actor_path::workspace(*ws);
  if (auto read = services_.reader.for_each(Family::workspace, {}, visit); !read)
    return tl::unexpected(read.error());
  if (unread) return tl::unexpected(*unread);
  return path;
}

// People know workspaces and connections by their names. A row that cannot be read leaves the id.
void EngineOperations::add_name(api::Actor& actor) const {
  const auto named = actor_path::parse(actor.path());
  if (!named || !named->exact || !named->conversation.empty()) return;
  const Id& ws = named->workspace;
  if (named->channel.empty()) {
    const auto row =
        storage::read<record::Workspace>(services_.reader, Family::workspace, keys::workspace(ws));
    if (row && *row) actor.set_name((*row)->workspace().name());
    return;
  }
  const auto row = storage::read<record::Channel>(services_.reader, Family::channel,
                                                  keys::channel(ws, named->channel));
  if (!row || !*row) return;
  actor.set_name((*row)->channel().name());
  actor.set_channel_type((*row)->channel().type());
}

}  // namespace aura
