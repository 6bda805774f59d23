// One call of the Graph API, taken apart: /{host}/{version}/{node}/{edge}?… . A view of the request
// that it was made from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/support/http_framing.h"

namespace aura::bench {

struct GraphCall {
  const HttpMessage& request;
  std::string_view host;  // "graph.instagram.com", … when the URL begins with one
  std::string_view node;  // "me", an id, "debug_token", "oauth", …
  std::string_view edge;  // "messages", "accounts", … or empty
  std::string token;
  std::string body;  // without chunks

  std::string parameter(std::string_view name) const;  // of the query, else of a form body
  std::string base_url() const;                        // how the caller reaches this server
};

GraphCall graph_call(const HttpMessage& request);

}  // namespace aura::bench
