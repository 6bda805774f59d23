// Implements the Operations port. Reads the directory's cards and stored rows on a read thread;
// orders are first written to the audit log, then go down the tree to the owning supervisors.
// Created by the application, outlives the network layer. Any thread may call.
#pragma once

#include "actors/answered_read.h"
#include "actors/engine/engine_host.h"
#include "actors/services.h"
#include "runtime/ports/operations.h"

namespace aura {

// Facts supplied by the application.
struct EngineSources {
  std::function<bool()> storage_writable;  // commits are accepted now
  std::function<api::StorageUse()> storage_use;
  std::string version, build;
  std::vector<std::pair<std::string, std::string>> settings;  // secrets masked
};

struct Moment;

class EngineOperations final : public Operations {
 public:
  EngineOperations(Services& services, EngineHost& host, StoredQueries& queries,
                   EngineSources sources);

  Health health() const override;
  void actors(ActorQuery query, Reply<api::ActorList> reply) override;
  void actor(ActorQuery query, Reply<api::ActorDetail> reply) override;
  void control(ActorOrder order, Reply<std::monostate> reply) override;
  std::unique_ptr<Subscription> trace(
      const std::string& path, std::function<bool(const api::TraceEvent&)> listener) override;
  void message_trace(std::optional<Id> workspace, Id message, Unmasking unmask,
                     Reply<api::MessageTrace> reply) override;
  void connections(Page page, Reply<List<api::ConnectionHealth>> reply) override;
  void engine(Reply<api::EngineFacts> reply) override;
  void dead_letters(Page page, Reply<List<api::DeadLetter>> reply) override;
  void retry_dead_letter(std::string id, Reply<std::monostate> reply) override;
  void delete_dead_letter(std::string id, Reply<std::monostate> reply) override;
  void api_keys(Id workspace, Page page, Reply<List<api::ApiKey>> reply) override;
  void create_api_key(Id workspace, api::ApiKeyInput input, MaybeIdempotency once,
                      Reply<api::ApiKey> reply) override;
  void revoke_api_key(Id workspace, Id key, Reply<std::monostate> reply) override;
  void note(std::string action, std::string subject, Reply<std::monostate> reply) override;
  void audit(std::optional<Id> workspace, Page page, Reply<List<api::AuditEntry>> reply) override;
  void audit_heads(Reply<List<api::AuditHead>> reply) override;

 private:
  template <class T>
  void run(Reply<T> reply, std::function<void(Reply<T>)> work);

  // actor_lists.cc
  api::ActorList list(const ActorQuery& query) const;
  Result<api::ActorList> passivated(const ActorQuery& query) const;
  // nullopt: there is none, neither in memory nor stored.
  Result<std::optional<api::Actor>> actor_at(const std::string& path) const;
  api::Actor shown_fully(const ActorCard& card, const Moment& now) const;
  // object_paths.cc: the path of the actor that owns an API object, in memory or not; nothing if
  // there is none.
  Result<std::optional<std::string>> path_of(const std::string& object) const;
  void add_name(api::Actor& actor) const;

  // steering.cc
  void add_outbox(api::ActorDetail& detail) const;
  void wake_connections(const std::string& path);
  void note_in(const Id& workspace, std::string action, std::string subject, std::string detail,
               Reply<std::monostate> reply);

  Services& services_;
  EngineHost& host_;
  StoredQueries& queries_;
  const EngineSources sources_;
  const Millis started_at_;
};

// Runs a read on a read thread; refuses it if too many are waiting.
template <class T>
void EngineOperations::run(Reply<T> reply, std::function<void(Reply<T>)> work) {
  answered_read(services_.read_pool, std::move(reply), std::move(work));
}

}  // namespace aura
