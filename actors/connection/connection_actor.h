// The connection: one account of a channel. Inbound, `Deliveries` processes each raw event to its
// end; outbound, `Sends` claims outbox rows durably, calls the provider and has the conversation
// record the result. Owned by its workspace actor; after a restart it continues from the journal
// and outbox rows.
#pragma once

#include "actors/connection/deliveries.h"
#include "actors/connection/pace_clock.h"
#include "actors/connection/profiles.h"
#include "actors/connection/projection.h"
#include "actors/connection/refusal_log.h"
#include "actors/connection/template_sync.h"
#include "actors/connection/token_watch.h"
#include "actors/tree/core_actor.h"

namespace aura {

class ConnectionActor final : public CoreActor, private ConnectionShell {
 public:
  struct Config {
    Id workspace;
    Id channel;
    caf::actor parent;
  };
  ConnectionActor(caf::actor_config& config, Services& services, ActorCardPtr card, Config what);
  caf::behavior make_behavior() override;
  void on_exit() override;

 protected:
  // inspection.cc
  void describe(Facts& facts, api::ActorDetail& detail) const override;
  void on_resumed() override { read_outbox_again(); }

 private:
  // ConnectionShell
  caf::actor self() override { return CoreActor::self(); }
  Millis pace_now() const override { return pace_clock_.now(); }
  bool stopping() const override { return draining_; }
  void commit(storage::Commit commit, ConnectionShell::AfterCommit then) override;
  void tell_workspace(WorkspaceCommand command) override;
  void tell_conversation(const Id& conversation, ConversationCommand command) override;
  void remind_with(std::chrono::milliseconds wait, caf::message note) override;
  void pump() override;
  void set_status(api::ChannelStatus status, std::string reason) override;
  void stop_sending(api::ChannelStatus status, std::string reason) override;
  bool parked() const override { return queue_.parked(); }
  void note_refused(const Refusal& refusal) override;
  void pause_sending(Millis wait, std::string reason) override;
  void crash(const std::string& reason) override { CoreActor::crash(reason); }
  void note_step(const char* what, std::string_view outcome, std::int64_t took_us) override;
  void note_call(const OutboxEntry& entry, const SendOutcome& outcome, int http_status) override;

  bool has_room_for_courtesy() const;
  void load();
  void show_limit();
  void open_credentials(const record::Channel& row);
  void read_outbox_again();
  void leave_if_drained();
  void handle(DeliverEvents& command);
  void handle(OutboxAppended& command);
  void handle(EchoSeen& command) { echoes_.on_seen(command); }
  void handle(ShowTyping& command);
  void handle(ShowRead& command);
  void handle(LookUpProfile& command) { profiles_.look_up(std::move(command)); }
  void handle(SyncTemplates&) { templates_.read_again(); }
  void handle(ReloadChannel& command);
  void handle(WakeUp&) { read_outbox_again(); }
  void on_outbox_loaded(OutboxLoaded& loaded);

  const caf::actor parent_;
  mutable PaceClock pace_clock_;
  Account account_;
  OutboxQueue queue_;
  OutboxRows rows_;
  Sends sends_;
  OwnEchoes echoes_;
  Deliveries deliveries_;
  TokenWatch token_;
  TemplateSync templates_;
  RefusalLog refusal_log_;
  Projection projection_;
  Profiles profiles_;
  std::optional<Millis> pump_at_;
  std::uint64_t pump_tick_ = 0;
  bool draining_ = false;
  bool drained_ = false;
};

}  // namespace aura
