// The stored form of a Twilio request, which net/providers/sms/normalise.h reads back. Pure; any
// thread.
#pragma once

#include <string>

#include "net/http.h"
#include "runtime/clock.h"

namespace aura::net {

// Formats {"name":"value", "repeated":["one","two"]}, names in order of first appearance.
std::string params_json(const Params& params);

// `params`: the posted parameters, as JSON.
std::string twilio_item(const Request& request, const std::string& params, Millis now);

}  // namespace aura::net
