// What systemd is told (sd_notify's protocol): ready, alive, stopping. Says nothing where nobody
// listens. Main thread only.
#pragma once

#include <chrono>
#include <optional>

namespace aura::app::service_manager {

void ready();  // also starts the watchdog's clock
void stopping();
void alive();

// How often alive() must be called; nothing: nobody watches.
std::optional<std::chrono::milliseconds> watchdog_interval();

}  // namespace aura::app::service_manager
