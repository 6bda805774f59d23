#include "actors/connection/call_decision.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "actors/conversation/consent.h"
#include "actors/conversation/outbound.h"
#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura {
namespace {

using Kind = SendOutcome::Kind;
using Doubt = OutboxEntry::Doubt;

constexpr Millis kFilePause = 2'000;    // before a refused file is sent to the provider again
constexpr Millis kTokenPause = 1'000;   // before a doubted token is used again
constexpr Millis kLookupPause = 5'000;  // between two status queries

SendOutcome failed(std::string code, std::string detail) {
  return {.kind = Kind::failed, .error_code = std::move(code), .error_detail = std::move(detail)};
}

// The adapter's outcome, corrected where the engine knows better.
SendOutcome corrected(const OutboxEntry& entry, SendOutcome outcome) {
  // A success without a message id does not come from the provider (but from a proxy, for example),
  // and no later status could refer to it. Reactions have no ids.
  if (outcome.kind == Kind::sent && outcome.external_id.empty() && !entry.row.reaction()) {
    outcome.kind = Kind::ambiguous;
    outcome.error_code = "no_id";
    outcome.error_detail =
        "The channel's answer names no message, so it may or may not have been taken.";
  }
  if (outcome.kind != Kind::sent && !entry.echoed.empty())  // the echo proves that it arrived
    outcome = {.kind = Kind::sent, .external_id = entry.echoed};
  return outcome;
}

Millis backoff_of(const OutboxEntry& entry, const SendOutcome& outcome, Random& random) {
  if (outcome.retry_after_ms) return *outcome.retry_after_ms;
  const int doublings = std::clamp(entry.row.attempts() - 1, 0, 16);
  const std::chrono::milliseconds most = limits::kSendBackoffMax;
  const auto base =
      std::min(most, std::chrono::milliseconds(limits::kSendBackoffMin) * (1 << doublings));
  return std::min(most, random.jitter(base, 0.2)).count();
}

// The contact's rate limit was hit: WhatsApp asks for a pause of 4^n seconds. Later messages of the
// conversation wait too.
Millis contact_pause_of(const OutboxEntry& entry, const SendOutcome& outcome) {
  const int n = std::clamp(entry.row.attempts() - 1, 0, 5);
  return outcome.retry_after_ms.value_or(Millis{1000} << (2 * n));
}

// A message that surely did not arrive is retried until kSendLife has passed.
NextOfMessage again(const OutboxEntry& entry, Millis now, Millis at) {
  if (now - entry.row.created_ms() >= in_ms(limits::kSendLife)) return RecordEnd{};
  return TryAgain{at};
}

struct Next {
  NextOfMessage message;
  NextOfAccount account;
};

Next after_success(const FinishedCall& call) {
  CallsTaken taken;
  if (call.outcome.retry_after_ms) taken.paused_until = call.pace + *call.outcome.retry_after_ms;
  taken.whole_app = call.outcome.pause_scope == SendOutcome::Scope::app;
  if (!call.parts_left) return {RecordEnd{}, taken};
  if (call.part_wait > 0) return {AwaitReceipt{call.pace + call.part_wait}, taken};
  return {CallNextPart{}, taken};
}

Next after_failure(const OutboxEntry& entry, const FinishedCall& call) {
  if (call.outcome.file_refused && entry.file_tries < OutboxEntry::kFileTries)
    return {TryAgain{call.pace + kFilePause, true}, {}};
  return {RecordEnd{}, {}};
}

Next after_rate_limit(const OutboxEntry& entry, const FinishedCall& call) {
  const SendOutcome& outcome = call.outcome;
  if (outcome.pause_scope == SendOutcome::Scope::contact)
    return {again(entry, call.now, call.pace + contact_pause_of(entry, outcome)), {}};
  const Millis until = call.pace + outcome.retry_after_ms.value_or(in_ms(limits::kSendPause));
  if (outcome.pause_scope == SendOutcome::Scope::marketing)
    return {again(entry, call.now, until), MarketingTooMuch{until}};
  return {again(entry, call.now, until),
          CallsTooFast{until, outcome.pause_scope == SendOutcome::Scope::app}};
}

// A temporary provider error: retried with backoff, at most for `trouble` if the provider answered.
Next after_trouble(const OutboxEntry& entry, const FinishedCall& call, Random& random) {
  const bool bounded = call.answered && call.trouble > 0;
  if (bounded && call.now - entry.row.created_ms() >= call.trouble) return {RecordEnd{}, {}};
  return {again(entry, call.now, call.pace + backoff_of(entry, call.outcome, random)), {}};
}

Next after_dead_token(const OutboxEntry& entry, const FinishedCall& call) {
  if (call.token_replaced) return {TryAgain{call.pace}, {}};
  if (call.outcome.token_doubted && !entry.token_tried_again)
    return {TryAgain{call.pace + kTokenPause, false, true}, {}};
  return {TryAgain{call.pace}, TokenDead{}};
}

Next after_silence(const OutboxEntry& entry, const FinishedCall& call) {
  const Doubt doubt = entry.doubt >= Doubt::resent ? Doubt::twice : Doubt::once;
  return {AwaitEcho{call.pace + call.echo_wait, doubt}, {}};
}

Next next_of(const OutboxEntry& entry, const FinishedCall& call, Random& random) {
  switch (call.outcome.kind) {
    case Kind::sent:
      return after_success(call);
    case Kind::failed:
      return after_failure(entry, call);
    case Kind::retry:
      return after_trouble(entry, call, random);
    case Kind::pause:
      return after_rate_limit(entry, call);
    case Kind::reconnect:
      return after_dead_token(entry, call);
    case Kind::ambiguous:
      break;
  }
  return after_silence(entry, call);
}

}  // namespace

std::optional<SendOutcome> ended_before_call(const OutboxEntry& entry, const BeforeCall& facts,
                                             Millis now) {
  if (facts.channel_deleted)
    return failed("channel_deleted", "The channel was deleted before it was sent.");
  if (facts.erased) return failed("erased", "The message was erased before it was sent.");
  if (facts.stopped)
    return failed(conversation::kOptedOut, "The customer stopped messages before it was sent.");
  const Millis closes = entry.row.window_expires_ms();
  if (closes != 0 && now + in_ms(limits::kWindowSafety) >= closes)
    return failed("window_closed", "The messaging window closed before it could be sent.");
  if (entry.doubt == Doubt::twice && !facts.can_ask)
    return failed(
        conversation::kUnknown,
        "It is not known whether the message arrived: the connection to the channel broke "
        "twice. Send it again if the customer did not get it.");
  return std::nullopt;
}

SendOutcome ended_without_call(const OutboxEntry& entry) {
  if (entry.parts_done() > 0) return {.kind = Kind::sent};
  return failed("unsupported", "This channel cannot carry such a message.");
}

CallDecision decide_call(const OutboxEntry& entry, FinishedCall call, Random& random) {
  call.outcome = corrected(entry, std::move(call.outcome));
  Next next = next_of(entry, call, random);
  return {std::move(call.outcome), next.message, next.account};
}

LookupDecision decide_lookup(const SendOutcome& answer, Millis pace) {
  if (answer.kind == Kind::sent) return Arrived{};
  if (answer.kind == Kind::ambiguous) return NotThere{};
  return AskAgain{pace + answer.retry_after_ms.value_or(kLookupPause)};
}

}  // namespace aura
