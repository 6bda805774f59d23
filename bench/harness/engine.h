// The engine under test as a black box: its program, configuration, data directory, and the two
// URLs it prints. Owned by a suite; when it ends, the program is killed and the directory removed.
// One thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/harness/child_process.h"
#include "bench/harness/rest_client.h"
#include "bench/harness/usage.h"
#include "bench/support/loop.h"
#include "bench/support/socket.h"

namespace aura::bench {

inline constexpr std::string_view kAppSecret = "bench_app_secret_0123456789abcdef";

struct EngineOptions {
  std::filesystem::path program;  // the aura binary
  std::filesystem::path scratch;  // where temporary directories are made
  std::string graph_url;          // URL of the simulator
  std::string extra_config;       // TOML appended to the configuration
  bool keep_data = false;
};

struct Workspace {
  std::string id;
  std::string api_key;
};

class Engine {
 public:
  explicit Engine(EngineOptions options);
  ~Engine();

  void start();  // writes the configuration, waits for the ready line
  void kill_now() { process_.kill_now(); }
  double seconds_to_ready() const { return seconds_to_ready_; }

  const Endpoint& public_side() const { return public_; }
  pid_t pid() const { return process_.pid(); }
  const std::filesystem::path& data() const { return data_; }

  Workspace create_workspace(const std::string& name);
  RestClient api(const Workspace& workspace) const;
  RestClient operator_api() const { return {operator_, operator_token_}; }
  std::string metrics() const;

 private:
  EngineOptions options_;
  std::filesystem::path home_;
  std::filesystem::path data_;
  ChildProcess process_;
  Endpoint public_;
  Endpoint operator_;
  std::string operator_token_;
  double seconds_to_ready_ = 0;
};

// Sums one metric in Prometheus text over its labels; 0 if it is missing. `name` may include the
// first label: aura_events_finished_total{outcome="dead"
double metric_in(const std::string& text, const std::string& name);

// Runs the loop until the process has used almost no CPU time for 300 ms, and returns when that
// period began; nothing if the process was still busy at the limit. The loop continues to serve
// meanwhile (the simulator).
std::optional<TimePoint> wait_until_idle(Loop& loop, pid_t pid, std::chrono::seconds limit);

}  // namespace aura::bench
