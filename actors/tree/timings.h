// The engine's latencies as operators graph them, each by channel kind: how long until a webhook is
// durable (ack), a decision (commit), an answer decided (turn), a call of a provider (send). Any
// thread may observe.
#pragma once

#include <string>

#include "runtime/metrics.h"
#include "storage/schema/api.pb.h"

namespace aura::timings {

const std::string& channel_label(api::ChannelType type);  // "messenger", …

void ack(api::ChannelType type, double seconds);
void commit(double seconds);
void turn(api::ChannelType type, double seconds);
void send(api::ChannelType type, bool accepted, double seconds);
// Events of a workspace that ended; the first workspaces by their id, all others as "other".
metrics::Counter workspace_events(const std::string& workspace);

}  // namespace aura::timings
