// X-Twilio-Signature of a form posted to a URL. Pure.
#pragma once

#include <string>
#include <string_view>

#include "bench/sim/form.h"

namespace aura::bench {

std::string twilio_signature(std::string_view auth_token, std::string_view url, const Form& form);

}  // namespace aura::bench
