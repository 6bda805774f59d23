// The engine's latency metrics, by channel type: until a webhook is durable (ack), until an answer
// of the AI is decided (turn), a provider call (send); and, for all types together, until a
// decision is durable (commit). Any thread may observe.
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
// Counter of finished events of a workspace; after kWorkspaceLabels workspaces the rest share
// "other".
// Messages that a provider refused with a code that no rule of ours explains.
metrics::Counter unexplained_refusal(api::ChannelType type);

metrics::Counter workspace_events(const std::string& workspace);

}  // namespace aura::timings
