// The connection: one account of a channel. Inbound, it turns raw events into normalised ones for
// their conversations and sees each to its end (applied, ignored or dead letter). Outbound, it
// claims outbox rows durably, calls the provider, and has the conversation record the result.
// Owned by its workspace actor; restarted from the journal's and the outbox's rows.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "actors/connection/filtered_share.h"
#include "actors/connection/outbox_queue.h"
#include "actors/connection/own_messages.h"
#include "actors/connection/pace_clock.h"
#include "actors/conversation/identities.h"
#include "actors/tree/core_actor.h"

namespace aura {

class ConnectionActor final : public CoreActor {
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
  void note_call(const OutboxEntry& entry, const SendOutcome& outcome, int http_status);
  // A raw event until it has ended.
  struct Delivery {
    RawEvent raw;
    std::vector<ChannelEvent> events;
    std::size_t next = 0;  // event to be sent on its way
    std::size_t open = 0;  // events on their way
    int tries = 0;
    int restarts = 0;  // of an actor on its way, over something else
    std::chrono::steady_clock::time_point since;
    EventEnd end = EventEnd::ignored;
    std::optional<Error> failure;
  };

  static constexpr std::size_t kOutboxPage = 256;
  static constexpr std::chrono::milliseconds kReadAgain{500};  // what could not be read

  void load();
  void load_outbox();
  void read_outbox_again();
  bool outbox_full() const;
  void fill_outbox();
  bool is_behind_cursor(std::uint64_t sequence);
  void handle(ReloadChannel& command);
  void handle(ShowTyping& command);
  void handle(ShowRead& command);
  Millis pace_now() const { return pace_clock_.now(); }
  void leave_if_drained();

  // inbound: deliver.cc
  void handle(DeliverEvents& command);
  void deliver(RawEvent raw);
  void watch_filtering(std::vector<ChannelEvent>& events);
  void send_events(Delivery& delivery);
  void send_more(Delivery& delivery);
  void free_held();
  void on_event_ended(EventEnded& ended);
  void finish_delivery(std::uint64_t sequence);
  void erase_journal_row(std::uint64_t sequence, EventEnd end);
  bool has_ended(std::uint64_t sequence) const;
  void settle(std::uint64_t sequence, EventEnd end);
  void end_with(storage::Commit commit, std::uint64_t sequence, EventEnd end);
  void bury(std::uint64_t sequence, const std::string& reason, const std::string& detail);

  void send_event(const ChannelEvent& event, std::uint64_t sequence, bool alone);
  struct Owner {
    Id conversation;
    std::string person;  // ChannelEvent::person
  };
  Owner owner_of(const ChannelEvent& event);
  std::optional<record::IdentityLink> link_of(const std::string& place,
                                              const std::string& user_id) const;
  std::optional<Id> owner_by_message(const ChannelEvent& event) const;
  void remember_owner(const ChannelEvent& event, const Id& owner, bool renamed,
                      const std::vector<std::string>& places, const storage::DataKey& key);

  // messages of kinds that could not be shown: projection.cc
  static void keep_raw(ChannelEvent& event, const std::string& item);
  void look_for_unsupported();
  void on_unsupported_found(const UnsupportedFound& found);

  // echoes of our sends: echoes.cc
  bool must_wait_for_outbox(const Delivery& delivery) const;
  void send_waiting_echoes();
  void name_own_echo(ChannelEvent& event);
  bool is_echo_of(OutboxEntry& entry, const ChannelEvent& echo);
  void handle(EchoSeen& command);
  void settle_by_echo(OutboxEntry& entry);

  // outbound: send.cc
  void handle(OutboxAppended& command);
  void handle(WakeUp& command);
  void on_outbox_loaded(OutboxLoaded& loaded);
  void pump();
  void claim(const std::vector<OutboxEntry*>& entries);
  Millis echo_wait() const;
  static void unclaim(record::Outbox& row);
  void store_unclaimed(std::uint64_t sequence, record::Outbox& row);
  OutboundMessage with_links(OutboundMessage message) const;
  void call_provider(std::uint64_t sequence);
  void on_call_finished(CallFinished& finished);
  void act_on(OutboxEntry& entry, SendOutcome outcome, int http_status);
  void act_on_sent(OutboxEntry& entry, const SendOutcome& outcome);
  void act_on_pause(OutboxEntry& entry, const SendOutcome& outcome);
  std::vector<ProviderCall> compose(const OutboxEntry& entry) const;
  Result<std::optional<SendOutcome>> ended_already(OutboxEntry& entry);
  void record_result(OutboxEntry& entry, SendOutcome outcome);
  void on_send_recorded(const SendRecorded& recorded);
  void record_later(std::uint64_t sequence);
  void try_again(OutboxEntry& entry, const SendOutcome& outcome, Millis at);
  void put_back(OutboxEntry& entry, Millis not_before);
  Result<bool> read_message(OutboxEntry& entry);
  Millis retry_at(const OutboxEntry& entry, const SendOutcome& outcome) const;
  // the token: token.cc
  void watch_token();
  void want_events();
  bool renewal_due() const;
  void on_token_tick();
  void on_token_answered(const TokenAnswered& answered);

  // the account's message templates: templates.cc
  void handle(SyncTemplates& command);
  void read_templates();
  void ask_for_templates(const std::string& after);
  void on_templates_answered(const TemplatesAnswered& answered);

  void set_status(api::ChannelStatus status, std::string reason);

  // what is known of the calls: attempts.cc
  static int parts_known_sent(const record::Message& row);
  static void note_cut_off(OutboxEntry& entry);
  void begin_attempt(OutboxEntry& entry);
  void end_attempt(OutboxEntry& entry, const SendOutcome& outcome, int http_status);
  void report_attempts(OutboxEntry& entry, Millis next_try);
  std::optional<ProviderCall> question(const OutboxEntry& entry) const;
  SendOutcome read_lookup(const OutboxEntry& entry, const ProviderReply& reply) const;
  void tell_owner(const SendOutcome& outcome);
  void act_on_lookup(OutboxEntry& entry, const SendOutcome& outcome);

  const Config what_;
  mutable PaceClock pace_clock_;
  api::Channel channel_;
  api::Credentials credentials_;
  const ChannelAdapter* adapter_ = nullptr;  // webchat has none
  bool deleted_ = false;                     // its row is gone: what still comes for it fails
  int token_number_ = 0;                     // grows with each new token
  Millis token_since_ = 0;
  bool watching_token_ = false;
  Millis heard_at_ = 0;                                      // when the newest event came
  std::optional<std::vector<api::Template>> template_sync_;  // read so far
  bool sync_again_ = false;
  FilteredShare filtered_share_;
  conversation::RecentOwners owners_;
  std::unordered_map<std::uint64_t, Delivery> deliveries_;
  bool watching_held_ = false;
  std::vector<std::uint64_t> waiting_echoes_;  // deliveries, until the outbox is read
  OutboxQueue outbox_;
  std::unordered_map<std::uint64_t, std::vector<ProviderCall>> calls_;  // parts still to send
  std::unordered_map<std::uint64_t, SendOutcome> pending_results_;      // until they are stored
  std::string unsupported_cursor_;  // what is behind it was looked at
  std::string outbox_cursor_;       // what is before it was read from disk
  bool reading_ = false;            // a page of it
  bool reading_again_ = false;      // from the start
  bool more_on_disk_ = false;       // behind the cursor; all in memory is older
  bool told_full_ = false;
  std::unordered_set<std::uint64_t> ended_while_reading_, left_while_reading_;
  std::optional<Millis> pump_at_;
  std::uint64_t pump_tick_ = 0;
  bool outbox_read_ = false;  // until then an older row may still be on disk: nothing goes
  bool draining_ = false;
  bool drained_ = false;
  metrics::Counter workspace_events_;
};

}  // namespace aura
