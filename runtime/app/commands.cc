#include "runtime/app/commands.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <future>

#include "config/load.h"
#include "net/http_client.h"
#include "runtime/app/application.h"
#include "runtime/app/operator_token.h"
#include "runtime/fault_points.h"
#include "runtime/log.h"

namespace aura::app {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitBadConfig = 2;

void print_errors(const std::vector<config::ConfigError>& errors) {
  for (const auto& error : errors) std::fprintf(stderr, "%s\n", error.text().c_str());
}

config::LoadResult load(const CommonOptions& options) {
  const auto environment = config::process_environment();
  auto loaded = options.config.empty() ? config::load_string("", "(defaults)", environment)
                                       : config::load_file(options.config, environment);
  if (!options.data.empty()) loaded.settings.storage.path = options.data;
  return loaded;
}

Result<void> arm_fault_points() {
  const char* specification = std::getenv("AURA_FAILPOINT");
  if (specification == nullptr) return {};
  auto rules = fault::parse(specification);
  if (!rules) return tl::unexpected(rules.error());
  const char* seed = std::getenv("AURA_FAILPOINT_SEED");
  fault::arm(std::move(*rules), seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10));
  return {};
}

std::string to_json(const NewWorkspace& wanted) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  const auto add = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    json.Key(name);
    json.String(value);
  };
  add("name", wanted.name);
  add("slug", wanted.slug);
  add("timezone", wanted.timezone);
  add("currency", wanted.currency);
  add("locale", wanted.locale);
  json.EndObject();
  return buffer.GetString();
}

}  // namespace

int serve(const CommonOptions& options, bool demo) {
  auto loaded = load(options);
  if (!loaded.ok()) {
    print_errors(loaded.errors);
    return kExitBadConfig;
  }
  if (auto armed = arm_fault_points(); !armed) {
    std::fprintf(stderr, "AURA_FAILPOINT: %s\n", armed.error().detail.c_str());
    return kExitBadConfig;
  }
  // Signals are taken by this thread alone; every thread made from here on inherits the mask.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGTERM);
  sigaddset(&stop_signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  Application application(std::move(loaded.settings), demo);
  auto addresses = application.start();
  if (!addresses) {
    std::fprintf(stderr, "aura: %s\n", addresses.error().detail.c_str());
    return kExitFailed;
  }
  std::printf("aura ready public=%s operator=%s\n", addresses->public_url.c_str(),
              addresses->operator_url.c_str());
  std::fflush(stdout);
  int caught = 0;
  sigwait(&stop_signals, &caught);
  log::info("stopping", {{"signal", caught}});
  application.stop();
  return 0;
}

int check_config(const std::string& file) {
  const auto loaded = config::load_file(file, config::process_environment());
  if (loaded.ok()) {
    std::printf("%s: the configuration is valid\n", file.c_str());
    return 0;
  }
  print_errors(loaded.errors);
  return kExitBadConfig;
}

int create_workspace(const CommonOptions& options, const NewWorkspace& wanted) {
  auto loaded = load(options);
  if (!loaded.ok()) {
    print_errors(loaded.errors);
    return kExitBadConfig;
  }
  const auto token = read_operator_token(loaded.settings);
  if (!token) {
    std::fprintf(stderr, "aura: %s\n", token.error().detail.c_str());
    return kExitFailed;
  }
  const auto& listen = loaded.settings.operator_endpoint.listen;
  net::HttpCall call;
  call.method = net::Method::post;
  call.url =
      (wanted.operator_url.empty() ? "http://" + listen.host + ":" + std::to_string(listen.port)
                                   : wanted.operator_url) +
      "/workspaces";
  call.headers.add("Authorization", "Bearer " + *token);
  call.headers.add("Content-Type", "application/json");
  call.body = to_json(wanted);
  net::HttpClient client;
  std::promise<net::HttpResult> answered;
  client.send(std::move(call),
              [&](net::HttpResult result) { answered.set_value(std::move(result)); });
  const auto result = answered.get_future().get();
  if (!result) {
    std::fprintf(stderr, "aura: the engine does not answer: %s\n",
                 result.error().error.detail.c_str());
    return kExitFailed;
  }
  const bool created = result->status == 201 || result->status == 200;
  std::fprintf(created ? stdout : stderr, "%s\n", result->body.c_str());
  return created ? 0 : kExitFailed;
}

}  // namespace aura::app
