// Writes the workspace's catalog and knowledge documents: each change is one commit and invalidates
// the agent's index before it is answered. Keeps only the numbers of rows in memory. Owned by its
// workspace actor; restarted from the rows.
#pragma once

#include <deque>

#include "actors/tree/core_actor.h"
#include "actors/workspace/agent_index.h"

namespace aura {

class CatalogActor final : public CoreActor {
 public:
  CatalogActor(caf::actor_config& config, Services& services, ActorCardPtr card, Id workspace,
               AgentIndexPtr index);
  caf::behavior make_behavior() override;
  void on_exit() override { waiting_.clear(); }

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;  // workspace/inspection.cc

 private:
  void count();
  void on_counted(const CatalogCounted& counted);
  void run_next();
  void handle(CreateItem& command);
  void handle(UpdateItem& command);
  void handle(DeleteItem& command);
  void handle(CreateDocument& command);
  void handle(UpdateDocument& command);
  void handle(DeleteDocument& command);

  template <class T>
  void store(storage::Commit commit, OnceReply<T> reply, T answer, std::function<void()> apply);
  storage::Commit audited(const std::string& action, const std::string& subject) const;

  const Id workspace_;
  const AgentIndexPtr index_;
  bool counted_ = false;
  bool committing_ = false;
  std::deque<CatalogCommand> waiting_;
  std::size_t items_ = 0, documents_ = 0;  // stored
};

}  // namespace aura
