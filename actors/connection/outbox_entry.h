// An outgoing message (or reaction) in memory: its outbox row, its phase and the parts that the
// provider accepted. Owned by the outbox queue, which alone changes the phase; used on the
// connection actor.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/ports/channel_adapter.h"
#include "runtime/trace_context.h"
#include "storage/schema/records.pb.h"

namespace aura {

struct OutboxEntry {
  enum class Phase {
    waiting,    // for its due time, or behind another message of its conversation
    newborn,    // waiting, just announced and already claimed by the commit that wrote it
    ambiguous,  // waiting for the echo of a cut-off call
    // In flight:
    claiming,   // the commit that claims the row is running
    claimed,    // claimed by the commit that wrote the row: may be called at once
    calling,    // a provider call is running
    asking,     // a status query for a cut-off call is running
    recording,  // the conversation is storing the result
    // No longer in flight:
    recording_aside,  // the conversation cannot store the result now; its slot is given up
  };
  // Whether the message may have arrived by a call whose answer never came.
  enum class Doubt {
    none,
    once,    // a call was cut off
    resent,  // after that, the message was sent again
    twice,   // the second call was cut off too
  };
  static constexpr int kFileTries = 2;  // refusals of a file; then it is sent as a link

  std::uint64_t sequence = 0;
  record::Outbox row;
  std::shared_ptr<const OutboundMessage> message;  // empty: read it from storage first
  Phase phase = Phase::waiting;
  Doubt doubt = Doubt::none;  // stored in the row as maybe_duplicate
  Millis due_at = 0;  // while waiting: when its row and its contact's pace allow it to be sent
  int token = 0;      // the account's token_number when the call was made
  int file_tries = 0;
  bool token_tried_again = false;  // after a refusal that may have been a fault of the provider
  int lookups = 0;                 // status queries made for a cut-off call
  int record_tries = 0;            // failed attempts to store the result
  std::vector<api::SendAttempt> attempts;  // not yet in the stored log; the last may be running
  std::vector<std::string> accepted;  // ids of the parts accepted by the provider since the claim
  std::vector<std::string> doubles;   // ids of duplicates of parts that had already been sent
  std::string echoed;                 // id of the part whose echo came before the call's answer
  std::string awaited;                // id of the part whose receipt lets the next one go

  static constexpr bool waits(Phase phase) { return phase <= Phase::ambiguous; }
  static constexpr bool in_flight(Phase phase) {
    return phase >= Phase::claiming && phase <= Phase::recording;
  }
  bool waits() const { return waits(phase); }
  std::size_t parts_done() const {
    return static_cast<std::size_t>(row.parts_sent()) + accepted.size();
  }
  // Whether sending files as links keeps the numbering of the parts already sent: only if no file
  // has a caption, which can be a part of its own.
  bool parts_keep_their_places() const {
    const auto& files = message->attachments;
    return parts_done() == 0 || std::all_of(files.begin(), files.end(),
                                            [](const auto& file) { return file.title().empty(); });
  }
  // The cut-off call did arrive. If the message was resent since, it remains a possible duplicate.
  void arrived() {
    if (doubt != Doubt::once) return;
    doubt = Doubt::none;
    row.set_maybe_duplicate(false);
  }
};

// The context of the n-th call for it: in the trace of whoever had it sent, else in its own.
inline TraceContext trace_of(const OutboxEntry& entry, std::uint64_t call = 0) {
  TraceContext context = trace_of_message(Id::from_view(entry.row.message()), call);
  if (!entry.row.trace_id().empty()) context.trace_id = entry.row.trace_id();
  return context;
}

}  // namespace aura
