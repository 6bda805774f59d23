// Outbound: durable claim, call, durable result. A call cut off after the provider may have taken
// it is ambiguous: the message's echo settles it, else it is sent once more and flagged.
#include <algorithm>
#include <chrono>
#include <utility>

#include "actors/connection/connection_actor.h"
#include "actors/conversation/rows.h"
#include "actors/media/attach.h"
#include "config/limits.h"
#include "runtime/fault_points.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"
#include "runtime/trace_context.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// Of a result; then others need not wait for it any more.
constexpr int kRecordTries = 3;
// A file that the provider could not fetch: once more with a fresh address, then as a link.
constexpr int kFileTries = 2;
constexpr Millis kFilePause = 2'000;

// A success that names no message is none of the provider's (a proxy's page): nothing can be told
// of it later by its id.
void demand_id(SendOutcome& outcome) {
  if (outcome.kind != SendOutcome::Kind::sent || !outcome.external_id.empty()) return;
  outcome.kind = SendOutcome::Kind::ambiguous;
  outcome.error_code = "no_id";
  outcome.error_detail =
      "The channel's answer names no message, so it may or may not have been taken.";
}

}  // namespace

Millis ConnectionActor::echo_wait() const {
  return (adapter_ == nullptr ? SendLimits{} : adapter_->limits()).echo_wait;
}

void ConnectionActor::pump() {
  card_->queue.store(static_cast<std::int64_t>(outbox_.size()), std::memory_order_relaxed);
  card_->waits_on = outbox_.in_flight() > 0 ? "provider" : nullptr;
  if (draining_) return leave_if_drained();
  fill_outbox();
  if (!outbox_read_ || card_->state == ActorState::paused) return;
  if (channel_.status() == api::CHANNEL_STATUS_RATE_LIMITED && !outbox_.slowed(pace_now()))
    set_status(api::CHANNEL_STATUS_ACTIVE, "");
  if (const auto taken = outbox_.take(pace_now()); !taken.empty()) claim(taken);
  const auto due = outbox_.next_due(pace_now());
  if (!due || (pump_at_ && *pump_at_ <= *due)) return;
  pump_at_ = due;
  delayed_send(this, std::chrono::milliseconds(std::clamp<Millis>(*due - pace_now(), 1, 30'000)),
               TickPump{++pump_tick_});
}

void ConnectionActor::claim(const std::vector<OutboxEntry*>& entries) {
  storage::Commit commit;
  commit.workspace = what_.workspace;
  std::vector<std::uint64_t> ready, sequences;
  for (OutboxEntry* entry : entries) {
    // Web chat: stored is delivered, nothing leaves.
    const bool may_go = entry->claimed || adapter_ == nullptr;
    entry->claimed = false;
    (may_go ? ready : sequences).push_back(entry->sequence);
    if (may_go) continue;
    entry->row.set_state(record::Outbox::STATE_CLAIMED);
    entry->row.set_claimed_ms(now());
    entry->row.set_attempts(entry->row.attempts() + 1);
    commit.put(Family::outbox, keys::outbox(what_.workspace, what_.channel, entry->sequence),
               entry->row.SerializeAsString());
  }
  for (const auto sequence : ready) call_provider(sequence);
  if (sequences.empty()) return;
  CoreActor::commit(std::move(commit), [this, sequences](const storage::CommitResult& result) {
    for (const auto sequence : sequences) {
      if (result.code == Errc::ok) {
        call_provider(sequence);
      } else if (auto* entry = outbox_.find(sequence)) {
        outbox_.retry(*entry, pace_now() + 500);
      }
    }
    pump();
  });
}

// False: it is not there any more, perhaps with its contact. Rows of an earlier run name their
// message only: it is read back here.
Result<bool> ConnectionActor::read_message(OutboxEntry& entry) {
  const Id conversation = Id::from_view(entry.row.conversation());
  const Id message = Id::from_view(entry.row.message());
  const auto there =
      services_.reader.get(Family::message, keys::message(what_.workspace, conversation, message));
  if (!there) return tl::unexpected(there.error());
  if (!*there) return false;
  if (entry.message) return true;
  auto keys =
      conversation::row_keys(services_.vault, what_.workspace, Id::from_view(entry.row.contact()));
  if (!keys && keys.error().code == Errc::not_found) return false;
  if (!keys) return tl::unexpected(keys.error());
  const conversation::Place place{what_.workspace, what_.channel, conversation};
  auto state = conversation::load_state(services_.reader, place);
  if (!state) return tl::unexpected(state.error());
  if (!state->exists) return false;
  if (auto opened = conversation::open_state(place, *keys->contact, *state); !opened)
    return tl::unexpected(opened.error());
  const conversation::StoredRows rows(services_.reader, place, *keys);
  const auto stored = rows.message(message);
  if (rows.broken()) return tl::unexpected(*rows.broken());
  if (!stored || stored->row.deleted()) return false;
  if (!entry.row.reaction())
    entry.row.set_parts_sent(std::max(entry.row.parts_sent(), parts_known_sent(stored->row)));
  entry.message = std::make_shared<OutboundMessage>(
      entry.row.reaction() ? conversation::outbound_reaction(*stored, *state)
                           : conversation::outbound_of(*stored, *state, rows));
  return true;
}

// Files of ours go out as links that the provider fetches: made now, so that they live long enough
// however long the message waited.
OutboundMessage ConnectionActor::with_links(OutboundMessage message) const {
  for (api::Attachment& attachment : message.attachments)
    media::link(what_.workspace, services_.media_links, MediaLinks::kSent, attachment);
  return message;
}

// The calls that are still to be made for it, in order.
std::vector<ProviderCall> ConnectionActor::compose(const OutboxEntry& entry) const {
  OutboundMessage message = with_links(*entry.message);
  std::vector<ProviderCall> calls;
  if (!message.reaction_to.empty()) {
    auto call = adapter_->compose_reaction(message.recipient, message.reaction_to, message.text,
                                           credentials_);
    if (call) calls.push_back(std::move(*call));
  } else {
    const Millis standard = entry.row.standard_window_ms();
    message.window_closed = standard != 0 && now() + in_ms(limits::kWindowSafety) >= standard;
    if (entry.file_tries == kFileTries && entry.parts_keep_their_places())
      message.files_as_links = true;
    calls = adapter_->compose(message, credentials_);
  }
  const auto sent = std::min(calls.size(), entry.parts_done());
  calls.erase(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(sent));
  return calls;
}

namespace {

SendOutcome erased() {
  return {.kind = SendOutcome::Kind::failed,
          .error_code = "erased",
          .error_detail = "The message was erased before it was sent."};
}

SendOutcome opted_out() {
  return {.kind = SendOutcome::Kind::failed,
          .error_code = conversation::kOptedOut,
          .error_detail = "The customer stopped messages before it was sent."};
}

}  // namespace

// Why a row cannot be sent whatever the provider says, or that nothing is left to send. An error
// says that this could not be read: neither must it be sent, nor has it ended.
Result<std::optional<SendOutcome>> ConnectionActor::ended_already(OutboxEntry& entry) {
  using Kind = SendOutcome::Kind;
  if (deleted_)
    return SendOutcome{.kind = Kind::failed,
                       .error_code = "channel_deleted",
                       .error_detail = "The channel was deleted before it was sent."};
  if (adapter_ == nullptr) return SendOutcome{.kind = Kind::sent};
  const auto there = read_message(entry);
  if (!there) return tl::unexpected(there.error());
  if (!*there) return erased();
  const auto stopped = conversation::is_opted_out(
      services_.reader, {what_.workspace, what_.channel, Id::from_view(entry.row.conversation())},
      entry.message->template_use);
  if (!stopped) return tl::unexpected(stopped.error());
  if (*stopped) return opted_out();
  const Millis closes = entry.row.window_expires_ms();
  if (closes != 0 && now() + in_ms(limits::kWindowSafety) >= closes)
    return SendOutcome{.kind = Kind::failed,
                       .error_code = "window_closed",
                       .error_detail = "The messaging window closed before it could be sent."};
  if (entry.unknown_twice && !question(entry))
    return SendOutcome{.kind = Kind::failed,
                       .error_code = "unknown",
                       .error_detail =
                           "It is not known whether the message arrived: the connection to the "
                           "channel broke twice. Send it again if the customer did not get it."};
  if (!entry.echoed.empty()) entry.accepted.push_back(std::exchange(entry.echoed, {}));
  auto& calls = calls_[entry.sequence];
  if (calls.empty()) calls = compose(entry);
  if (!calls.empty()) return std::nullopt;
  if (entry.parts_done() > 0) return SendOutcome{.kind = Kind::sent};
  return SendOutcome{.kind = Kind::failed,
                     .error_code = "unsupported",
                     .error_detail = "This channel cannot carry such a message."};
}

void ConnectionActor::call_provider(std::uint64_t sequence) {
  OutboxEntry* entry = outbox_.find(sequence);
  if (entry == nullptr) return;
  auto ended = ended_already(*entry);
  if (!ended) {
    entry->row.set_attempts(entry->row.attempts() - 1);  // not its fault
    return put_back(*entry, pace_now() + kReadAgain.count());
  }
  if (*ended) return record_result(*entry, std::move(**ended));
  if (fault::point("S7_claimed")) return crash("fault point");
  entry->phase = OutboxEntry::Phase::sending;
  entry->token = token_number_;
  auto call = question(*entry);
  entry->looking_up = call.has_value();
  if (!call) {
    auto& calls = calls_[sequence];
    call = std::move(calls.front());
    calls.erase(calls.begin());
    begin_attempt(*entry);
  }
  const Id message = Id::from_view(entry->row.message());
  const auto number = static_cast<std::uint64_t>(entry->row.attempts());
  call->headers.emplace_back("traceparent", to_traceparent(trace_of_message(message, number)));
  services_.provider.call(std::move(*call), [to = self(), sequence](ProviderReply reply) {
    caf::anon_send(to, CallFinished{sequence, std::move(reply)});
  });
}

void ConnectionActor::on_call_finished(CallFinished& finished) {
  OutboxEntry* entry = outbox_.find(finished.sequence);
  if (entry == nullptr || adapter_ == nullptr) return;
  if (fault::point("S9_replied")) return crash("fault point");
  const bool asked = std::exchange(entry->looking_up, false);
  const SendOutcome outcome =
      asked ? read_lookup(*entry, finished.reply) : adapter_->classify(finished.reply);
  const bool down = finished.reply.status == 0 || finished.reply.status >= 500;
  if (down)
    outbox_.provider_failed(pace_now());
  else
    outbox_.provider_answered();
  if (asked)
    act_on_lookup(*entry, outcome);
  else
    act_on(*entry, outcome, finished.reply.status);
  pump();
}

void ConnectionActor::act_on(OutboxEntry& entry, SendOutcome outcome, int http_status) {
  using Kind = SendOutcome::Kind;
  if (!entry.row.reaction()) demand_id(outcome);
  if (outcome.kind != Kind::sent && !entry.echoed.empty())  // its echo proves the contrary
    outcome = {.kind = Kind::sent, .external_id = entry.echoed};
  entry.echoed.clear();
  end_attempt(entry, outcome, http_status);
  note_call(entry, outcome, http_status);
  outbox_.usage(outcome.usage_percent, pace_now());
  if (outcome.kind != Kind::sent) {
    const auto trace = trace_of_message(Id::from_view(entry.row.message()));
    log::info("send_not_accepted", {{"path", card_->path},
                                    {"trace_id", trace.trace_id},
                                    {"code", outcome.error_code},
                                    {"provider_code", outcome.provider_code},
                                    {"attempt", entry.row.attempts()}});
    calls_.erase(entry.sequence);  // composed anew: the token may have changed
  }
  switch (outcome.kind) {
    case Kind::sent:
      return act_on_sent(entry, outcome);
    case Kind::failed:
      if (outcome.file_refused && entry.file_tries < kFileTries) {
        ++entry.file_tries;
        return put_back(entry, pace_now() + kFilePause);
      }
      return record_result(entry, outcome);
    case Kind::retry:
      return try_again(entry, outcome, retry_at(entry, outcome));
    case Kind::pause:
      return act_on_pause(entry, outcome);
    case Kind::reconnect:
      if (entry.token != token_number_)
        return put_back(entry, pace_now());  // a new one came meanwhile
      outbox_.park();
      set_status(api::CHANNEL_STATUS_TOKEN_EXPIRED, outcome.error_detail);
      return put_back(entry, pace_now());
    case Kind::ambiguous:
      entry.unknown_twice = entry.resent;
      return outbox_.wait_for_echo(entry, pace_now() + echo_wait());
  }
}

void ConnectionActor::act_on_sent(OutboxEntry& entry, const SendOutcome& outcome) {
  outbox_.accepted(pace_now());
  if (outcome.retry_after_ms) outbox_.pause_until(pace_now() + *outcome.retry_after_ms);
  entry.accepted.push_back(outcome.external_id);
  const auto more = calls_.find(entry.sequence);
  if (more == calls_.end() || more->second.empty()) return record_result(entry, outcome);
  outbox_.one_more_part(entry, pace_now());
  call_provider(entry.sequence);
}

// Too fast, for the account or for this contact alone.
void ConnectionActor::act_on_pause(OutboxEntry& entry, const SendOutcome& outcome) {
  if (outcome.pause_scope == SendOutcome::Scope::contact) {
    // WhatsApp asks for 4^n seconds; what follows in the conversation waits behind.
    const int n = std::clamp(entry.row.attempts() - 1, 0, 5);
    return try_again(entry, outcome,
                     pace_now() + outcome.retry_after_ms.value_or(Millis{1000} << (2 * n)));
  }
  const Millis until = pace_now() + outcome.retry_after_ms.value_or(in_ms(limits::kSendPause));
  outbox_.rate_limited(pace_now(), until);
  set_status(api::CHANNEL_STATUS_RATE_LIMITED, outcome.error_detail);
  try_again(entry, outcome, until);
}

Millis ConnectionActor::retry_at(const OutboxEntry& entry, const SendOutcome& outcome) const {
  if (outcome.retry_after_ms) return pace_now() + *outcome.retry_after_ms;
  const int doublings = std::min(entry.row.attempts() - 1, 16);
  const std::chrono::milliseconds most = limits::kSendBackoffMax;
  const auto base = std::min(
      most, std::chrono::milliseconds(limits::kSendBackoffMin) * (1 << std::max(doublings, 0)));
  return pace_now() + std::min(most, services_.random.jitter(base, 0.2)).count();
}

// It surely did not arrive: however often, it is tried as long as anybody waits for it.
void ConnectionActor::try_again(OutboxEntry& entry, const SendOutcome& outcome, Millis at) {
  if (now() - entry.row.created_ms() >= in_ms(limits::kSendLife))
    return record_result(entry, outcome);
  put_back(entry, at);
}

// Known not to have been taken: the row says so on disk, else a crash would make it ambiguous.
void ConnectionActor::put_back(OutboxEntry& entry, Millis not_before) {
  if (outbox_.parked()) entry.row.set_attempts(entry.row.attempts() - 1);  // not its fault
  outbox_.retry(entry, not_before);
  report_attempts(entry, not_before);
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.put(Family::outbox, keys::outbox(what_.workspace, what_.channel, entry.sequence),
             entry.row.SerializeAsString());
  CoreActor::commit(std::move(commit), [](const storage::CommitResult&) {});
}

void ConnectionActor::record_result(OutboxEntry& entry, SendOutcome outcome) {
  outbox_.recording(entry);
  const std::uint64_t sequence = entry.sequence;
  if (outcome.kind != SendOutcome::Kind::sent) outcome.kind = SendOutcome::Kind::failed;
  RecordSend record;
  record.finished.message = Id::from_view(entry.row.message());
  record.finished.outcome = outcome;
  record.finished.maybe_duplicate = entry.row.maybe_duplicate();
  record.finished.reaction = entry.row.reaction();
  record.finished.parts_sent = static_cast<int>(entry.parts_done());
  record.finished.attempts = entry.attempts;
  if (adapter_ != nullptr) record.finished.external_ids = entry.accepted;
  record.outbox_sequence = sequence;
  pending_results_[sequence] = std::move(outcome);
  record.reply = OnceReply<std::monostate>([to = self(), sequence](Result<std::monostate> result) {
    caf::anon_send(to, SendRecorded{sequence, result ? Errc::ok : result.error().code});
  });
  send(what_.parent, ToConversation{what_.workspace, Id::from_view(entry.row.conversation()),
                                    what_.channel, std::move(record)});
}

// Its conversation takes nothing now, perhaps for long: others do not wait for it.
void ConnectionActor::record_later(std::uint64_t sequence) {
  OutboxEntry* entry = outbox_.find(sequence);
  if (entry == nullptr) return;
  const auto wait = std::chrono::milliseconds(200) * (1 << std::min(entry->record_tries, 6));
  delayed_send(this, wait, TickRecord{sequence});
  if (++entry->record_tries < kRecordTries) return;
  outbox_.give_slot_back(*entry);
  pump();
}

// A result that is not on disk is recorded again until it is, or until we die and it is ambiguous.
void ConnectionActor::on_send_recorded(const SendRecorded& recorded) {
  if (recorded.code != Errc::ok) return record_later(recorded.sequence);
  outbox_.finish(recorded.sequence);
  if (reading_) ended_while_reading_.insert(recorded.sequence);
  calls_.erase(recorded.sequence);
  pending_results_.erase(recorded.sequence);
  pump();
}

}  // namespace aura
