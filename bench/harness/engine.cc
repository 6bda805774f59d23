#include "bench/harness/engine.h"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace aura::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kStartLimit{120};

fs::path make_home(const fs::path& scratch) {
  auto pattern = (scratch / "aura-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("cannot make a directory in " + scratch.string());
  }
  return pattern;
}

std::string trimmed_file(const fs::path& path) {
  std::ifstream file(path);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) throw std::runtime_error(path.string() + " is missing or empty");
  return text;
}

// The URL after "name=" in the ready line.
Endpoint endpoint_in(const std::string& line, const std::string& name) {
  const auto at = line.find(name + "=");
  if (at == line.npos) throw std::runtime_error("no " + name + "= in the ready line: " + line);
  const auto from = at + name.size() + 1;
  return parse_endpoint(std::string_view(line).substr(from, line.find(' ', from) - from));
}

}  // namespace

Engine::Engine(EngineOptions options)
    : options_(std::move(options)), home_(make_home(options_.scratch)), data_(home_ / "data") {
  if (!fs::exists(options_.program)) {
    throw std::runtime_error(options_.program.string() +
                             " is missing: build the target 'aura' or give --aura PATH");
  }
}

Engine::~Engine() {
  process_.kill_now();
  std::error_code ignored;
  if (!options_.keep_data) fs::remove_all(home_, ignored);
}

void Engine::start() {
  const auto config = home_ / "bench.toml";
  std::ofstream(config) << "[public]\nlisten = \"127.0.0.1:0\"\nmax_connections = 200000\n"
                        << "[operator]\nlisten = \"127.0.0.1:0\"\n"
                        << "[log]\nlevel = \"warn\"\n"
                        << "[ai]\nreply_debounce_ms = 0\n"
                        << "[channels.meta]\napp_id = \"900100\"\n"
                        << "app_secret = \"" << kAppSecret << "\"\n"
                        << "verify_token = \"bench\"\n"
                        << "graph_url = \"" << options_.graph_url << "\"\n"
                        << options_.extra_config;
  fs::create_directories(data_);
  const auto began = steady_now();
  process_ = ChildProcess(
      {options_.program.string(), "serve", "--config", config.string(), "--data", data_.string()},
      home_ / "engine.log");
  const auto line = process_.wait_for_line("aura ready", kStartLimit);
  seconds_to_ready_ = std::chrono::duration<double>(steady_now() - began).count();
  public_ = endpoint_in(line, "public");
  operator_ = endpoint_in(line, "operator");
  operator_token_ = trimmed_file(data_ / "operator.token");
}

Workspace Engine::create_workspace(const std::string& name) {
  RestClient client(operator_, operator_token_);
  const auto body =
      client.must("POST", "/workspaces", "{\"name\":\"" + name + "\",\"currency\":\"USD\"}");
  return {json_string(body, "workspace_id"), json_string(body, "api_key")};
}

RestClient Engine::api(const Workspace& workspace) const { return {public_, workspace.api_key}; }

std::string Engine::metrics() const {
  return RestClient(operator_, operator_token_).must("GET", "/metrics");
}

double metric_in(const std::string& text, const std::string& name) {
  double sum = 0;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with(name)) continue;
    const char after = line.size() > name.size() ? line[name.size()] : '\0';
    if (after != ' ' && after != '{' && after != ',' && after != '}') continue;
    sum += std::strtod(line.c_str() + line.rfind(' '), nullptr);
  }
  return sum;
}

std::optional<TimePoint> wait_until_idle(Loop& loop, pid_t pid, std::chrono::seconds limit) {
  constexpr std::chrono::milliseconds kLook{100};
  constexpr double kIdleSeconds = 0.02;  // two clock ticks: the cost of timers and statistics
  const auto deadline = steady_now() + limit;
  auto before = usage_of(pid).cpu_seconds;
  auto idle_since = steady_now();
  while (steady_now() - idle_since < 3 * kLook) {
    if (steady_now() > deadline) return std::nullopt;
    loop.run_until(steady_now() + kLook);
    const auto now = usage_of(pid).cpu_seconds;
    if (now - before > kIdleSeconds) idle_since = steady_now();
    before = now;
  }
  return idle_since;
}

}  // namespace aura::bench
