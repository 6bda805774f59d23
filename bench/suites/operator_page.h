// The requests that the operator's page sends to the engine.
#pragma once

namespace aura::bench {

inline constexpr const char* kOperatorPage[] = {
    "/actors?depth=9&sort=busy&limit=50", "/actors?depth=2", "/metrics", "/engine", "/connections"};

}  // namespace aura::bench
