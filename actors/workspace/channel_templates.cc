// The message templates of a channel, as its provider told them last: they replace those before.
#include <utility>

#include "actors/workspace/workspace_actor.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

void WorkspaceActor::handle(StoreTemplates& command) {
  auto row = load_channel(command.channel);
  if (!row) return;  // deleted meanwhile
  storage::Commit commit;
  commit.mutations.push_back({storage::Mutation::Op::erase_prefix,
                              Family::message_template,
                              keys::templates_of(workspace_, command.channel),
                              {}});
  for (auto& one : command.templates) {
    record::Template stored;
    std::string at = keys::template_(workspace_, command.channel, one.name(), one.language());
    *stored.mutable_template_() = std::move(one);
    commit.put(Family::message_template, std::move(at), stored.SerializeAsString());
  }
  row->mutable_channel()->set_templates_synced_at(command.read_at);
  store_channel(command.channel, *row, std::move(commit), [](Errc) {});
}

}  // namespace aura
