// A call of Twilio's as it is stored, and as net/providers/sms/normalise.h reads it back. Pure; any
// thread.
#pragma once

#include <string>

#include "net/http.h"
#include "runtime/clock.h"

namespace aura::net {

// {"name":"value", "repeated":["one","two"]}: names in the order they first came.
std::string params_json(const Params& params);

// `params`: the posted parameters, as JSON.
std::string twilio_item(const Request& request, const std::string& params, Millis now);

}  // namespace aura::net
