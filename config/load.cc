#include "config/load.h"

#include <unistd.h>

#include <fstream>

#include "config/each_setting.h"
#include "config/limits.h"
#include "config/reader.h"

namespace aura::config {

std::string ConfigError::text() const {
  std::string out = source;
  if (line > 0) out += ":" + std::to_string(line);
  if (!key.empty()) out += ": " + key;
  return out + ": " + problem + "; " + remedy;
}

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t mark = text.find('=');
    if (mark != std::string_view::npos)
      environment.emplace(text.substr(0, mark), text.substr(mark + 1));
  }
  return environment;
}

namespace {

void require_model(Reader& in, const Ai& ai) {
  if (ai.provider == "embedded") return;
  if (ai.model.empty()) in.missing("ai.provider", "ai.model", "name the model that answers");
  if (ai.api_key.empty() && ai.base_url.empty())
    in.missing("ai.provider", "ai.api_key",
               "set the provider's key (or ai.api_key_file), or the ai.base_url of a server of "
               "your own");
}

}  // namespace

LoadResult load_string(std::string_view toml, const std::string& name,
                       const Environment& environment) {
  LoadResult result;
  if (toml.size() > limits::kConfigFileBytes) {
    result.errors.push_back({name, 0, "", "is larger than 32 KiB", "check the path"});
    return result;
  }
  Reader in(toml, name, environment);
  PublicEndpoint& outside = result.settings.public_endpoint;
  outside.url.clear();
  each_setting(in, result.settings);
  in.both_or_neither("public.tls_certificate", "public.tls_key");
  require_model(in, result.settings.ai);
  if (outside.url.empty()) outside.url = outside.local_url();
  result.errors = in.finish();
  return result;
}

LoadResult load_file(const std::filesystem::path& file, const Environment& environment) {
  LoadResult result;
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || !std::filesystem::is_regular_file(file, ignored)) {
    result.errors.push_back({file.string(), 0, "", "cannot be read", "check the path"});
    return result;
  }
  // One byte above the limit is enough to refuse the file.
  std::string text(limits::kConfigFileBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return load_string(text, file.string(), environment);
}

}  // namespace aura::config
