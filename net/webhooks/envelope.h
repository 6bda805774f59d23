// Takes the body of one Meta webhook apart: one iterative scan, no tree, every event's bytes sliced
// out as they came. Pure functions; any thread may call.
//
//   {"object":"page","entry":[{"id":"…","time":1,"messaging":[{…},{…}]}]}
//     → two items, each the payload that the channel's adapter reads:
//   {"object":"page","entry_id":"…","entry_time":1,"list":"messaging","item":{…}}
//
// `list` says where the item stood: messaging, standby, changes, changed_fields, entry (an entry
// with nothing we know in it, whole) or body (not a webhook we know, whole). Nothing is left out.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/ports/ingress.h"
#include "runtime/result.h"

namespace aura::net {

// Deeper nesting than any event has is still sliced and kept; beyond this it is refused, because
// the scan's own stack grows with it.
inline constexpr int kEnvelopeDepth = 16'384;

// An Error (invalid) only if the body is not JSON; any JSON at all gives at least one item.
Result<std::vector<InboundItem>> slice_meta_body(std::string_view body);

}  // namespace aura::net
