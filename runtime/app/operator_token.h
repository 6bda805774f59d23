// The operator endpoint's bearer token: the configured one, or the one in the data directory (mode
// 0600), created at the first start.
#pragma once

#include <string>

#include "config/settings.h"
#include "runtime/result.h"

namespace aura::app {

Result<std::string> operator_token(const config::Settings& settings);
Result<std::string> read_operator_token(const config::Settings& settings);  // never creates one

}  // namespace aura::app
