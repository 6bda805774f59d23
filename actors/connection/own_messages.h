// What a connection is told by its own calls, reads and clocks, and what it tells its workspace of
// its end. Nobody else sends or takes these.
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
  std::string start;  // the cursor it was read from
  std::vector<storage::Row> rows;
  bool complete = false;
  bool failed = false;
};
struct UnsupportedFound {  // messages whose kinds could not be shown
  std::vector<storage::Row> rows;
  bool complete = true;
};
struct TickProjection {};  // … the next of them
struct TickHeld {};        // what waits for long makes room
struct TickOutbox {};      // the outbox is read (on)
struct CallFinished {      // the provider answered, or did not
  std::uint64_t sequence = 0;
  ProviderReply reply;
};
struct SendRecorded {
  std::uint64_t sequence = 0;
  Errc code = Errc::ok;
};
struct TickRecord {  // a result that could not be stored is stored again
  std::uint64_t sequence = 0;
};
struct TickToken {};  // time to look at the connection's token
struct TokenAnswered {
  int token = 0;  // which of the connection's tokens was asked about
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
struct TickProfiles {};      // the next contact's name may be asked for
struct TickTemplates {};     // templates that could not be read are asked for again
struct TickPump {            // something may go now
  std::uint64_t number = 0;  // of the ticks that were set; only the last one counts
};

// A stopped connection has nothing in flight any more. It ends when it is told to stop once more:
// what was sent to it until then has reached it.
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
