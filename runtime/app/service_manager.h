// Notifications to systemd (sd_notify protocol): ready, alive, stopping. Does nothing outside
// systemd. Main thread only.
#pragma once

#include <chrono>
#include <optional>

namespace aura::app::service_manager {

void ready();  // also starts the watchdog timer
void stopping();
void alive();

// How often to call alive(); nothing: there is no watchdog.
std::optional<std::chrono::milliseconds> watchdog_interval();

}  // namespace aura::app::service_manager
