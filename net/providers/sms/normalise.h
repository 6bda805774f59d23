// From a stored webhook item to normalised events. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "net/providers/sms/keywords.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

// The stored item: {"at": when we got it (ms; Twilio does not say), "params": {what was posted; a
// repeated parameter is an array}, "query": {"m": …}}. Made by net/webhooks/twilio.cc.
Normalised normalise_item(std::string_view payload, const Keywords& keywords);

// How a contact is named here: an E.164 number in its one form, else (short code, alphanumeric
// sender) as it stands; a channel prefix such as "rcs:" stays in front.
std::string thread_of(std::string_view address);

}  // namespace aura::net::sms
