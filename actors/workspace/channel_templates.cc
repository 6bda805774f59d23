// The message templates of a channel, as last reported by its provider. A list replaces the stored
// templates, except that recent events override it (a list may lag behind events).
#include <utility>

#include "actors/workspace/workspace_actor.h"
#include "config/limits.h"
#include "runtime/in_ms.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

void put_template(const std::string& at, const api::Template& one, storage::Commit& commit) {
  record::Template stored;
  *stored.mutable_template_() = one;
  commit.put(Family::message_template, at, stored.SerializeAsString());
}

void correct(const api::Template& told, api::Template& one) {
  if (!told.status().empty()) one.set_status(told.status());
  if (!told.category().empty()) one.set_category(told.category());
}

// A template known only from an event, with unknown components.
api::Template unlisted(api::Template told) {
  told.mutable_components()->set_json("[]");
  return told;
}

}  // namespace

Result<void> WorkspaceActor::note_template(const NoteAccount& command, const api::Channel& channel,
                                           storage::Commit& commit) {
  const auto& said = command.event.account->of_template;
  const Millis at = command.event.at;
  if (!said || at <= channel.templates_synced_at() - in_ms(limits::kTemplateListLag)) return {};
  const std::string key =
      keys::template_(workspace_, command.channel, said->name(), said->language());
  const auto before =
      storage::read<record::Template>(services_.reader, Family::message_template, key);
  if (!before) return tl::unexpected(before.error());
  std::erase_if(told_templates_, [&](const auto& one) {
    return one.second.at <= now() - in_ms(limits::kTemplateListLag);
  });
  ToldTemplate& told = told_templates_[key];
  if (at < told.at) return {};
  told.at = at;
  if (told.told.name().empty()) told.told = *said;
  correct(*said, told.told);
  api::Template one = *before ? (*before)->template_() : unlisted(*said);
  correct(*said, one);
  if (!one.status().empty()) put_template(key, one, commit);
  return {};
}

void WorkspaceActor::handle(StoreTemplates& command) {
  auto row = load_channel(command.channel);
  if (!row) return;  // deleted meanwhile
  storage::Commit commit;
  commit.mutations.push_back({storage::Mutation::Op::erase_prefix,
                              Family::message_template,
                              keys::templates_of(workspace_, command.channel),
                              {}});
  const Millis current = command.read_at - in_ms(limits::kTemplateListLag);
  const std::string all = keys::templates_of(workspace_, command.channel);
  auto untold = told_templates_;
  std::erase_if(untold, [&](const auto& one) {
    return one.second.at <= current || !one.first.starts_with(all);
  });
  for (auto& one : command.templates) {
    const std::string at = keys::template_(workspace_, command.channel, one.name(), one.language());
    if (const auto told = untold.extract(at); !told.empty()) correct(told.mapped().told, one);
    put_template(at, one, commit);
  }
  for (const auto& [at, later] : untold) {  // not in the list (any more)
    if (!later.told.status().empty()) put_template(at, unlisted(later.told), commit);
  }
  row->mutable_channel()->set_templates_synced_at(command.read_at);
  store_channel(command.channel, *row, std::move(commit), [](Errc) {});
}

}  // namespace aura
