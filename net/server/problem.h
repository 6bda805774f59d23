// The one way an error is answered, RFC 9457: a stable `type`, and for wrong input `errors[]` with
// a JSON pointer into the body or, where the field begins with '?', the name of the query
// parameter. Pure; any thread.
#pragma once

#include <string_view>

#include "net/http.h"
#include "runtime/result.h"

namespace aura::net {

// What the engine or a check refused. Errc::invalid is 422: the request was read, its content is
// wrong; of a query parameter, it is bad_request().
Response problem(const Error& error);
// What could not be read as a request at all (no JSON, a broken cursor, …): 400.
Response bad_request(std::string_view detail, std::string_view field = {});
// `slug` becomes the type. A 429 or 503 says when to come back.
Response problem(int status, std::string_view slug, std::string_view title,
                 std::string_view detail = {}, std::string_view field = {});

}  // namespace aura::net
