#include "runtime/app/operator_token.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

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
  std::ifstream file(settings.operator_token_path());
  std::string token;
  if (!std::getline(file, token) || token.empty())
    return fail(Errc::not_found, "There is no operator token at " +
                                     settings.operator_token_path().string() +
                                     "; start the engine once, or pass its --config and --data.");
  return token;
}

Result<std::string> operator_token(const config::Settings& settings) {
  if (auto known = read_operator_token(settings)) return known;
  const std::string path = settings.operator_token_path();
  const std::string token = new_token();
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Errc::io, "The operator token cannot be stored at " + path + ".");
  const std::string line = token + "\n";
  const bool written = ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  ::close(fd);
  if (!written) return fail(Errc::io, "The operator token cannot be stored at " + path + ".");
  return token;
}

}  // namespace aura::app
