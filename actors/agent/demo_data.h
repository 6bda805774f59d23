// The files of web/demo_data, embedded by CMake.
#pragma once

#include <string_view>

namespace aura::agent {

extern const std::string_view kDemoProfile;
extern const std::string_view kDemoCatalog;
extern const std::string_view kDemoKnowledge;

}  // namespace aura::agent
