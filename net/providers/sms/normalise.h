// Converts a stored webhook item to channel events. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "net/providers/sms/keywords.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

// The stored item: {"at": time of receipt (ms; Twilio sends no time), "params": {posted parameters;
// a repeated one is an array}, "query": {"m": …}}. Made by net/webhooks/twilio.cc.
Normalised normalise_item(std::string_view payload, const Keywords& keywords);

// The thread id of an address: a folded E.164 number; other addresses (short code, alphanumeric
// sender) unchanged. A channel prefix such as "rcs:" is kept.
std::string thread_of(std::string_view address);

// An alphanumeric sender ("ACME"): it sends only, there is no number to answer.
bool is_sender_name(std::string_view address);

}  // namespace aura::net::sms
