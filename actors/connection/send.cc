// Outbound: durable claim, call, durable result. A call cut off after the provider may have taken
// it is ambiguous: the message's echo settles it, else it is sent once more and flagged.
#include <algorithm>
#include <chrono>

#include "actors/connection/connection_actor.h"
#include "actors/conversation/rows.h"
#include "actors/media/attach.h"
#include "config/limits.h"
#include "runtime/fault_points.h"
#include "runtime/log.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

template <class Duration>
constexpr Millis in_ms(Duration duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}
constexpr Millis kEchoWaitMs = in_ms(limits::kEchoWait);

}  // namespace

void ConnectionActor::handle(OutboxAppended& command) {
  if (outbox_.contains(command.sequence)) return;  // read from disk already
  OutboxEntry entry{command.sequence, std::move(command.row), std::move(command.message)};
  entry.claimed = adapter_ != nullptr;  // its commit was intent and claim in one
  outbox_.add(std::move(entry), now(), kEchoWaitMs);
  pump();
  // It cannot go yet: a crash meanwhile must not make it look like a call that was cut off.
  OutboxEntry* waiting = outbox_.find(command.sequence);
  if (waiting != nullptr && waiting->claimed) unclaim(*waiting);
}

void ConnectionActor::unclaim(OutboxEntry& entry) {
  entry.claimed = false;
  entry.row.set_state(record::Outbox::STATE_READY);
  entry.row.set_attempts(0);
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.put(Family::outbox, keys::outbox(what_.workspace, what_.channel, entry.sequence),
             entry.row.SerializeAsString());
  CoreActor::commit(std::move(commit), [](const storage::CommitResult&) {});
}

void ConnectionActor::on_outbox_loaded(OutboxLoaded& loaded) {
  for (const auto& stored : loaded.rows) {
    outbox_cursor_ = stored.key + '\0';
    const auto key = keys::parse_outbox(stored.key);
    record::Outbox row;
    if (!key || !row.ParseFromString(stored.value) || outbox_.contains(key->sequence)) continue;
    outbox_.add({key->sequence, std::move(row), nullptr}, now(), kEchoWaitMs);
  }
  if (loaded.complete)
    outbox_read_ = true;
  else
    load_outbox();
  pump();
}

// The echo proved that the message went out; its row only has to go.
void ConnectionActor::handle(EchoSeen& command) {
  OutboxEntry* entry = outbox_.find_message(std::string(command.message.view()));
  if (entry == nullptr) return;
  entry->echoed = true;  // should the call's answer be lost, nothing is resent
  if (entry->phase != OutboxEntry::Phase::ambiguous) return;
  const std::uint64_t sequence = entry->sequence;
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.erase(Family::outbox, keys::outbox(what_.workspace, what_.channel, sequence));
  outbox_.finish(sequence);
  CoreActor::commit(std::move(commit), [this](const storage::CommitResult&) { pump(); });
}

// A courtesy: it is not retried, and a failure says nothing.
void ConnectionActor::handle(ShowTyping& command) {
  if (adapter_ == nullptr || outbox_.parked()) return;
  if (auto call = adapter_->compose_typing(command.recipient, credentials_))
    services_.provider.call(std::move(*call), [](const ProviderReply&) {});
}

void ConnectionActor::pump() {
  if (draining_) return quit_if_drained();
  if (!outbox_read_) return;
  if (channel_.status() == api::CHANNEL_STATUS_RATE_LIMITED && !outbox_.paused(now()))
    set_status(api::CHANNEL_STATUS_ACTIVE, "");
  if (const auto taken = outbox_.take(now()); !taken.empty()) claim(taken);
  const auto due = outbox_.next_due(now());
  if (!due || (pump_at_ && *pump_at_ <= *due)) return;
  pump_at_ = due;
  delayed_send(this, std::chrono::milliseconds(std::clamp<Millis>(*due - now(), 1, 30'000)),
               TickPump{});
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
        outbox_.retry(*entry, now() + 500);
      }
    }
    pump();
  });
}

// Rows of an earlier run name their message only: it is read back here.
bool ConnectionActor::read_message(OutboxEntry& entry) {
  if (entry.message) return true;
  const Id conversation = Id::from_view(entry.row.conversation());
  auto key = services_.vault.contact_key(what_.workspace, Id::from_view(entry.row.contact()));
  if (!key) return false;  // erased
  const conversation::Place place{what_.workspace, what_.channel, conversation};
  const auto state = conversation::load_state(services_.reader, place, key->get());
  const conversation::StoredRows rows(services_.reader, place, *key);
  const auto stored = rows.message(Id::from_view(entry.row.message()));
  if (!state || !state->exists || !stored || stored->row.deleted()) return false;
  entry.echoed = stored->row.status() >= api::MESSAGE_STATUS_SENT &&
                 stored->row.status() != api::MESSAGE_STATUS_FAILED;
  auto message = std::make_shared<OutboundMessage>();
  message->recipient = state->thread;
  message->message_id = format_id(IdType::message, stored->id);
  message->text = stored->body.text();
  message->attachments.assign(stored->body.attachments().begin(), stored->body.attachments().end());
  message->quick_replies.assign(stored->body.quick_replies().begin(),
                                stored->body.quick_replies().end());
  message->written_by_person = stored->row.author() == api::AUTHOR_MEMBER;
  entry.message = std::move(message);
  return true;
}

// Files of ours go out as links that the provider fetches: made now, so that they live long enough
// however long the message waited.
OutboundMessage ConnectionActor::with_links(OutboundMessage message) const {
  for (api::Attachment& attachment : message.attachments)
    media::link(what_.workspace, services_.media_links, MediaLinks::kSent, attachment);
  return message;
}

void ConnectionActor::call_provider(std::uint64_t sequence) {
  OutboxEntry* entry = outbox_.find(sequence);
  if (entry == nullptr) return;
  if (adapter_ == nullptr) return record_result(*entry, {.kind = SendOutcome::Kind::sent});
  if (!read_message(*entry))
    return record_result(*entry, {.kind = SendOutcome::Kind::failed,
                                  .error_code = "erased",
                                  .error_detail = "The message was erased before it was sent."});
  if (entry->echoed) return record_result(*entry, {.kind = SendOutcome::Kind::sent});
  const Millis closes = entry->row.window_expires_ms();
  if (closes != 0 && now() + in_ms(limits::kWindowSafety) >= closes)
    return record_result(*entry,
                         {.kind = SendOutcome::Kind::failed,
                          .error_code = "window_closed",
                          .error_detail = "The messaging window closed before it could be sent."});
  auto& calls = calls_[sequence];
  if (calls.empty()) {
    calls = adapter_->compose(with_links(*entry->message), credentials_);
    calls.erase(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(
                                                   std::min(calls.size(), entry->accepted.size())));
  }
  if (calls.empty())
    return record_result(*entry, {.kind = SendOutcome::Kind::failed,
                                  .error_code = "unsupported",
                                  .error_detail = "This channel cannot carry such a message."});
  if (fault::point("S7_claimed")) return crash("fault point");
  entry->phase = OutboxEntry::Phase::sending;
  services_.provider.call(std::move(calls.front()), [to = self(), sequence](ProviderReply reply) {
    caf::anon_send(to, CallFinished{sequence, std::move(reply)});
  });
  calls.erase(calls.begin());
}

void ConnectionActor::on_call_finished(CallFinished& finished) {
  OutboxEntry* entry = outbox_.find(finished.sequence);
  if (entry == nullptr || adapter_ == nullptr) return;
  if (fault::point("S9_replied")) return crash("fault point");
  const SendOutcome outcome = adapter_->classify(finished.reply);
  const bool down = finished.reply.status == 0 || finished.reply.status >= 500;
  if (down)
    outbox_.provider_failed(now());
  else
    outbox_.provider_answered();
  act_on(*entry, outcome);
  pump();
}

void ConnectionActor::act_on(OutboxEntry& entry, const SendOutcome& outcome) {
  using Kind = SendOutcome::Kind;
  if (outcome.kind != Kind::sent) {
    log::info("send_not_accepted", {{"path", card_->path},
                                    {"code", outcome.error_code},
                                    {"provider_code", outcome.provider_code},
                                    {"attempt", entry.row.attempts()}});
    calls_.erase(entry.sequence);  // composed anew: the token may have changed
  }
  switch (outcome.kind) {
    case Kind::sent:
      if (outcome.retry_after_ms) outbox_.pause_until(now() + *outcome.retry_after_ms);
      entry.accepted.push_back(outcome.external_id);
      if (const auto more = calls_.find(entry.sequence);
          more != calls_.end() && !more->second.empty())
        return call_provider(entry.sequence);
      return record_result(entry, outcome);
    case Kind::failed:
      return record_result(entry, outcome);
    case Kind::retry:
      if (entry.row.attempts() >= limits::kSendAttempts) return record_result(entry, outcome);
      return put_back(entry, retry_at(entry, outcome));
    case Kind::pause: {
      const Millis until = now() + outcome.retry_after_ms.value_or(in_ms(limits::kSendPause));
      outbox_.pause_until(until);
      set_status(api::CHANNEL_STATUS_RATE_LIMITED, outcome.error_detail);
      return put_back(entry, until);
    }
    case Kind::reconnect:
      outbox_.park();
      set_status(api::CHANNEL_STATUS_TOKEN_EXPIRED, outcome.error_detail);
      return put_back(entry, now());
    case Kind::ambiguous:
      if (entry.echoed) return record_result(entry, {.kind = Kind::sent});
      if (entry.row.maybe_duplicate() && entry.row.attempts() >= limits::kSendAttempts)
        return record_result(entry, outcome);
      return outbox_.wait_for_echo(entry, now() + kEchoWaitMs);
  }
}

Millis ConnectionActor::retry_at(const OutboxEntry& entry, const SendOutcome& outcome) const {
  if (outcome.retry_after_ms) return now() + *outcome.retry_after_ms;
  const int doublings = std::min(entry.row.attempts() - 1, 16);
  const auto base = std::chrono::milliseconds(std::min<Millis>(
      in_ms(limits::kSendBackoffMin) << std::max(doublings, 0), in_ms(limits::kSendBackoffMax)));
  return now() + services_.random.jitter(base, 0.2).count();
}

// Known not to have been taken: the row says so on disk, else a crash would make it ambiguous.
void ConnectionActor::put_back(OutboxEntry& entry, Millis not_before) {
  if (outbox_.parked()) entry.row.set_attempts(entry.row.attempts() - 1);  // not its fault
  outbox_.retry(entry, not_before);
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
  if (adapter_ != nullptr) record.finished.external_ids = entry.accepted;
  record.outbox_sequence = sequence;
  pending_results_[sequence] = std::move(outcome);
  record.reply = OnceReply<std::monostate>([to = self(), sequence](Result<std::monostate> result) {
    caf::anon_send(to, SendRecorded{sequence, result ? Errc::ok : result.error().code});
  });
  send(what_.parent, ToConversation{what_.workspace, Id::from_view(entry.row.conversation()),
                                    what_.channel, std::move(record)});
}

// A result that is not on disk is recorded again until it is, or until we die and it is ambiguous.
void ConnectionActor::on_send_recorded(const SendRecorded& recorded) {
  if (recorded.code != Errc::ok) {
    delayed_send(this, std::chrono::milliseconds(200), TickRecord{recorded.sequence});
    return;
  }
  outbox_.finish(recorded.sequence);
  calls_.erase(recorded.sequence);
  pending_results_.erase(recorded.sequence);
  pump();
}

}  // namespace aura
