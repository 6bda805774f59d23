// The workspace actor: supervises its connections, conversations, agent, catalog and media actors,
// routes their commands, and owns the rows of the workspace, its channels and merges. Owned by its
// partition actor; restarted from the rows.
#pragma once

#include <deque>
#include <map>
#include <unordered_set>

#include "actors/tree/children.h"
#include "actors/tree/core_actor.h"
#include "actors/workspace/agent_index.h"

namespace aura {

class WorkspaceActor final : public CoreActor {
 public:
  WorkspaceActor(caf::actor_config& config, Services& services, ActorCardPtr card, Id workspace);
  caf::behavior make_behavior() override;

 protected:
  // inspection.cc
  void describe(Facts& facts, api::ActorDetail& detail) const override;
  void pass_down(OperatorOrder& order, std::string_view rest) override;
  void passivate_below() override;
  void on_resumed() override { connections_.tell_resumed(); }

 private:
  void load();
  void sweep();
  caf::actor spawn_service(const std::string& name, const ActorCardPtr& card);
  caf::actor spawn_conversation(const Id& conversation, const ActorCardPtr& card);

  // Writes are handled one after another, each based on the result of the previous one.
  void run_writes();
  void write(storage::Commit commit, AfterCommit then);
  void stop_when_empty();
  void on_child_down(const caf::down_msg& down);
  void unclaim(const ToConnection& envelope);

  // workspace.cc
  void handle(CreateWorkspace& command);
  void create_again(const CreateWorkspace& command) const;
  void handle(UpdateWorkspace& command);
  void handle(CatalogCommand& command);
  void handle(MediaCommand& command);
  void handle(MergeContacts& command);   // contacts.cc
  void handle(RememberAnswer& command);  // answers.cc
  void handle(ProposeTurn& command);

  // channels.cc, channel_health.cc
  void handle(CreateChannel& command);
  void handle(UpdateChannel& command);
  void handle(DeleteChannel& command);
  void handle(RevokeChannel& command);
  std::optional<ProviderCall> leave_of(const record::Channel& row) const;
  void leave_provider(const record::Channel& left);
  void handle(SetChannelStatus& command);
  void handle(SetChannelToken& command);
  void handle(StoreTemplates& command);  // channel_templates.cc
  Result<void> note_template(const NoteAccount& command, const api::Channel& channel,
                             storage::Commit& commit);
  void handle(NoteAccount& command);
  Result<record::Channel> load_channel(const Id& channel) const;
  Result<void> connect(api::Channel& channel, const api::Credentials& credentials);
  Result<void> change_credentials(const api::ChannelInput& input, api::Channel& channel,
                                  api::Credentials& kept);
  bool probed(UpdateChannel& command, const api::Channel& channel,
              const api::Credentials& credentials);
  void store_channel(const Id& id, record::Channel row, storage::Commit commit,
                     std::function<void(Errc)> then);

  const Id workspace_;
  api::Workspace info_;  // the workspace's row
  const AgentIndexPtr index_ = std::make_shared<AgentIndex>();
  Children<Id> conversations_;
  Children<Id> connections_;
  Children<std::string> parts_;  // "agent", "catalog", "media"
  std::deque<WorkspaceCommand> writes_;
  bool writing_ = false;
  bool stopping_ = false;
  bool sweeping_ = false;           // a sweep is scheduled while there are conversations
  std::unordered_set<Id> drained_;  // stopped connections during shutdown
  // Recent template changes from events, by the template's key: they override a list that lags
  // behind.
  struct ToldTemplate {
    Millis at = 0;
    api::Template told;
  };
  std::map<std::string, ToldTemplate> told_templates_;
};

}  // namespace aura
