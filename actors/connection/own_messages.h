// Messages that a connection receives from its own calls, reads and timers, and the one with which
// it reports to its workspace that it has drained. Not used by anyone else.
#pragma once

#include "actors/protocol.h"

namespace aura {

struct EventEnded {  // a conversation applied (or failed) an event of this connection
  std::uint64_t sequence = 0;
  Result<EventApplied> result = EventApplied{};
};
struct TickRetry {  // a failed event is tried again
  std::uint64_t sequence = 0;
};
struct OutboxLoaded {
  std::vector<storage::Row> rows;
  bool complete = false;
  bool failed = false;
};
struct UnsupportedFound {  // stored messages of unknown kinds
  std::vector<storage::Row> rows;
  bool complete = true;
};
struct TickProjection {};  // read the next page of them
struct TickHeld {};        // free the permits of events that wait too long
struct TickOutbox {};      // read the (next page of the) outbox
struct CallFinished {      // the provider answered, or the call failed
  std::uint64_t sequence = 0;
  ProviderReply reply;
};
struct SendRecorded {
  std::uint64_t sequence = 0;
  Errc code = Errc::ok;
};
struct TickRecord {  // store a result again after a failed attempt
  std::uint64_t sequence = 0;
};
struct TickToken {};  // check the account's token
struct TokenAnswered {
  int token = 0;  // token_number at the time of the call
  bool renewal = false;
  ProviderReply reply;
};
struct TemplatesAnswered {
  ProviderReply reply;
};
struct ProfileAnswered {
  LookUpProfile who;
  ProviderReply reply;
};
struct TickProfiles {};      // ask for the next contact's name
struct TickTemplates {};     // read the templates again after a failure
struct TickPump {            // a message may be due
  std::uint64_t number = 0;  // of this tick; only the one set last counts
};

// A stopping connection has nothing in flight any more. It quits at the second StopActor, so that
// everything sent to it before has been handled.
struct ConnectionDrained {
  Id channel;
};

}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::EventEnded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickRetry)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::OutboxLoaded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::UnsupportedFound)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickProjection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickHeld)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickOutbox)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::CallFinished)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::SendRecorded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickRecord)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickToken)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TokenAnswered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TemplatesAnswered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ProfileAnswered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickProfiles)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickTemplates)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickPump)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ConnectionDrained)
