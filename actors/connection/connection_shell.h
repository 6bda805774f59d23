// What the parts of a connection (deliveries, sends, token watch, …) may have their actor do: this
// is all they know of it. Implemented by the connection actor, which owns the parts and outlives
// them; every call is on its thread.
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

  virtual caf::actor self() = 0;        // for answers that come from other threads
  virtual Millis pace_now() const = 0;  // the clock of rates, pauses and due times
  virtual bool stopping() const = 0;    // nothing new is begun
  virtual void commit(storage::Commit commit, AfterCommit then) = 0;
  virtual void tell_workspace(WorkspaceCommand command) = 0;
  virtual void tell_conversation(const Id& conversation, ConversationCommand command) = 0;
  // Sends the actor `note` when the wait is over.
  template <class Note>
  void remind(std::chrono::milliseconds wait, Note note) {
    remind_with(wait, caf::make_message(std::move(note)));
  }
  virtual void pump() = 0;  // a message may be able to go now
  virtual void set_status(api::ChannelStatus status, std::string reason) = 0;
  // What goes out waits, the owner is told why.
  virtual void stop_sending(api::ChannelStatus status, std::string reason) = 0;
  virtual bool parked() const = 0;  // … and waits since
  // A message was refused, by the answer of a call or by a status.
  virtual void note_refused(const std::string& error_code, const std::string& provider_code) = 0;
  // Nothing goes out for so long; then it goes on by itself.
  virtual void pause_sending(Millis wait, std::string reason) = 0;
  virtual void crash(const std::string& reason) = 0;
  virtual void note_step(const char* what, std::string_view outcome, std::int64_t took_us) = 0;
  virtual void note_call(const OutboxEntry& entry, const SendOutcome& outcome, int http_status) = 0;

 protected:
  ~ConnectionShell() = default;
  virtual void remind_with(std::chrono::milliseconds wait, caf::message note) = 0;
};

}  // namespace aura
