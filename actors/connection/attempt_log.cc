#include "actors/connection/attempt_log.h"

#include <algorithm>
#include <utility>

#include "actors/conversation/model.h"

namespace aura::attempt_log {
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
  return conversation::kUnknown;
}

// The outcome of a call stays unknown until its answer is read.
void open(OutboxEntry& entry, std::size_t part, Millis at) {
  api::SendAttempt attempt;
  if (entry.row.reaction()) attempt.set_reaction(true);
  attempt.set_part(static_cast<std::uint32_t>(part));
  attempt.set_started_at(at);
  attempt.set_outcome(conversation::kUnknown);
  entry.attempts.push_back(std::move(attempt));
}

}  // namespace

void begin(OutboxEntry& entry, Millis now) { open(entry, entry.parts_done(), now); }

void note_cut_off(OutboxEntry& entry) {
  if (entry.row.state() != record::Outbox::STATE_CLAIMED) return;
  open(entry, static_cast<std::size_t>(entry.row.parts_sent()), entry.row.claimed_ms());
}

void end(OutboxEntry& entry, const SendOutcome& outcome, int http_status, Millis now) {
  if (entry.attempts.empty()) return;
  api::SendAttempt& attempt = entry.attempts.back();
  attempt.set_finished_at(now);
  attempt.set_outcome(outcome.held ? "held" : name_of(outcome.kind));
  if (http_status != 0) attempt.set_http_status(http_status);
  if (!outcome.provider_code.empty()) attempt.set_provider_code(outcome.provider_code);
  if (!outcome.external_id.empty()) attempt.set_provider_id(outcome.external_id);
}

int parts_known_sent(const record::Message& row) {
  const auto& retired = row.retired_externals();
  const auto logged = std::count_if(
      row.attempts().begin(), row.attempts().end(), [&](const api::SendAttempt& attempt) {
        const bool taken = attempt.outcome() == "sent" || attempt.outcome() == "held";
        return taken && !attempt.reaction() &&
               std::find(retired.begin(), retired.end(), attempt.provider_id()) == retired.end();
      });
  const bool some = row.status() >= api::MESSAGE_STATUS_SENT &&
                    row.status() != api::MESSAGE_STATUS_FAILED;  // known from an echo
  return std::max(static_cast<int>(logged), some ? 1 : 0);
}

}  // namespace aura::attempt_log
