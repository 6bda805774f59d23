// Decides whether a provider call may be made and what a finished call means for its message
// (record the result, send the next part, retry, wait for the echo) and for the account (slow down,
// pause, token dead). Pure: times, waits and randomness are arguments; `Sends` carries the
// decisions out.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "actors/connection/outbox_entry.h"
#include "runtime/clock.h"
#include "runtime/random.h"

namespace aura {

// ---- before a call

struct BeforeCall {
  bool channel_deleted = false;
  bool erased = false;   // the message was deleted, perhaps together with its contact
  bool stopped = false;  // the contact opted out of such messages
  bool can_ask = false;  // the provider can be asked whether a cut-off call arrived
};
// The reason why a message must not be sent at all; nullopt: call the provider.
std::optional<SendOutcome> ended_before_call(const OutboxEntry& entry, const BeforeCall& facts,
                                             Millis now);
// The result of a message for which no (further) call is needed.
SendOutcome ended_without_call(const OutboxEntry& entry);

// ---- after a call

struct FinishedCall {
  SendOutcome outcome;          // the answer as classified by the adapter
  bool parts_left = false;      // further calls of the same message
  bool token_replaced = false;  // since the call was made
  Millis echo_wait = 0;         // how long the channel's echoes may take
  Millis part_wait = 0;         // how long to wait for a part's receipt before the next part
  Millis trouble = 0;           // how long temporary provider errors are retried; 0: as long as
                                // for a provider that cannot be reached
  bool answered = true;         // the provider answered at all
  Millis now = 0;               // the wall clock, for the message's age
  Millis pace = 0;              // the pace clock (pace_clock.h), for waits
};

// The final result (sent or failed) is recorded.
struct RecordEnd {};
struct CallNextPart {};
// The next part is sent when the receipt of this part arrives, at the latest at `until`.
struct AwaitReceipt {
  Millis until = 0;
};
// The message surely did not arrive and is sent again.
struct TryAgain {
  Millis at = 0;
  bool file_refused = false;   // retry with a new URL for the file, or with the file as a link
  bool token_doubted = false;  // retry with the channel as it is stored
};
// The message may have arrived: if no echo comes before `until`, it is resent, flagged as a
// possible duplicate.
struct AwaitEcho {
  Millis until = 0;
  OutboxEntry::Doubt doubt = OutboxEntry::Doubt::once;
};
using NextOfMessage = std::variant<RecordEnd, CallNextPart, AwaitReceipt, TryAgain, AwaitEcho>;

// The provider accepts calls; `paused_until` is set if it asks for a pause anyway.
struct CallsTaken {
  std::optional<Millis> paused_until;
  bool whole_app = false;  // the pause applies to every account of the app
};
// The account hit a rate limit: no sends before `until`; the channel status shows the reason.
struct CallsTooFast {
  Millis until = 0;
  bool whole_app = false;
};
// The provider accepts no marketing messages before `until`; other messages are sent.
struct MarketingTooMuch {
  Millis until = 0;
};
struct TokenDead {};
using NextOfAccount =
    std::variant<std::monostate, CallsTaken, CallsTooFast, MarketingTooMuch, TokenDead>;

struct CallDecision {
  SendOutcome outcome;  // for the log and, with RecordEnd, the recorded result
  NextOfMessage message;
  NextOfAccount account;
};
CallDecision decide_call(const OutboxEntry& entry, FinishedCall call, Random& random);

// ---- after a status query for a cut-off call

struct Arrived {};
struct NotThere {};
struct AskAgain {
  Millis at = 0;
};
using LookupDecision = std::variant<Arrived, NotThere, AskAgain>;
LookupDecision decide_lookup(const SendOutcome& answer, Millis pace);
inline constexpr int kLookups = 5;  // status queries for one message; then it is sent again

}  // namespace aura
