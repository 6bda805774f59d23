// The log of calls made for a message, and what is asked of the provider about a call that was cut
// off. The log travels with the commits that record a send's end; only calls that did not deliver
// are recorded by one of their own.
#include <algorithm>

#include "actors/connection/connection_actor.h"
#include "actors/conversation/rows.h"
#include "runtime/ports/owner_notice.h"

namespace aura {
namespace {

const char* name_of(SendOutcome::Kind kind) {
  switch (kind) {
    case SendOutcome::Kind::sent:
      return "sent";
    case SendOutcome::Kind::retry:
      return "retry";
    case SendOutcome::Kind::pause:
      return "rate_limited";
    case SendOutcome::Kind::reconnect:
      return "reconnect";
    case SendOutcome::Kind::failed:
      return "failed";
    case SendOutcome::Kind::ambiguous:
      break;
  }
  return "unknown";
}

constexpr int kLookups = 5;             // then it is sent again
constexpr Millis kLookupPause = 5'000;  // between two of them

}  // namespace

int ConnectionActor::parts_known_sent(const record::Message& row) {
  const auto& retired = row.retired_externals();
  const auto logged = std::count_if(
      row.attempts().begin(), row.attempts().end(), [&](const api::SendAttempt& attempt) {
        return attempt.outcome() == "sent" && !attempt.reaction() &&
               std::find(retired.begin(), retired.end(), attempt.provider_id()) == retired.end();
      });
  const bool some = row.status() >= api::MESSAGE_STATUS_SENT &&
                    row.status() != api::MESSAGE_STATUS_FAILED;  // an echo said so
  return std::max(static_cast<int>(logged), some ? 1 : 0);
}

// An earlier run claimed it and died: nobody knows what became of that call.
void ConnectionActor::note_cut_off(OutboxEntry& entry) {
  if (entry.row.state() != record::Outbox::STATE_CLAIMED) return;
  entry.resent = entry.row.maybe_duplicate();
  api::SendAttempt attempt;
  if (entry.row.reaction()) attempt.set_reaction(true);
  attempt.set_part(static_cast<std::uint32_t>(entry.row.parts_sent()));
  attempt.set_started_at(entry.row.claimed_ms());
  attempt.set_outcome("unknown");
  entry.attempts.push_back(std::move(attempt));
}

void ConnectionActor::begin_attempt(OutboxEntry& entry) {
  entry.resent = entry.row.maybe_duplicate();
  api::SendAttempt attempt;
  if (entry.row.reaction()) attempt.set_reaction(true);
  attempt.set_part(static_cast<std::uint32_t>(entry.parts_done()));
  attempt.set_started_at(now());
  attempt.set_outcome("unknown");
  entry.attempts.push_back(std::move(attempt));
}

void ConnectionActor::end_attempt(OutboxEntry& entry, const SendOutcome& outcome, int http_status) {
  if (entry.attempts.empty()) return;
  api::SendAttempt& attempt = entry.attempts.back();
  attempt.set_finished_at(now());
  attempt.set_outcome(name_of(outcome.kind));
  if (http_status != 0) attempt.set_http_status(http_status);
  if (!outcome.provider_code.empty()) attempt.set_provider_code(outcome.provider_code);
  if (!outcome.external_id.empty()) attempt.set_provider_id(outcome.external_id);
  if (outcome.for_owner) tell_owner(outcome);
}

// A refusal of more than this message becomes a notice of the channel, as one in a status does.
void ConnectionActor::tell_owner(const SendOutcome& outcome) {
  NoteAccount note;
  note.channel = what_.channel;
  note.event = owner_notice(outcome.error_code, outcome.provider_code, outcome.error_detail, now());
  send(what_.parent, ToWorkspace{what_.workspace, std::move(note)});
}

// What the log says while the message waits for its next try.
void ConnectionActor::report_attempts(OutboxEntry& entry, Millis next_try) {
  if (entry.attempts.empty()) return;
  entry.attempts.back().set_next_try_at(next_try);
  RecordAttempts report;
  report.so_far.message = Id::from_view(entry.row.message());
  report.so_far.reaction = entry.row.reaction();
  report.so_far.attempts = std::exchange(entry.attempts, {});
  report.so_far.external_ids = entry.accepted;
  send(what_.parent, ToConversation{what_.workspace, Id::from_view(entry.row.conversation()),
                                    what_.channel, std::move(report)});
}

// Before a cut-off send is repeated: the question whether it arrived, where the channel has one.
std::optional<ProviderCall> ConnectionActor::question(const OutboxEntry& entry) const {
  if (!entry.row.maybe_duplicate() || entry.row.reaction() || entry.lookups >= kLookups)
    return std::nullopt;
  return adapter_->compose_lookup(*entry.message, credentials_);
}

// Two messages with the same words are told apart by their ids.
SendOutcome ConnectionActor::read_lookup(const OutboxEntry& entry,
                                         const ProviderReply& reply) const {
  bool unreadable = false;
  const auto is_taken = [&](const std::string& external_id) {
    const auto known = conversation::load_external(services_.reader, services_.vault,
                                                   what_.workspace, what_.channel, external_id);
    unreadable = unreadable || !known;
    return !known ||
           (*known && !(*known)->message().empty() && (*known)->message() != entry.row.message());
  };
  const SendOutcome outcome = adapter_->classify_lookup(*entry.message, reply, is_taken);
  if (unreadable) return {.kind = SendOutcome::Kind::retry};
  return outcome;
}

void ConnectionActor::act_on_lookup(OutboxEntry& entry, const SendOutcome& outcome) {
  ++entry.lookups;
  if (outcome.kind == SendOutcome::Kind::sent) {
    if (!entry.resent) entry.row.set_maybe_duplicate(false);
    end_attempt(entry, outcome, 0);
    entry.accepted.push_back(outcome.external_id);
    calls_.erase(entry.sequence);
    return call_provider(entry.sequence);  // the next part, or the end
  }
  if (outcome.kind == SendOutcome::Kind::ambiguous) {  // it is not there: it goes again
    entry.lookups = kLookups;
    return call_provider(entry.sequence);
  }
  outbox_.wait_for_echo(entry, pace_now() + outcome.retry_after_ms.value_or(kLookupPause));
}

}  // namespace aura
