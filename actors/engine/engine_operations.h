// The Operations port: what operators see and steer. Reads the directory's cards and the dead
// letters' rows; steering goes to the owning supervisors and into the audit log. Made by the
// application, outlives the network layer's use of it. Any thread may call.
#pragma once

#include "actors/engine/engine_host.h"
#include "actors/services.h"

namespace aura {

class EngineOperations final : public Operations {
 public:
  // `storage_writable` tells whether commits are taken now.
  EngineOperations(Services& services, EngineHost& host, std::function<bool()> storage_writable);

  Health health() const override;
  std::vector<ActorView> actors(const ActorQuery& query) const override;
  void control(std::string path, bool restart, Reply<std::monostate> reply) override;
  void audit(Page page, Reply<List<api::AuditEntry>> reply) override;
  void dead_letters(Page page, Reply<List<api::DeadLetter>> reply) override;
  void retry_dead_letter(std::string id, Reply<std::monostate> reply) override;
  void delete_dead_letter(std::string id, Reply<std::monostate> reply) override;

 private:
  void run(Reply<std::monostate> reply, std::function<void(Reply<std::monostate>)> work);
  void retry_now(const std::string& id, Reply<std::monostate> reply);

  Services& services_;
  EngineHost& host_;
  const std::function<bool()> storage_writable_;
};

}  // namespace aura
