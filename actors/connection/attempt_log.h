// The log of provider calls made for a message. It is stored with the commit that records the send
// result, or by a separate report while the message waits for its next call. Pure functions over
// the outbox entry that holds the log.
#pragma once

#include "actors/connection/outbox_entry.h"
#include "runtime/clock.h"

namespace aura::attempt_log {

void begin(OutboxEntry& entry, Millis now);
// The process died after claiming the message: the outcome of that call is unknown.
void note_cut_off(OutboxEntry& entry);
// Stores the outcome of the last call; `http_status` 0: the outcome comes from no HTTP answer.
void end(OutboxEntry& entry, const SendOutcome& outcome, int http_status, Millis now);

// How many parts of a message the provider accepted, according to its stored log.
int parts_known_sent(const record::Message& row);

}  // namespace aura::attempt_log
