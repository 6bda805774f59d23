// The webhooks a provider sends about a message it accepted: echo, sent, delivered, read, failed,
// in each channel's format. Pure.
#pragma once

#include <vector>

#include "bench/sim/knobs.h"
#include "bench/sim/ledger.h"
#include "bench/sim/webhook_item.h"

namespace aura::bench {

// In the order in which they happen. `fails`: the message ends as failed instead of delivered.
std::vector<WebhookItem> announcements(const AcceptedSend& sent, const Knobs& knobs, bool fails,
                                       const std::string& app_id);

}  // namespace aura::bench
