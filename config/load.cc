#include "config/load.h"

#include <unistd.h>

#include <fstream>

#include "config/limits.h"
#include "config/reader.h"

namespace aura::config {
namespace {

constexpr std::int64_t kMostMegabytes = 1'048'576;  // a terabyte

// How this machine itself reaches the public server: what signatures and links are about until an
// outer address is given. "" if the system is to choose the port.
std::string address_of(const PublicEndpoint& server) {
  const Endpoint& listen = server.listen;
  if (listen.port == 0) return {};
  std::string host = listen.host;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  const char* scheme = server.tls_certificate.empty() ? "http://" : "https://";
  return scheme + host + ":" + std::to_string(listen.port);
}

void read_servers(Reader& in, Settings& s) {
  std::string url;
  in.parsed("public.listen", s.public_endpoint.listen, parse_endpoint);
  in.parsed("public.url", url, parse_url);
  in.existing_file("public.tls_certificate", s.public_endpoint.tls_certificate);
  in.existing_file("public.tls_key", s.public_endpoint.tls_key);
  in.both_or_neither("public.tls_certificate", "public.tls_key");
  if (url.empty()) url = address_of(s.public_endpoint);
  if (!url.empty()) s.public_endpoint.url = std::move(url);
  in.integer("public.io_threads", s.public_endpoint.io_threads, 1, 64);
  in.integer("public.max_connections", s.public_endpoint.max_connections, 100, 1'000'000);

  in.parsed("operator.listen", s.operator_endpoint.listen, parse_endpoint);
  in.secret("operator.token", s.operator_endpoint.token);
}

void read_engine(Reader& in, Settings& s) {
  in.path("storage.path", s.storage.path);
  in.boolean("storage.sync", s.storage.sync);
  in.integer("storage.block_cache_mb", s.storage.block_cache_mb, 1, kMostMegabytes);
  in.integer("storage.write_buffer_mb", s.storage.write_buffer_mb, 1, 4096);
  in.integer("storage.min_free_bytes", s.storage.min_free_bytes, 0);
  in.integer("storage.backlog_mb", s.storage.backlog_mb, 16, kMostMegabytes);
  in.integer("storage.keep_log_mb", s.storage.keep_log_mb, 0, kMostMegabytes);

  in.path("security.master_key_file", s.security.master_key_file);

  in.integer("runtime.threads", s.runtime.threads, 0, 1024);
  in.integer("runtime.conversation_idle_seconds", s.runtime.conversation_idle_seconds, 1, 86'400);
  in.integer("runtime.shutdown_seconds", s.runtime.shutdown_seconds, 1, 600);

  in.parsed("log.level", s.log.level, parse_log_level);
}

void read_channels(Reader& in, MetaApp& meta, Twilio& twilio) {
  in.text("channels.meta.app_id", meta.app_id);
  in.secret("channels.meta.app_secret", meta.app_secret);
  in.secret("channels.meta.previous_app_secret", meta.previous_app_secret);
  in.secret("channels.meta.instagram_app_secret", meta.instagram_app_secret);
  in.secret("channels.meta.verify_token", meta.verify_token);
  in.parsed("channels.meta.graph_url", meta.graph_url, parse_url);
  in.parsed("channels.meta.instagram_url", meta.instagram_url, parse_url);
  in.parsed("channels.meta.api_version", meta.api_version, parse_api_version);

  in.parsed("channels.twilio.api_url", twilio.api_url, parse_url);
  in.text("channels.twilio.opt_out_words", twilio.opt_out_words);
  in.text("channels.twilio.opt_in_words", twilio.opt_in_words);
  in.text("channels.twilio.help_words", twilio.help_words);
}

void read_ai(Reader& in, Ai& ai) {
  in.parsed("ai.provider", ai.provider, parse_ai_provider);
  in.parsed("ai.base_url", ai.base_url, parse_url);
  in.secret("ai.api_key", ai.api_key);
  in.text("ai.model", ai.model);
  in.integer("ai.reply_debounce_ms", ai.reply_debounce_ms, 0, 60'000);
}

}  // namespace

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

LoadResult load_string(std::string_view toml, const std::string& name,
                       const Environment& environment) {
  LoadResult result;
  if (toml.size() > limits::kConfigFileBytes) {
    result.errors.push_back({name, 0, "", "is larger than 32 KiB", "check the path"});
    return result;
  }
  Reader in(toml, name, environment);
  read_servers(in, result.settings);
  read_engine(in, result.settings);
  read_channels(in, result.settings.channels.meta, result.settings.channels.twilio);
  read_ai(in, result.settings.ai);
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
  // One byte more than allowed is enough to be refused.
  std::string text(limits::kConfigFileBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return load_string(text, file.string(), environment);
}

}  // namespace aura::config
