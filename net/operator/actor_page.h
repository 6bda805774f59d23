// GET /actors in a browser: a page that asks for the operator token, then shows the live tree.
#pragma once

#include "net/http.h"

namespace aura::net {

Response actor_page();

}  // namespace aura::net
