// The workspace's catalog and knowledge: items and documents, held in memory, each change one
// commit. After a change the workspace's agent is given a new snapshot before the change is
// confirmed. Owned by its workspace actor; restarted from the rows.
#pragma once

#include <deque>
#include <map>

#include "actors/core_actor.h"
#include "actors/workspace/agent_index.h"

namespace aura {

class CatalogActor final : public CoreActor {
 public:
  CatalogActor(caf::actor_config& config, Services& services, ActorCardPtr card, Id workspace,
               caf::actor parent, AgentIndexPtr index);
  caf::behavior make_behavior() override;
  void on_exit() override { waiting_.clear(); }

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;  // workspace/inspection.cc

 private:
  void load();
  void on_loaded(CatalogLoaded& loaded);
  void run_next();
  void handle(CreateItem& command);
  void handle(UpdateItem& command);
  void handle(DeleteItem& command);
  void handle(CreateDocument& command);
  void handle(UpdateDocument& command);
  void handle(DeleteDocument& command);
  void publish();

  template <class T>
  void store(storage::Commit commit, OnceReply<T> reply, T answer, std::function<void()> apply);
  storage::Commit audited(const std::string& action, const std::string& subject) const;

  const Id workspace_;
  const caf::actor parent_;
  const AgentIndexPtr index_;
  std::uint64_t version_ = 0;  // of the catalog as the index knows it
  bool loaded_ = false;
  bool committing_ = false;
  std::deque<CatalogCommand> waiting_;
  std::map<Id, api::Item> items_;
  std::map<Id, api::Document> documents_;
};

}  // namespace aura
