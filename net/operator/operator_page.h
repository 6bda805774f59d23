// The operator's page as an answer: the built HTML (web/operator), its script and style allowed by
// their hashes and nothing else. It holds no data: it asks for the token, then for the JSON. Pure.
#pragma once

#include <string>

#include "net/http.h"

namespace aura::net {

Response operator_page(const std::string& html);

}  // namespace aura::net
