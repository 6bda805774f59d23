// The operator endpoint's bearer token: the configured one, or the one kept in the data directory
// (mode 0600), made at the first start.
#pragma once

#include <string>

#include "config/settings.h"
#include "runtime/result.h"

namespace aura::app {

Result<std::string> operator_token(const config::Settings& settings);
Result<std::string> read_operator_token(const config::Settings& settings);  // never makes one

}  // namespace aura::app
