// Configuration files: any text yields settings or errors, and every error has a message.
#include <cstdlib>

#include "config/load.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto result =
      aura::config::load_string({reinterpret_cast<const char*>(data), size}, "fuzz.toml", {});
  for (const aura::config::ConfigError& error : result.errors) {
    if (error.text().empty()) std::abort();
  }
  return 0;
}
