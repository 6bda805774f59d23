// The conversation: pure decisions over its state. Nothing here does I/O, reads a clock or knows
// actors: decide_*() takes the state, one event, the stored data it refers to (Lookup) and the
// time, and returns the next state with the rows to write in one commit, or a refusal. A decision
// is applied by assigning `next`; a crash before the commit leaves no trace.
//
// The final state does not depend on the order of arrival: an edit, unsend, reaction or status that
// arrives before its message waits under the message's external id; statuses only advance; edits
// and reactions are ordered by their content (time, number), not by their arrival.
//
// This header is all of it; whoever needs one part includes that part.
#pragma once

#include "actors/conversation/consent.h"           // opt-outs
#include "actors/conversation/control.h"           // handler, status, read position
#include "actors/conversation/decision.h"          // what a decision changes
#include "actors/conversation/inbound.h"           // the channel's events
#include "actors/conversation/media.h"             // attachments to fetch
#include "actors/conversation/names.h"             // ids
#include "actors/conversation/outbound.h"          // messages of ours and how their sends ended
#include "actors/conversation/outbound_message.h"  // what is sent
#include "actors/conversation/outcomes.h"          // how sends and downloads ended
#include "actors/conversation/state.h"             // what a decision is based on
#include "actors/conversation/steps.h"             // shared by several decisions
#include "actors/conversation/windows.h"           // when a message may be sent
