// The AI's turn: when the AI has to reply, the burst is sent to the workspace's agent after the
// debounce. The state says that a turn is due and gives it a generation; every newer input has a
// new one, which ends the turn that is running. Owned by the conversation actor and used on it;
// after a crash the stored state says again what is due.
//
//   due (state) ── debounce ──> running ── proposal ──> decided: the actor commits it
//                      ▲           │ └─ newer input ──> ended
//                      └── 1 s ── failed (a person takes over after the last attempt)
#pragma once

#include <caf/actor.hpp>
#include <caf/message.hpp>
#include <chrono>
#include <optional>
#include <stop_token>
#include <utility>

#include "actors/conversation/dialogue.h"
#include "actors/conversation/rows.h"
#include "actors/protocol.h"
#include "actors/services.h"
#include "actors/workspace/agent_index.h"

namespace aura {

// What a turn needs of its actor.
class TurnShell {
 public:
  virtual caf::actor self() = 0;  // receiver of answers from other threads
  virtual conversation::Rules rules() const = 0;
  virtual const conversation::StoredRows& rows() const = 0;
  // Sends `note` to the actor after `wait`.
  template <class Note>
  void remind(std::chrono::milliseconds wait, Note note) {
    remind_with(wait, caf::make_message(std::move(note)));
  }
  virtual void tell_workspace(WorkspaceCommand command) = 0;
  virtual void tell_connection(ConnectionCommand command) = 0;
  virtual void show_wait(const char* on) = 0;  // to operators; null: for nothing

 protected:
  ~TurnShell() = default;
  virtual void remind_with(std::chrono::milliseconds wait, caf::message note) = 0;
};

class AiTurn {
 public:
  struct Config {
    Id workspace;
    Id conversation;
    AgentIndexPtr agent_index;
  };
  AiTurn(TurnShell& shell, Services& services, Config what, const conversation::State& state)
      : shell_(shell), services_(services), what_(std::move(what)), state_(state) {}
  // The state was loaded.
  void begin();
  // The state is one decision further.
  void on_applied(const conversation::Decision& decision);
  // Starts a turn that is due, or waits for it. Called whenever no commit is in flight.
  void schedule();
  // If the turn of the message in `decision` is due at once and the agent answers synchronously,
  // the reply becomes a part of the decision. An answer that needs a history not in memory takes
  // the normal way.
  void answer_at_once(conversation::Decision& decision) const;

  void on_tick(const TickTurn& tick, bool committing);
  void on_typing(const TickTyping& tick);
  void on_recent(RecentLoaded& loaded);
  bool waits_for(const ProposalArrived& arrived) const { return running_ == arrived.generation; }
  // Nothing, if the proposal came too late or the agent is asked again.
  std::optional<conversation::Decision> decide(ProposalArrived& arrived);
  void start_after(std::uint64_t generation, std::chrono::milliseconds wait);
  // The last failure of a turn whose agent does not answer in time.
  std::optional<ProposalArrived> give_up_if_overdue();
  void end();  // if one is running

  bool running() const { return running_.has_value(); }
  int failures() const { return failures_; }

 private:
  const record::Turn& due() const { return state_.row.turn(); }
  void start();
  void show_typing();
  void ask_agent();
  agent::Capabilities capabilities() const;
  bool still_holds(const agent::Proposal& proposal) const;

  TurnShell& shell_;
  Services& services_;
  const Config what_;
  const conversation::State& state_;
  conversation::Dialogue dialogue_;
  std::optional<std::uint64_t> running_;  // generation the agent works on
  std::optional<std::uint64_t> ticking_;  // generation a tick is set for
  std::uint64_t typing_shown_ = 0;        // generation the contact was shown it for
  std::chrono::steady_clock::time_point since_;
  int failures_ = 0;
  std::stop_source stop_;
};

}  // namespace aura
