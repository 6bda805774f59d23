#include "runtime/app/command_line.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <future>

#include "config/load.h"
#include "runtime/app/operator_token.h"

namespace aura::app {

namespace {

// The address of the operator endpoint: the one that the engine wrote to its data directory, else
// the configured one. The command may have been called without the engine's configuration.
std::string operator_url(const config::Settings& settings) {
  std::ifstream file(settings.operator_url_path());
  if (std::string written; std::getline(file, written) && !written.empty()) return written;
  const auto& listen = settings.operator_endpoint.listen;
  const bool v6 = listen.host.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + listen.host + "]" : listen.host;
  return "http://" + host + ":" + std::to_string(listen.port);
}

}  // namespace

bool engine_runs_on(const std::string& data) {
  const int file = ::open((data + "/db/LOCK").c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool taken = ::fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(file);
  return taken;
}

std::optional<config::Settings> load_settings(const CommonOptions& options) {
  const auto environment = config::process_environment();
  auto loaded = options.config.empty() ? config::load_string("", "(defaults)", environment)
                                       : config::load_file(options.config, environment);
  if (!options.data.empty()) loaded.settings.storage.path = options.data;
  for (const auto& error : loaded.errors) std::fprintf(stderr, "%s\n", error.text().c_str());
  if (!loaded.ok()) return std::nullopt;
  return std::move(loaded.settings);
}

int print_failure(const Error& error) {
  std::fprintf(stderr, "aura: %s\n", error.detail.c_str());
  return kExitFailed;
}

Result<net::HttpReply> call_operator(const config::Settings& settings, const std::string& url,
                                     net::Method method, const std::string& path,
                                     std::string body) {
  const auto token = read_operator_token(settings);
  if (!token) return tl::unexpected(token.error());
  net::HttpCall call;
  call.method = method;
  call.url = (url.empty() ? operator_url(settings) : url) + path;
  call.headers.add("Authorization", "Bearer " + *token);
  if (!body.empty()) call.headers.add("Content-Type", "application/json");
  call.body = std::move(body);
  call.total_timeout = std::chrono::minutes(2);
  net::HttpClient client;
  std::promise<net::HttpResult> answered;
  client.send(std::move(call),
              [&](net::HttpResult result) { answered.set_value(std::move(result)); });
  auto result = answered.get_future().get();
  if (!result) return fail(Errc::io, "the engine does not answer: " + result.error().error.detail);
  return std::move(*result);
}

}  // namespace aura::app
