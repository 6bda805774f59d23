// One message (or reaction) on its way out, as its connection keeps it in memory: its row, how far
// it is, what the provider took of it. Owned by the outbox queue, which alone changes its phase;
// used on the connection actor.
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
    waiting,    // for its time, or behind another of its conversation
    newborn,    // … and claimed by the very commit that wrote it, of which was just told
    ambiguous,  // … for the echo of a call that was cut off
    // From here on it is in flight:
    claiming,   // the commit that claims it runs
    claimed,    // by the commit that wrote it: it may be called at once
    calling,    // the provider has a call
    asking,     // the provider has the question whether a cut-off call arrived
    recording,  // its conversation has the result
    // … and no more:
    recording_aside,  // its conversation cannot store the result now: others do not wait for it
  };
  // Whether it may have arrived by a call whose answer never came.
  enum class Doubt {
    none,
    once,    // a call was cut off
    resent,  // … and the message was sent again since
    twice,   // … and that call was cut off too
  };
  static constexpr int kFileTries = 2;  // calls refused because of a file; then it goes as a link

  std::uint64_t sequence = 0;
  record::Outbox row;
  std::shared_ptr<const OutboundMessage> message;  // empty: read it from storage first
  Phase phase = Phase::waiting;
  Doubt doubt = Doubt::none;  // the row keeps whether there is any, as maybe_duplicate
  Millis due_at = 0;  // of one that waits: when it may go, as far as its own row and contact say
  int token = 0;      // of the account, with which the call was made
  int file_tries = 0;
  int lookups = 0;       // questions to the provider whether a cut-off call arrived
  int record_tries = 0;  // of its result, refused
  std::vector<api::SendAttempt> attempts;  // not yet in the message's log; the last may be open
  std::vector<std::string> accepted;  // ids of the parts that the provider took since the claim
  std::vector<std::string> doubles;   // ids by which parts that are done came a second time
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
  // Files that become links leave the parts before them where they are: none is done, or none of
  // the files has a caption, which would be a part of its own.
  bool parts_keep_their_places() const {
    const auto& files = message->attachments;
    return parts_done() == 0 || std::all_of(files.begin(), files.end(),
                                            [](const auto& file) { return file.title().empty(); });
  }
  // The call that was cut off did arrive. If the message was sent again since, it is there twice.
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
