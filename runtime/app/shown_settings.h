// The settings as shown to operators; for a secret only whether it is set. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "config/settings.h"

namespace aura::app {

std::vector<std::pair<std::string, std::string>> shown_settings(const config::Settings& settings);

}  // namespace aura::app
