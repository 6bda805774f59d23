// Checks attachments and templates of a Send API message: types, fields and lengths. Pure.
#pragma once

#include <rapidjson/document.h>

#include "bench/sim/graph_error.h"
#include "bench/sim/ledger.h"

namespace aura::bench {

GraphError bad_parameter(std::string message, int subcode = 0);

// Checks {"type":…,"payload":…}; fills type and text of `out`.
GraphError check_attachment(const rapidjson::Value& attachment, AcceptedSend& out);

}  // namespace aura::bench
