// The conversation's actor: its mailbox, one commit in flight, and the effects after the commit.
// All decisions are made by the model. Owned by its workspace actor, which spawns it on the first
// command, passivates it when idle, and restarts it from its rows after a failure.
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "actors/conversation/ai_turn.h"
#include "actors/conversation/contact_key.h"
#include "actors/conversation/identities.h"
#include "actors/tree/core_actor.h"

namespace aura {

class ConversationActor final : public CoreActor, private TurnShell {
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
  // TurnShell
  caf::actor self() override { return CoreActor::self(); }
  conversation::Rules rules() const override;
  const conversation::StoredRows& rows() const override { return key_.rows(); }
  void remind_with(std::chrono::milliseconds wait, caf::message note) override;
  void tell_workspace(WorkspaceCommand command) override;
  void tell_connection(ConnectionCommand command) override;
  void show_wait(const char* on) override { card_->waits_on = on; }

  std::string summary_of(const conversation::Decision& decision) const;
  void show_state();

  void load();
  conversation::Place place() const { return {what_.workspace, channel_, what_.conversation}; }
  bool crowded() const;

  // contact data in the event: contact.cc
  void write_contact(const conversation::Decision& decision, storage::Commit& commit);
  void find_joined(conversation::Decision& decision) const;
  std::optional<record::ContactBody> joined_contact(const conversation::Decision& decision) const;
  void join(const conversation::Joined& other, const record::ContactBody& body,
            const conversation::Links& links, storage::Commit& commit);
  void name_by_user_id(ChannelEvent& number_lost) const;
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

  std::optional<Id> elsewhere(const std::optional<Id>& message = std::nullopt) const;
  template <class Command>
  void forward(const Id& conversation, Command& command);
  void answer_message(const char* action, Result<conversation::Decision> decision,
                      const Origin& origin, const OnceReply<api::Message>& reply);
  bool is_closed(const OnceReply<api::Message>& reply) const;
  bool answered_before(const MaybeIdempotency& once, const OnceReply<api::Message>& reply);

  // One commit for a decision; `then` runs when it is durable and applied.
  using Then = std::function<void(Errc)>;
  void commit_decision(conversation::Decision decision, storage::Commit commit, Then then);
  void applied(conversation::Decision& decision, const storage::CommitResult& result);
  void send_outbox(conversation::Decision& decision, const conversation::StoredMessage& message,
                   std::uint64_t sequence);
  bool lacks_name(const conversation::Decision& decision, bool is_new) const;
  void look_up_profile();
  void confirm_order(conversation::Decision& decision);
  void on_proposal(ProposalArrived& arrived);
  api::Message render(const conversation::StoredMessage& message) const;

  const Config what_;
  Id channel_;  // from the stored row, or from the first event
  api::ChannelType channel_type_ = api::CHANNEL_TYPE_UNSPECIFIED;  // until there is a row
  conversation::ContactKey key_;
  bool contact_known_ = false;
  std::string told_;               // ids and name of the last event, already in the contact row
  std::string told_of_recipient_;  // likewise of the last answer or status of a send
  conversation::State state_;
  std::deque<ConversationCommand> inbox_;
  OnceReply<EventApplied> event_in_hand_;
  bool busy_committing_ = false;
  bool stopping_ = false;  // quits after the commit in flight and its effects
  AiTurn turn_;
  std::optional<ProposalArrived> proposal_;  // waits for the commit in flight
};

}  // namespace aura
