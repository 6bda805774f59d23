// Error responses, RFC 9457: a stable `type` and, for wrong input, `errors[]` with a JSON pointer
// into the body or, where the field begins with '?', the name of the query parameter. Pure; any
// thread.
#pragma once

#include <string_view>

#include "net/http.h"
#include "runtime/result.h"

namespace aura::net {

// The response for an error of the engine or of a check. Errc::invalid becomes 422 (the request was
// readable, its content is wrong), or 400 for a query parameter.
Response problem(const Error& error);
// 400, for what cannot be read as a request at all (not JSON, a broken cursor, …).
Response bad_request(std::string_view detail, std::string_view field = {});
// `slug` becomes the type. A 429 or 503 gets a Retry-After header.
Response problem(int status, std::string_view slug, std::string_view title,
                 std::string_view detail = {}, std::string_view field = {});

}  // namespace aura::net
