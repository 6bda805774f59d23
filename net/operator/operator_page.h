// The response with the operator's page: the built HTML (web/operator) and a policy that allows
// only its own script and style, by their hashes. The page contains no data: it asks for the token,
// then for the JSON. Pure.
#pragma once

#include <string>

#include "net/http.h"

namespace aura::net {

Response operator_page(const std::string& html);

}  // namespace aura::net
