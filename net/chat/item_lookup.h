// Reads several catalog items at once for the chat's product cards. `found` runs once, on a thread
// of the queries, with the items that exist in the order asked; what cannot be read is left out.
#pragma once

#include <functional>
#include <vector>

#include "runtime/ports/engine_api.h"

namespace aura::net {

void look_up_items(Queries& queries, Id workspace, const std::vector<Id>& ids,
                   std::function<void(const std::vector<api::Item>&)> found);

}  // namespace aura::net
