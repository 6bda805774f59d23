// What each error of the Graph API means for the outbox: Meta's codes decide, never its texts.
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
  const char* code;       // ours, stable
  const char* detail;     // for the shop's owner; see worded()
  bool of_app = false;    // of `pause`: every account of the app
  bool of_owner = false;  // the account needs its owner: told beside the message
};

GraphError read_error(JsonView error, int http_status);

Verdict verdict_of(const GraphError& error);

// The sentence with the product's own names for {company}, {account} and {site}.
std::string worded(std::string_view sentence, const Product& product);

}  // namespace aura::net::meta
