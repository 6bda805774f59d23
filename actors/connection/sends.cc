#include "actors/connection/sends.h"

#include <algorithm>
#include <caf/send.hpp>
#include <chrono>
#include <utility>

#include "actors/connection/attempt_log.h"
#include "runtime/fault_points.h"
#include "runtime/ports/owner_notice.h"

namespace aura {
namespace {

using Phase = OutboxEntry::Phase;
using Doubt = OutboxEntry::Doubt;

constexpr Millis kAgain = 500;  // before retrying a failed read or claim
// Attempts to store a result before its slot is given to the next send.
constexpr int kRecordTries = 3;
// How long after its commit a message is sent without reading it and its consent again.
constexpr Millis kProvedFor = 1'000;

Id message_of(const OutboxEntry& entry) { return Id::from_view(entry.row.message()); }
Id conversation_of(const OutboxEntry& entry) { return Id::from_view(entry.row.conversation()); }

}  // namespace

void Sends::clear() {
  parts_left_.clear();
  results_.clear();
}

// ---- before a call

void Sends::start(const std::vector<OutboxEntry*>& entries) {
  storage::Commit commit;
  commit.workspace = account_.workspace;
  std::vector<std::uint64_t> ready, claims;
  for (OutboxEntry* entry : entries) {
    // Web chat: stored is delivered, nothing leaves.
    if (entry->phase == Phase::claimed || account_.adapter == nullptr) {
      ready.push_back(entry->sequence);
    } else {
      claims.push_back(entry->sequence);
      rows_.claim(*entry, commit);
    }
  }
  for (const auto sequence : ready) call(sequence);
  if (claims.empty()) return;
  shell_.commit(std::move(commit), [this, claims](const storage::CommitResult& result) {
    for (const auto sequence : claims) {
      if (result.code == Errc::ok)
        call(sequence);
      else if (auto* entry = queue_.find(sequence))
        queue_.retry(*entry, shell_.pace_now() + kAgain);
    }
    shell_.pump();
  });
}

void Sends::call(std::uint64_t sequence) {
  OutboxEntry* entry = queue_.find(sequence);
  if (entry == nullptr) return;
  auto ended = ended_already(*entry);
  if (!ended) {
    entry->row.set_attempts(entry->row.attempts() - 1);  // not the message's fault
    return put_back(*entry, shell_.pace_now() + kAgain);
  }
  if (*ended) return record(*entry, std::move(**ended));
  if (fault::point("S7_claimed")) return shell_.crash("fault point");
  if (auto question = calls_.question(*entry)) {
    queue_.asking(*entry);
    return post(*entry, std::move(*question));
  }
  queue_.calling(*entry);
  auto& parts = parts_left_[sequence];
  ProviderCall part = std::move(parts.front());
  parts.erase(parts.begin());
  entry->token = account_.token_number;
  const bool again = entry->doubt == Doubt::once;
  if (again) entry->doubt = Doubt::resent;
  attempt_log::begin(*entry, services_.clock.now_ms());
  if (again) report_resend(*entry);
  post(*entry, std::move(part));
}

void Sends::post(OutboxEntry& entry, ProviderCall call) {
  const auto number = static_cast<std::uint64_t>(entry.row.attempts());
  call.headers.emplace_back("traceparent", to_traceparent(trace_of(entry, number)));
  services_.provider.call(std::move(call),
                          [to = shell_.self(), sequence = entry.sequence](ProviderReply reply) {
                            caf::anon_send(to, CallFinished{sequence, std::move(reply)});
                          });
}

// The final result if no call is needed: the message must not be sent, or all parts are sent. An
// error means that this could not be read: the message is neither sent nor finished.
Result<std::optional<SendOutcome>> Sends::ended_already(OutboxEntry& entry) {
  if (account_.adapter == nullptr && !account_.deleted)
    return SendOutcome{.kind = SendOutcome::Kind::sent};
  const auto facts = look(entry);
  if (!facts) return tl::unexpected(facts.error());
  if (auto ended = ended_before_call(entry, *facts, services_.clock.now_ms())) return ended;
  if (!entry.echoed.empty()) entry.accepted.push_back(std::exchange(entry.echoed, {}));
  auto& parts = parts_left_[entry.sequence];
  if (parts.empty()) parts = calls_.compose(entry);
  if (parts.empty()) return ended_without_call(entry);
  return std::nullopt;
}

Result<BeforeCall> Sends::look(OutboxEntry& entry) const {
  BeforeCall facts;
  facts.channel_deleted = account_.deleted;
  if (facts.channel_deleted) return facts;
  if (!proved_by_its_commit(entry)) {
    const auto there = calls_.read_message(entry);
    if (!there) return tl::unexpected(there.error());
    facts.erased = !*there;
    if (facts.erased) return facts;
    const auto stopped = calls_.is_stopped(entry);
    if (!stopped) return tl::unexpected(stopped.error());
    facts.stopped = *stopped;
  }
  facts.can_ask = calls_.question(entry).has_value();
  return facts;
}

// The conversation is the only writer of the message and of the contact's consent, and it checked
// both in the commit that wrote and claimed the row. A later change races with this call whether or
// not both are read here. They are read again for a row that waited longer (in a paused connection)
// and for a reaction, whose commit does not check consent.
bool Sends::proved_by_its_commit(const OutboxEntry& entry) const {
  return entry.phase == Phase::claimed && entry.message && !entry.row.reaction() &&
         services_.clock.now_ms() - entry.row.created_ms() < kProvedFor;
}

// ---- after a call

void Sends::on_call_finished(CallFinished& finished) {
  OutboxEntry* entry = queue_.find(finished.sequence);
  if (entry == nullptr || account_.adapter == nullptr) return;
  if (fault::point("S9_replied")) return shell_.crash("fault point");
  const bool down = finished.reply.status == 0 || finished.reply.status >= 500;
  if (down)
    queue_.provider_failed(shell_.pace_now());
  else
    queue_.provider_answered();
  if (entry->phase == Phase::asking)
    act_on_lookup(*entry, calls_.read_answer(*entry, finished.reply));
  else
    act_on_answer(*entry, finished.reply);
  shell_.pump();
}

void Sends::act_on_answer(OutboxEntry& entry, const ProviderReply& reply) {
  const auto parts = parts_left_.find(entry.sequence);
  const SendLimits limits = account_.limits();
  const CallDecision decision =
      decide_call(entry,
                  {.outcome = account_.adapter->classify(reply),
                   .parts_left = parts != parts_left_.end() && !parts->second.empty(),
                   .token_replaced = entry.token != account_.token_number,
                   .echo_wait = limits.echo_wait,
                   .part_wait = limits.part_wait,
                   .trouble = limits.trouble,
                   .answered = reply.status != 0,
                   .now = services_.clock.now_ms(),
                   .pace = shell_.pace_now()},
                  services_.random);
  const SendOutcome& outcome = decision.outcome;
  entry.echoed.clear();
  attempt_log::end(entry, outcome, reply.status, services_.clock.now_ms());
  if (outcome.for_owner) tell_owner(outcome);
  shell_.note_call(entry, outcome, reply.status);
  queue_.usage(outcome.usage_percent, shell_.pace_now());
  if (outcome.kind == SendOutcome::Kind::sent) {
    entry.accepted.push_back(outcome.external_id);
  } else {
    shell_.note_refused({outcome.error_code, outcome.provider_code, trace_of(entry).trace_id,
                         entry.row.attempts()});
    parts_left_.erase(entry.sequence);  // calls are composed again: the token may have changed
  }
  std::visit([&](const auto& next) { act(next, outcome); }, decision.account);
  std::visit([&](const auto& next) { act(entry, next, outcome); }, decision.message);
}

void Sends::act(const CallsTaken& taken, const SendOutcome&) {
  queue_.accepted(shell_.pace_now());
  if (taken.paused_until) limit(*taken.paused_until, taken.whole_app);
}

void Sends::act(const CallsTooFast& too_fast, const SendOutcome& outcome) {
  queue_.rate_limited(shell_.pace_now(), too_fast.until);
  limit(too_fast.until, too_fast.whole_app);
  shell_.set_status(api::CHANNEL_STATUS_RATE_LIMITED, outcome.error_detail);
}

void Sends::act(const MarketingTooMuch& held, const SendOutcome&) {
  queue_.hold_marketing(held.until);
}

void Sends::limit(Millis until, bool whole_app) {
  queue_.limit_until(until);
  if (whole_app) services_.app_pauses.pause(account_.adapter->app(account_.credentials), until);
}

void Sends::act(const TokenDead&, const SendOutcome& outcome) {
  shell_.stop_sending(restricts(outcome.error_code) ? api::CHANNEL_STATUS_RESTRICTED
                                                    : api::CHANNEL_STATUS_TOKEN_EXPIRED,
                      outcome.error_detail);
}

void Sends::act(OutboxEntry& entry, const RecordEnd&, const SendOutcome& outcome) {
  record(entry, outcome);
}

void Sends::act(OutboxEntry& entry, const CallNextPart&, const SendOutcome&) {
  queue_.one_more_part(entry, shell_.pace_now());
  call(entry.sequence);
}

// The row is stored with the number of sent parts, since a crash may happen during the wait.
void Sends::act(OutboxEntry& entry, const AwaitReceipt& await, const SendOutcome& outcome) {
  entry.row.set_attempts(std::max(entry.row.attempts() - 1, 0));  // no new attempt
  parts_left_.erase(entry.sequence);
  queue_.wait_for_receipt(entry, outcome.external_id, await.until);
  report_attempts(entry, await.until);
  store_waiting(entry);
}

void Sends::act(OutboxEntry& entry, const TryAgain& again, const SendOutcome&) {
  if (shell_.parked()) entry.row.set_attempts(entry.row.attempts() - 1);  // not its fault
  if (again.file_refused) ++entry.file_tries;
  if (again.token_doubted) {
    entry.token_tried_again = true;
    caf::anon_send(shell_.self(),
                   ToConnection{account_.workspace, account_.channel, ReloadChannel{}});
  }
  put_back(entry, again.at);
}

void Sends::act(OutboxEntry& entry, const AwaitEcho& await, const SendOutcome&) {
  entry.doubt = await.doubt;
  queue_.wait_for_echo(entry, await.until);
  // Report the call now, so that the message shows it; its outcome is recorded with the final
  // result.
  if (!entry.attempts.empty())
    shell_.tell_conversation(conversation_of(entry), attempts_of(entry, await.until));
}

void Sends::act_on_lookup(OutboxEntry& entry, const SendOutcome& answer) {
  ++entry.lookups;
  const LookupDecision decision = decide_lookup(answer, shell_.pace_now());
  if (const auto* again = std::get_if<AskAgain>(&decision))
    return queue_.wait_for_echo(entry, again->at);
  if (std::holds_alternative<Arrived>(decision)) {
    entry.arrived();
    attempt_log::end(entry, answer, 0, services_.clock.now_ms());
    entry.accepted.push_back(answer.external_id);
    parts_left_.erase(entry.sequence);
  } else {
    entry.lookups = kLookups;  // no more queries: the message is sent again
  }
  call(entry.sequence);
}

void Sends::settle_by_echo(OutboxEntry& entry) {
  if (!calls_.read_message(entry).value_or(false)) return;
  entry.arrived();
  attempt_log::end(entry, {.kind = SendOutcome::Kind::sent, .external_id = entry.echoed}, 0,
                   services_.clock.now_ms());
  entry.accepted.push_back(std::exchange(entry.echoed, {}));
  if (calls_.compose(entry).empty()) return record(entry, {.kind = SendOutcome::Kind::sent});
  queue_.retry(entry, shell_.pace_now());
  shell_.pump();
}

// The provider surely did not take the message. The row is stored as unclaimed; otherwise a crash
// would make it ambiguous.
void Sends::put_back(OutboxEntry& entry, Millis not_before) {
  queue_.retry(entry, not_before);
  report_attempts(entry, not_before);
  store_waiting(entry);
}

// Stores the row with the number of sent parts, so that they are not sent again after a crash.
void Sends::store_waiting(const OutboxEntry& entry) {
  record::Outbox row = entry.row;
  row.set_parts_sent(static_cast<int>(entry.parts_done()));
  rows_.store(entry.sequence, row);
}

// ---- reports to the conversation and the workspace

// Stores the attempts so far while the message waits for its next one.
void Sends::report_attempts(OutboxEntry& entry, Millis next_try) {
  if (entry.attempts.empty()) return;
  shell_.tell_conversation(conversation_of(entry), attempts_of(entry, next_try));
  entry.attempts.clear();
}

// The message shows from the beginning of the second call that it may arrive twice.
void Sends::report_resend(OutboxEntry& entry) {
  RecordAttempts report = attempts_of(entry, {});
  report.so_far.maybe_duplicate = true;
  shell_.tell_conversation(conversation_of(entry), std::move(report));
}

RecordAttempts Sends::attempts_of(OutboxEntry& entry, std::optional<Millis> next_try) const {
  if (next_try) entry.attempts.back().set_next_try_at(*next_try);
  RecordAttempts report;
  report.so_far.message = message_of(entry);
  report.so_far.reaction = entry.row.reaction();
  report.so_far.attempts = entry.attempts;
  report.so_far.external_ids = entry.accepted;
  return report;
}

void Sends::record(OutboxEntry& entry, SendOutcome outcome) {
  queue_.recording(entry);
  const std::uint64_t sequence = entry.sequence;
  if (outcome.kind != SendOutcome::Kind::sent) outcome.kind = SendOutcome::Kind::failed;
  RecordSend record;
  record.finished.message = message_of(entry);
  record.finished.outcome = outcome;
  record.finished.maybe_duplicate = entry.row.maybe_duplicate();
  record.finished.reaction = entry.row.reaction();
  record.finished.parts_sent = static_cast<int>(entry.parts_done());
  record.finished.attempts = entry.attempts;
  if (account_.adapter != nullptr) record.finished.external_ids = entry.accepted;
  record.outbox_sequence = sequence;
  results_[sequence] = std::move(outcome);
  record.reply =
      OnceReply<std::monostate>([to = shell_.self(), sequence](Result<std::monostate> result) {
        caf::anon_send(to, SendRecorded{sequence, result ? Errc::ok : result.error().code});
      });
  shell_.tell_conversation(conversation_of(entry), std::move(record));
}

void Sends::record_again(std::uint64_t sequence) {
  if (auto* entry = queue_.find(sequence)) record(*entry, results_[sequence]);
}

// The conversation cannot store the result now. After kRecordTries the entry gives up its slot, so
// that other messages do not wait for it.
void Sends::record_later(std::uint64_t sequence) {
  OutboxEntry* entry = queue_.find(sequence);
  if (entry == nullptr) return;
  const auto wait = std::chrono::milliseconds(200) * (1 << std::min(entry->record_tries, 6));
  shell_.remind(wait, TickRecord{sequence});
  if (++entry->record_tries < kRecordTries) return;
  queue_.set_aside(*entry);
  shell_.pump();
}

// A failed recording is repeated until the result is on disk, or until the actor dies, which makes
// the message ambiguous.
void Sends::on_recorded(const SendRecorded& recorded) {
  if (recorded.code != Errc::ok) return record_later(recorded.sequence);
  queue_.finish(recorded.sequence);
  rows_.on_ended(recorded.sequence);
  parts_left_.erase(recorded.sequence);
  results_.erase(recorded.sequence);
  shell_.pump();
}

// A refusal that concerns the whole account becomes a channel notice, as it does in a status event.
void Sends::tell_owner(const SendOutcome& outcome) {
  NoteAccount note;
  note.channel = account_.channel;
  note.event = owner_notice(outcome.error_code, outcome.provider_code, outcome.error_detail,
                            services_.clock.now_ms());
  shell_.tell_workspace(std::move(note));
}

}  // namespace aura
