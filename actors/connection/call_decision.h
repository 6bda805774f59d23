// What a call of the provider means, before it is made and when it has ended: for its message
// (record the end, send the next part, try again, wait for the echo) and for the account (slower,
// paused, its token dead). Pure: times, waits and chance are arguments; `Sends` acts on it.
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
  bool erased = false;   // the message is not there any more, perhaps with its contact
  bool stopped = false;  // the contact stopped such messages
  bool can_ask = false;  // the provider can be asked whether a cut-off call arrived
};
// Why a message cannot be sent whatever the provider would say.
std::optional<SendOutcome> ended_before_call(const OutboxEntry& entry, const BeforeCall& facts,
                                             Millis now);
// The message has no (more) calls to be made.
SendOutcome ended_without_call(const OutboxEntry& entry);

// ---- after a call

struct FinishedCall {
  SendOutcome outcome;          // as the adapter reads the answer
  bool parts_left = false;      // further calls of the same message
  bool token_replaced = false;  // since the call was made
  Millis echo_wait = 0;         // how long the channel's echoes may take
  Millis part_wait = 0;         // … and the receipt of a part, before the next one goes
  Millis trouble = 0;           // how long a provider's passing trouble is waited for; 0: as long
                                // as for one that is out of reach
  bool answered = true;         // by the provider
  Millis now = 0;               // the wall clock, for the message's age
  Millis pace = 0;              // the clock of waits
};

// The message's end, sent or failed, is recorded.
struct RecordEnd {};
struct CallNextPart {};
// … but not before the receipt of this one, or `until`.
struct AwaitReceipt {
  Millis until = 0;
};
// It surely did not arrive and goes again.
struct TryAgain {
  Millis at = 0;
  bool file_refused = false;  // with a fresh address of its file, or the file as a link
};
// It may have arrived: unless the echo says so until then, it goes again, flagged.
struct AwaitEcho {
  Millis until = 0;
  OutboxEntry::Doubt doubt = OutboxEntry::Doubt::once;
};
using NextOfMessage = std::variant<RecordEnd, CallNextPart, AwaitReceipt, TryAgain, AwaitEcho>;

// The account's calls are taken; if a time is given, none goes before it.
struct CallsTaken {
  std::optional<Millis> paused_until;
  bool whole_app = false;  // … of any account of the app
};
// The account sends too fast: nothing goes before `until`, and the owner sees why.
struct CallsTooFast {
  Millis until = 0;
  bool whole_app = false;
};
// The provider takes no marketing before `until`; what people asked for goes on.
struct MarketingTooMuch {
  Millis until = 0;
};
struct TokenDead {};
using NextOfAccount =
    std::variant<std::monostate, CallsTaken, CallsTooFast, MarketingTooMuch, TokenDead>;

struct CallDecision {
  SendOutcome outcome;  // as it is logged and, at the message's end, recorded
  NextOfMessage message;
  NextOfAccount account;
};
CallDecision decide_call(const OutboxEntry& entry, FinishedCall call, Random& random);

// ---- after a question whether a cut-off call arrived

struct Arrived {};
struct NotThere {};
struct AskAgain {
  Millis at = 0;
};
using LookupDecision = std::variant<Arrived, NotThere, AskAgain>;
LookupDecision decide_lookup(const SendOutcome& answer, Millis pace);
inline constexpr int kLookups = 5;  // questions about one message; then it is sent again

}  // namespace aura
