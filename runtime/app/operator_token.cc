#include "runtime/app/operator_token.h"

#include "runtime/app/private_file.h"
#include "runtime/hex.h"
#include "runtime/random.h"

namespace aura::app {
namespace {

std::string new_token() {
  char raw[32];
  fill_random(raw, sizeof raw);
  return to_hex({raw, sizeof raw});
}

}  // namespace

Result<std::string> read_operator_token(const config::Settings& settings) {
  if (!settings.operator_endpoint.token.empty()) return settings.operator_endpoint.token.reveal();
  std::string token = read_line_of(settings.operator_token_path());
  if (token.empty())
    return fail(Errc::not_found, "There is no operator token at " +
                                     settings.operator_token_path().string() +
                                     "; start the engine once, or pass its --config and --data.");
  return token;
}

Result<std::string> operator_token(const config::Settings& settings) {
  if (auto known = read_operator_token(settings)) return known;
  std::string token = new_token();
  if (auto stored = write_private_line(settings.operator_token_path(), token); !stored)
    return tl::unexpected(stored.error());
  return token;
}

}  // namespace aura::app
