// Meta's signed_request: base64url of an HMAC-SHA256 over the payload's text, a dot, and base64url
// of the payload's JSON. Not the scheme of Meta's webhooks. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "net/signature.h"
#include "runtime/ports/person_requests.h"

namespace aura::net {

// Unpadded ('=' at the end is forgiven); one value has one encoding.
std::optional<std::string> from_base64url(std::string_view text);

// nullopt if the request is malformed or not signed with the secret; the result does not show
// which.
std::optional<PersonRequest> read_signed_request(std::string_view text, const HmacSha256& secret);

}  // namespace aura::net
