// The conversation's actor: its mailbox, one commit in flight, and the effects after the commit.
// All decisions are made by the model. Owned by its workspace actor, which spawns it on the first
// command, passivates it when idle, and restarts it from its rows after a failure.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <stop_token>

#include "actors/agent/phrases.h"
#include "actors/conversation/rows.h"
#include "actors/tree/core_actor.h"
#include "actors/workspace/agent_index.h"

namespace aura {

class ConversationActor final : public CoreActor {
 public:
  struct Config {
    Id workspace;
    Id conversation;
    caf::actor parent;
    AgentIndexPtr agent_index;
    std::chrono::steady_clock::time_point spawned_at;  // activation is measured from here
  };
  ConversationActor(caf::actor_config& config, Services& services, ActorCardPtr card, Config what);
  ~ConversationActor() override;
  caf::behavior make_behavior() override;
  void on_exit() override;

 protected:
  void on_failure(const std::string& reason) override;
  void describe(Facts& facts, api::ActorDetail& detail) const override;  // inspection.cc

 private:
  std::string summary_of(const conversation::Decision& decision) const;
  void show_state();
  static constexpr std::size_t kRecent = 10;  // messages of context for the agent

  void load();
  void ensure_key(const Id& contact, storage::Commit& commit);
  void open_rows();
  void forget_unstored_key();
  void check_rows() const;
  conversation::Rules rules() const;

  bool crowded() const;

  // contact data in the event: contact.cc
  void write_contact(const conversation::Decision& decision, const conversation::Place& place,
                     storage::Commit& commit);
  storage::DataKeyPtr workspace_key() const;
  void erase_rows(storage::Commit& commit) const;

  // commands: handle.cc, contact.cc
  conversation::Decision decide(const ChannelEvent& event, api::ChannelType type,
                                storage::Commit& commit);
  bool is_about_erased(const ChannelEvent& event) const;
  void run_next();
  void handle(ApplyEvent& command);
  void handle(ReceiveChat& command);
  void handle(ReadByVisitor& command);
  void handle(SendMessage& command);
  void handle(UpdateConversation& command);
  void tell_read();
  void handle(UpdateContact& command);
  void handle(EraseContact& command);
  void handle(RetryMessage& command);
  void handle(ReactToMessage& command);
  void handle(RecordSend& command);
  void handle(RecordMedia& command);
  void handle(RecordAttempts& command);
  void handle(ProjectAgain& command);
  void handle(FireTimer& command);

  void answer_message(const char* action, Result<conversation::Decision> decision,
                      const Origin& origin, const OnceReply<api::Message>& reply);
  bool answered_before(const MaybeIdempotency& once, const OnceReply<api::Message>& reply);

  // One commit for a decision; `then` runs when it is durable and applied.
  using Then = std::function<void(Errc)>;
  void commit_decision(conversation::Decision decision, storage::Commit commit, Then then);
  void applied(conversation::Decision& decision, const storage::CommitResult& result);
  void send_outbox(conversation::Decision& decision, const conversation::StoredMessage& message,
                   std::uint64_t sequence);
  bool lacks_name(const conversation::Decision& decision, bool is_new) const;
  void look_up_profile() const;
  void remember(const conversation::StoredMessage& message);
  api::Message render(const conversation::StoredMessage& message) const;

  // the turn: turn.cc
  void schedule_turn();
  void start_turn();
  void show_typing();
  void on_typing(const TickTyping& tick);
  agent::Capabilities capabilities() const;
  void answer_at_once(conversation::Decision& decision);
  std::string_view in_shop_language(agent::Phrase phrase) const;
  void confirm_order(conversation::Decision& decision);
  std::vector<std::string> burst_texts();
  void ask_agent();
  void on_recent(RecentLoaded& loaded);
  bool still_holds(const agent::Proposal& proposal) const;
  void on_proposal(ProposalArrived& arrived);
  void start_turn_after(std::uint64_t generation, std::chrono::milliseconds wait);
  bool turn_overdue() const;
  void give_turn_up();
  void end_turn();

  const Config what_;
  Id channel_;  // from the stored row, or from the first event
  api::ChannelType channel_type_ = api::CHANNEL_TYPE_UNSPECIFIED;  // until there is a row
  storage::DataKeyPtr key_;
  bool key_is_stored_ = false;  // false: the current commit creates the key; no other may use it
  bool contact_known_ = false;
  std::string told_;               // ids and name of the last event, already in the contact row
  std::string told_of_recipient_;  // likewise of the last answer or status of a send
  conversation::State state_;
  std::unique_ptr<conversation::StoredRows> rows_;
  std::deque<ConversationCommand> inbox_;
  OnceReply<EventApplied> event_in_hand_;
  bool busy_committing_ = false;
  bool stopping_ = false;  // quits after the commit in flight and its effects

  std::deque<agent::PastMessage> recent_;
  std::vector<std::pair<Id, std::string>> burst_;  // texts of the unanswered messages
  bool recent_loaded_ = false;
  std::optional<std::uint64_t> turn_running_;  // generation the agent works on
  std::optional<std::uint64_t> turn_ticking_;  // generation a tick is set for
  std::uint64_t typing_shown_ = 0;             // generation the contact was shown it for
  std::optional<ProposalArrived> pending_proposal_;
  std::chrono::steady_clock::time_point turn_since_;
  int turn_failures_ = 0;
  std::stop_source turn_stop_;
};

}  // namespace aura
