// One call of the Graph API, split into its parts: /{host}/{version}/{node}/{edge}?… . A view into
// the request that it was created from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/support/http_framing.h"

namespace aura::bench {

struct GraphCall {
  const HttpMessage& request;
  std::string_view host;  // "graph.instagram.com", … if the URL begins with a host
  std::string_view node;  // "me", an id, "debug_token", "oauth", …
  std::string_view edge;  // "messages", "accounts", … or empty
  std::string token;
  std::string body;  // without chunk framing

  std::string parameter(std::string_view name) const;  // from the query, else from a form body
  std::string base_url() const;                        // this server's URL as the caller reaches it
};

GraphCall graph_call(const HttpMessage& request);

}  // namespace aura::bench
