// Maps Graph API errors to send outcomes, by Meta's codes only, never by its texts.
#pragma once

#include <string>

#include "net/providers/lenient_json.h"
#include "net/providers/meta/product.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::meta {

struct GraphError {
  int http_status = 0;
  std::int64_t code = 0;
  std::int64_t subcode = 0;
  bool transient = false;
};

struct Verdict {
  SendOutcome::Kind kind;
  const char* code;     // our own stable code
  const char* detail;   // for the shop's owner; see worded()
  bool of_app = false;  // the pause applies to every account of the app
};

GraphError read_error(JsonView error, int http_status);

Verdict verdict_of(const GraphError& error);

// Replaces {company}, {account} and {site} by the product's names.
std::string worded(std::string_view sentence, const Product& product);

}  // namespace aura::net::meta
