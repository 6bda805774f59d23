// The log of calls made for a message. It travels with the commit that records the send's end, or
// with a report of its own while the message waits for its next call. Pure over the outbox entry
// that keeps it.
#pragma once

#include "actors/connection/outbox_entry.h"
#include "runtime/clock.h"

namespace aura::attempt_log {

void begin(OutboxEntry& entry, Millis now);
// An earlier run claimed the message and died: nobody knows what became of that call.
void note_cut_off(OutboxEntry& entry);
// What became of the last call; `http_status` 0: not of an answer's own.
void end(OutboxEntry& entry, const SendOutcome& outcome, int http_status, Millis now);

// How many parts of a message the provider took, by the log that is stored with it.
int parts_known_sent(const record::Message& row);

}  // namespace aura::attempt_log
