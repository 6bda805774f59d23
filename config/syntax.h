// Syntax of settings beyond TOML's own types. Each parse_ function either sets `out` and returns
// nullopt, or returns what is wrong as half a sentence ("is not …; write …").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/settings.h"

namespace aura::config {

// What is wrong with a value and how to fix it.
struct Complaint {
  std::string problem;
  std::string remedy;
};
using Verdict = std::optional<Complaint>;

Verdict parse_endpoint(std::string_view text, Endpoint& out);        // "host:port", "[::1]:8080"
Verdict parse_url(std::string_view text, std::string& out);          // http(s), no slash at the end
Verdict parse_api_version(std::string_view text, std::string& out);  // "v25.0"
Verdict parse_log_level(std::string_view text, std::string& out);
Verdict parse_model_url(std::string_view text, std::string& out);
Verdict parse_ai_provider(std::string_view text, std::string& out);

// For error messages: at most 60 characters, without terminal control characters.
std::string printable(std::string_view text);

}  // namespace aura::config
