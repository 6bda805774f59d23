// The messages in flight: claimed durably, sent part by part, the result recorded by their
// conversation. call_decision.h decides what a call means; this class carries the decision out.
// Owned by the connection actor and used on it; after a crash the outbox rows show what was in
// flight.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "actors/connection/call_decision.h"
#include "actors/connection/connection_shell.h"
#include "actors/connection/outbox_queue.h"
#include "actors/connection/outbox_rows.h"
#include "actors/connection/own_messages.h"
#include "actors/connection/provider_calls.h"

namespace aura {

class Sends {
 public:
  Sends(ConnectionShell& shell, Services& services, const Account& account, OutboxQueue& queue,
        OutboxRows& rows)
      : shell_(shell),
        services_(services),
        account_(account),
        queue_(queue),
        rows_(rows),
        calls_(services, account) {}

  // Sends the entries taken from the queue. Unclaimed ones are claimed first, in one commit.
  void start(const std::vector<OutboxEntry*>& entries);
  void on_call_finished(CallFinished& finished);
  void on_recorded(const SendRecorded& recorded);
  void record_again(std::uint64_t sequence);
  // The echo of a cut-off call arrived while the entry waited for it.
  void settle_by_echo(OutboxEntry& entry);

  std::size_t results_to_store() const { return results_.size(); }
  void clear();

 private:
  void call(std::uint64_t sequence);
  void post(OutboxEntry& entry, ProviderCall call);
  Result<std::optional<SendOutcome>> ended_already(OutboxEntry& entry);
  Result<BeforeCall> look(OutboxEntry& entry) const;
  bool proved_by_its_commit(const OutboxEntry& entry) const;

  void act_on_answer(OutboxEntry& entry, const ProviderReply& reply);
  void act_on_lookup(OutboxEntry& entry, const SendOutcome& answer);
  void act(const std::monostate&, const SendOutcome&) {}
  void act(const CallsTaken& taken, const SendOutcome& outcome);
  void act(const CallsTooFast& too_fast, const SendOutcome& outcome);
  void act(const MarketingTooMuch& held, const SendOutcome& outcome);
  void act(const TokenDead&, const SendOutcome& outcome);
  void act(OutboxEntry& entry, const RecordEnd&, const SendOutcome& outcome);
  void act(OutboxEntry& entry, const CallNextPart&, const SendOutcome& outcome);
  void act(OutboxEntry& entry, const AwaitReceipt& await, const SendOutcome& outcome);
  void act(OutboxEntry& entry, const TryAgain& again, const SendOutcome& outcome);
  void act(OutboxEntry& entry, const AwaitEcho& await, const SendOutcome& outcome);

  void limit(Millis until, bool whole_app);
  void put_back(OutboxEntry& entry, Millis not_before);
  void store_waiting(const OutboxEntry& entry);
  RecordAttempts attempts_of(OutboxEntry& entry, std::optional<Millis> next_try) const;
  void report_attempts(OutboxEntry& entry, Millis next_try);
  void report_resend(OutboxEntry& entry);
  void record(OutboxEntry& entry, SendOutcome outcome);
  void record_later(std::uint64_t sequence);
  void tell_owner(const SendOutcome& outcome);

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  OutboxQueue& queue_;
  OutboxRows& rows_;
  const ProviderCalls calls_;
  std::unordered_map<std::uint64_t, std::vector<ProviderCall>> parts_left_;
  std::unordered_map<std::uint64_t, SendOutcome> results_;  // until they are stored
};

}  // namespace aura
