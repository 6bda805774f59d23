// Splits the body of one Meta webhook into events: one iterative scan, no tree; the bytes of every
// event are cut out unchanged. Pure functions; any thread may call.
//
//   {"object":"page","entry":[{"id":"…","time":1,"messaging":[{…},{…}]}]}
//     → two items, each the payload that the channel's adapter reads:
//   {"object":"page","entry_id":"…","entry_time":1,"list":"messaging","item":{…}}
//
// `list` names the place of the item: messaging, standby, changes, changed_fields, entry (a whole
// entry without a known list) or body (a whole body that is no known webhook). Nothing is dropped.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/ports/ingress.h"
#include "runtime/result.h"

namespace aura::net {

// Bodies nested deeper than this are refused, because the scan's stack grows with the depth. No
// real event comes near it.
inline constexpr int kEnvelopeDepth = 16'384;

// An Error (invalid) only if the body is not JSON or too deep; any other body yields at least one
// item.
Result<std::vector<InboundItem>> slice_meta_body(std::string_view body);

}  // namespace aura::net
