// The standard Prometheus metrics of this process: memory, processor time, file descriptors, start.
#pragma once

namespace aura::metrics {

// Reads /proc and sets them. Any thread, one at a time.
void refresh_process_metrics();

}  // namespace aura::metrics
