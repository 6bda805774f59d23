// The engine's interface for the operator endpoint: inspect, steer and trace actors, and tell the
// story of a message. Everything is asynchronous: `reply` runs exactly once, on an engine thread.
// Any thread may call. Personal data is masked. Every change and every unmasking is in the audit
// log before it takes effect.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/ports/engine_api.h"

namespace aura {

struct ActorQuery {
  std::string path = "/engine";
  int depth = 3;
  std::string kind, workspace, state;
  std::string text;    // searched in path and last failure, case-insensitively
  std::string sort;    // mailbox, busy, restarts, processed, queue, age; else by path
  std::string object;  // an API id (cv_…, ch_…, ct_…, msg_…): only the actor that owns it
  std::string after;   // the last path of the previous page; only when sorted by path
  std::size_t limit = 200;
};
struct Health {
  bool ready = false;
  std::vector<std::string> reasons;  // why not
};

//   restart     stops and starts again from stored state (with all actors below)
//   passivate   idle conversations leave memory
//   pause       new commands are held until resume; started work continues, sends do not (of no
//               actor below, either)
//   drain       finishes started work, then stays stopped; new commands are held until resume
//   quarantine  finishes started work, then stays stopped; new commands are refused until release.
//               Events for a conversation then become dead letters, which can be retried; events
//               for any other actor wait in the journal
enum class ActorAction { restart, passivate, pause, resume, drain, quarantine, release };
struct ActorOrder {
  std::string path;
  ActorAction action = ActorAction::restart;
};
inline constexpr std::array<std::string_view, 7> kActorActions = {
    "restart", "passivate", "pause", "resume", "drain", "quarantine", "release"};
inline std::string_view to_string(ActorAction action) {
  return kActorActions[static_cast<std::size_t>(action)];
}
inline std::optional<ActorAction> parse_action(std::string_view name) {
  for (std::size_t i = 0; i < kActorActions.size(); ++i)
    if (kActorActions[i] == name) return static_cast<ActorAction>(i);
  return std::nullopt;
}

// The reason given to see personal data; empty: masked.
struct Unmasking {
  std::string reason;
};

// Consistent copies of all stored data, for backups.
class Checkpoints {
 public:
  virtual ~Checkpoints() = default;
  // Makes a checkpoint, replaces the previous one and replies with its folder. One at a time, else
  // Errc::conflict.
  virtual void checkpoint(Reply<std::string> reply) = 0;
};

class Operations {
 public:
  virtual ~Operations() = default;
  virtual Health health() const = 0;
  virtual void actors(ActorQuery query, Reply<api::ActorList> reply) = 0;
  virtual void actor(ActorQuery query, Reply<api::ActorDetail> reply) = 0;
  virtual void control(ActorOrder order, Reply<std::monostate> reply) = 0;
  // Trace events from now until the Subscription is dropped; null if there is no such actor. The
  // listener runs on engine threads and must be short; returning false ends the trace.
  virtual std::unique_ptr<Subscription> trace(
      const std::string& path, std::function<bool(const api::TraceEvent&)> listener) = 0;
  // Searches all workspaces if none is given.
  virtual void message_trace(std::optional<Id> workspace, Id message, Unmasking unmask,
                             Reply<api::MessageTrace> reply) = 0;
  virtual void connections(Page page, Reply<List<api::ConnectionHealth>> reply) = 0;
  virtual void engine(Reply<api::EngineFacts> reply) = 0;
  virtual void dead_letters(Page page, Reply<List<api::DeadLetter>> reply) = 0;
  virtual void retry_dead_letter(std::string id, Reply<std::monostate> reply) = 0;
  virtual void delete_dead_letter(std::string id, Reply<std::monostate> reply) = 0;
  virtual void api_keys(Id workspace, Page page, Reply<List<api::ApiKey>> reply) = 0;
  // The answer shows the key, once.
  virtual void create_api_key(Id workspace, api::ApiKeyInput input, MaybeIdempotency once,
                              Reply<api::ApiKey> reply) = 0;
  // From the answer on, the key opens nothing.
  virtual void revoke_api_key(Id workspace, Id key, Reply<std::monostate> reply) = 0;
  // Adds an entry to the operator's audit log.
  virtual void note(std::string action, std::string subject, Reply<std::monostate> reply) = 0;
  // A workspace's chain, or the operator's chain (no workspace); oldest first.
  virtual void audit(std::optional<Id> workspace, Page page,
                     Reply<List<api::AuditEntry>> reply) = 0;
  virtual void audit_heads(Reply<List<api::AuditHead>> reply) = 0;  // signed, one per chain
};

}  // namespace aura
