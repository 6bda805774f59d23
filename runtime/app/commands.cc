#include "runtime/app/commands.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <signal.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "config/load.h"
#include "net/tls.h"
#include "runtime/app/application.h"
#include "runtime/app/command_line.h"
#include "runtime/app/service_manager.h"
#include "runtime/fault_points.h"
#include "runtime/log.h"

namespace aura::app {
namespace {

Result<void> arm_fault_points() {
  const char* specification = std::getenv("AURA_FAILPOINT");
  if (specification == nullptr) return {};
  auto rules = fault::parse(specification);
  if (!rules) return tl::unexpected(rules.error());
  if (auto checked = fault::check_names(*rules); !checked) return checked;
  const char* seed = std::getenv("AURA_FAILPOINT_SEED");
  fault::arm(std::move(*rules), seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10));
  return {};
}

// Returns the signals that stop the engine; only this thread handles them, because all threads
// created from here on inherit the mask. Others that would end it by default are ignored: scripts
// send them to daemons to make them reload or reopen files, which this one does by itself.
sigset_t take_signals() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  for (const int signal : {SIGPIPE, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM})
    std::signal(signal, SIG_IGN);
  if (isatty(STDIN_FILENO) != 0) sigaddset(&stop, SIGHUP);  // the terminal was closed
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  return stop;
}

// Waits for a stop signal and returns it. Meanwhile notifies the watchdog, if there is one, as long
// as the engine answers.
int wait_for_stop(const sigset_t& signals, Application& application) {
  const auto interval = service_manager::watchdog_interval();
  int caught = 0;
  if (!interval) {
    sigwait(&signals, &caught);
    return caught;
  }
  const timespec wait{static_cast<time_t>(interval->count() / 1000),
                      static_cast<long>(interval->count() % 1000) * 1'000'000};
  while ((caught = sigtimedwait(&signals, nullptr, &wait)) < 0)
    if (application.answers()) service_manager::alive();
  return caught;
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
  auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  if (auto armed = arm_fault_points(); !armed) {
    std::fprintf(stderr, "AURA_FAILPOINT: %s\n", armed.error().detail.c_str());
    return kExitBadConfig;
  }
  const sigset_t stop_signals = take_signals();
  Application application(std::move(*settings), demo);
  auto addresses = application.start();
  if (!addresses) return print_failure(addresses.error());
  std::printf("aura ready public=%s operator=%s\n", addresses->public_url.c_str(),
              addresses->operator_url.c_str());
  std::fflush(stdout);
  service_manager::ready();
  const int caught = wait_for_stop(stop_signals, application);
  service_manager::stopping();
  log::info("stopping", {{"signal", caught}});
  application.stop();
  return 0;
}

int check_config(const std::string& file) {
  auto loaded = config::load_file(file, config::process_environment());
  const auto& server = loaded.settings.public_endpoint;
  if (loaded.ok() && !server.tls_certificate.empty()) {
    if (auto tls = net::server_tls(server.tls_certificate, server.tls_key); !tls)
      loaded.errors.push_back({file, 0, "public.tls_certificate",
                               "is not usable: " + tls.error().detail,
                               "give the PEM files of a certificate chain and of its private key"});
  }
  if (loaded.ok()) {
    std::printf("%s: the configuration is valid\n", file.c_str());
    return 0;
  }
  for (const auto& error : loaded.errors) std::fprintf(stderr, "%s\n", error.text().c_str());
  return kExitBadConfig;
}

int create_workspace(const CommonOptions& options, const NewWorkspace& wanted) {
  const auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  const auto result = call_operator(*settings, wanted.operator_url, net::Method::post,
                                    "/workspaces", to_json(wanted));
  if (!result) return print_failure(result.error());
  const bool created = result->status == 201 || result->status == 200;
  std::fprintf(created ? stdout : stderr, "%s\n", result->body.c_str());
  return created ? 0 : kExitFailed;
}

}  // namespace aura::app
