// Parses and checks the body of a Send API call of Messenger or Instagram as Meta does.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "bench/sim/graph_error.h"
#include "bench/sim/ledger.h"

namespace aura::bench {

// Fills recipient, kind, type, text, metadata and message of `out` by the rules of `out.channel`.
// `proof` receives an appsecret_proof from the body, `tag` the message tag.
GraphError parse_send(std::string_view body, AcceptedSend& out, std::string& proof,
                      std::string* tag = nullptr);

}  // namespace aura::bench
