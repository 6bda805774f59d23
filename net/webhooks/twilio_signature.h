// X-Twilio-Signature: base64 of an HMAC-SHA1, keyed with the account's auth token, over the called
// URL and the posted parameters. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace aura::net {

// The URLs that Twilio may have signed: as configured, with the scheme's default port, and without
// a port. `base` is public.url, `target` the request's path and query unchanged.
std::vector<std::string> signed_addresses(std::string_view base, std::string_view target);

// Names in byte order; for a repeated name its distinct values, in byte order.
std::string signed_params(const Params& params);

std::string twilio_signature(std::string_view token, std::string_view message);

// Computes every combination whichever matches, so that the time taken reveals nothing.
bool verify_twilio_signature(const std::vector<std::string>& tokens,
                             const std::vector<std::string>& addresses, std::string_view params,
                             std::string_view signature);

// Whether the query's bodySHA256 (hex, either case) is the digest of the body.
bool is_body_digest(std::string_view hex, std::string_view body);

}  // namespace aura::net
