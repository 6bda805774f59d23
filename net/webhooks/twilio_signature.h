// X-Twilio-Signature: base64 of an HMAC-SHA1, under the account's auth token, over the called
// address and the posted parameters. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace aura::net {

// The address as it may have been signed: as it is configured, with its scheme's default port, and
// without a port. `base` is public.url, `target` the request's path and query as they came.
std::vector<std::string> signed_addresses(std::string_view base, std::string_view target);

// Names in byte order; a repeated one with its different values, in byte order.
std::string signed_params(const Params& params);

std::string twilio_signature(std::string_view token, std::string_view message);

// Every combination is computed, whichever fits: the time taken tells nothing.
bool verify_twilio_signature(const std::vector<std::string>& tokens,
                             const std::vector<std::string>& addresses, std::string_view params,
                             std::string_view signature);

// Whether the query's bodySHA256 (hex, either case) is that of the body.
bool is_body_digest(std::string_view hex, std::string_view body);

}  // namespace aura::net
