// Reads several catalog items at once for the chat's product cards. `found` runs once, on a query
// thread, with the existing items in the requested order; items that cannot be read are omitted.
#pragma once

#include <functional>
#include <vector>

#include "runtime/ports/engine_api.h"

namespace aura::net {

void look_up_items(Queries& queries, Id workspace, const std::vector<Id>& ids,
                   std::function<void(const std::vector<api::Item>&)> found);

}  // namespace aura::net
