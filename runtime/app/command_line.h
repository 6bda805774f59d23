// Shared by the commands: loading settings (errors are printed) and calling a running engine's
// operator endpoint. Main thread only.
#pragma once

#include <optional>
#include <string>

#include "config/settings.h"
#include "net/client/http_client.h"
#include "runtime/app/commands.h"

namespace aura::app {

inline constexpr int kExitFailed = 1;
inline constexpr int kExitBadConfig = 2;

// Prints the errors and returns nothing if the configuration is invalid.
std::optional<config::Settings> load_settings(const CommonOptions& options);

// Checks RocksDB's own lock on the data with fcntl.
bool engine_runs_on(const std::string& data);

int print_failure(const Error& error);  // kExitFailed

// `url`: the operator endpoint; empty: from the configuration. Errc::io if no engine answers.
Result<net::HttpReply> call_operator(const config::Settings& settings, const std::string& url,
                                     net::Method method, const std::string& path,
                                     std::string body = {});

}  // namespace aura::app
