#include "actors/tree/actor_path.h"

#include "storage/keys.h"

namespace aura::actor_path {

Step first(std::string_view rest) {
  Step step;
  const auto slash = rest.find('/');
  step.folder = rest.substr(0, slash);
  step.last = true;
  if (slash == std::string_view::npos) return step;
  rest.remove_prefix(slash + 1);
  const auto end = rest.find('/');
  step.name = rest.substr(0, end);
  step.last = end == std::string_view::npos;
  return step;
}

std::string partition(const Id& workspace) {
  return "/engine/partitions/" + std::to_string(storage::keys::partition_of(workspace));
}

std::string workspace(const Id& workspace) {
  return partition(workspace) + "/workspaces/" + format_id(IdType::workspace, workspace);
}

std::string conversation(const Id& ws, const Id& conversation) {
  return workspace(ws) + "/conversations/" + format_id(IdType::conversation, conversation);
}

std::string connection(const Id& ws, const Id& channel) {
  return workspace(ws) + "/connections/" + format_id(IdType::channel, channel);
}

std::optional<Named> parse(std::string_view path) {
  constexpr std::string_view kFolder = "/workspaces/";
  const auto at = path.find(kFolder);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = path.substr(at + kFolder.size());
  const auto slash = rest.find('/');
  const auto id = parse_id(IdType::workspace, rest.substr(0, slash));
  if (!id || !path.starts_with(workspace(*id))) return std::nullopt;
  Named named;
  named.workspace = *id;
  named.exact = slash == std::string_view::npos;
  if (named.exact) return named;
  const Step step = first(rest.substr(slash + 1));
  const auto conversation = parse_id(IdType::conversation, step.name);
  const auto channel = parse_id(IdType::channel, step.name);
  if (step.folder == "conversations" && conversation) named.conversation = *conversation;
  if (step.folder == "connections" && channel) named.channel = *channel;
  named.exact = step.last && (!named.conversation.empty() || !named.channel.empty());
  return named;
}

}  // namespace aura::actor_path
