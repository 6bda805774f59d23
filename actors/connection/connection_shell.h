// The interface through which the parts of a connection (deliveries, sends, token watch, …) use
// their actor. Implemented by the connection actor, which owns the parts and outlives them; all
// calls are made on the actor.
#pragma once

#include <caf/actor.hpp>
#include <caf/message.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "actors/connection/outbox_entry.h"
#include "actors/protocol.h"

namespace aura {

class ConnectionShell {
 public:
  using AfterCommit = std::function<void(const storage::CommitResult&)>;

  virtual caf::actor self() = 0;        // receiver of answers from other threads
  virtual Millis pace_now() const = 0;  // the clock of rates, pauses and due times
  virtual bool stopping() const = 0;    // no new work may be started
  virtual void commit(storage::Commit commit, AfterCommit then) = 0;
  virtual void tell_workspace(WorkspaceCommand command) = 0;
  virtual void tell_conversation(const Id& conversation, ConversationCommand command) = 0;
  // Sends `note` to the actor after `wait`.
  template <class Note>
  void remind(std::chrono::milliseconds wait, Note note) {
    remind_with(wait, caf::make_message(std::move(note)));
  }
  virtual void pump() = 0;  // sends whatever may be sent now
  virtual void set_status(api::ChannelStatus status, std::string reason) = 0;
  // Parks the outbox and sets the channel status, which tells the owner the reason.
  virtual void stop_sending(api::ChannelStatus status, std::string reason) = 0;
  virtual bool parked() const = 0;  // sending is stopped
  // A message was refused, by the answer of a call or (without the last two) by a status.
  struct Refusal {
    std::string error_code, provider_code, trace_id;
    std::int32_t attempt = 0;
  };
  virtual void note_refused(const Refusal& refusal) = 0;
  // Sends nothing for `wait`; then sending goes on by itself.
  virtual void pause_sending(Millis wait, std::string reason) = 0;
  virtual void crash(const std::string& reason) = 0;
  virtual void note_step(const char* what, std::string_view outcome, std::int64_t took_us) = 0;
  virtual void note_call(const OutboxEntry& entry, const SendOutcome& outcome, int http_status) = 0;

 protected:
  ~ConnectionShell() = default;
  virtual void remind_with(std::chrono::milliseconds wait, caf::message note) = 0;
};

}  // namespace aura
