#include "runtime/app/shown_settings.h"

namespace aura::app {
namespace {

std::string shown(const config::Secret& secret) { return secret.empty() ? "not set" : "set"; }
std::string shown(const config::Endpoint& endpoint) {
  return endpoint.host + ":" + std::to_string(endpoint.port);
}
std::string shown(bool value) { return value ? "true" : "false"; }
std::string shown(const std::filesystem::path& path) {
  return path.empty() ? "not set" : path.string();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> shown_settings(const config::Settings& s) {
  const auto& meta = s.channels.meta;
  const auto& debounce = s.ai.reply_debounce_ms;
  return {
      {"public.listen", shown(s.public_endpoint.listen)},
      {"public.url", s.public_endpoint.url},
      {"public.tls_certificate", shown(s.public_endpoint.tls_certificate)},
      {"public.io_threads", std::to_string(s.public_endpoint.io_threads)},
      {"operator.listen", shown(s.operator_endpoint.listen)},
      {"operator.token", s.operator_endpoint.token.empty() ? "made at first start" : "set"},
      {"storage.path", shown(s.storage.path)},
      {"storage.sync", shown(s.storage.sync)},
      {"storage.block_cache_mb", std::to_string(s.storage.block_cache_mb)},
      {"storage.write_buffer_mb", std::to_string(s.storage.write_buffer_mb)},
      {"storage.min_free_bytes", std::to_string(s.storage.min_free_bytes)},
      {"storage.backlog_mb", std::to_string(s.storage.backlog_mb)},
      {"storage.keep_log_mb", std::to_string(s.storage.keep_log_mb)},
      {"security.master_key_file", shown(s.master_key_path())},
      {"runtime.threads", std::to_string(s.runtime.threads)},
      {"runtime.conversation_idle_seconds", std::to_string(s.runtime.conversation_idle_seconds)},
      {"runtime.shutdown_seconds", std::to_string(s.runtime.shutdown_seconds)},
      {"channels.meta.app_id", meta.app_id.empty() ? "not set" : meta.app_id},
      {"channels.meta.app_secret", shown(meta.app_secret)},
      {"channels.meta.previous_app_secret", shown(meta.previous_app_secret)},
      {"channels.meta.instagram_app_secret", shown(meta.instagram_app_secret)},
      {"channels.meta.verify_token", shown(meta.verify_token)},
      {"channels.meta.graph_url", meta.graph_url},
      {"channels.meta.instagram_url", meta.instagram_url},
      {"channels.meta.api_version", meta.api_version},
      {"channels.twilio.api_url", s.channels.twilio.api_url},
      {"ai.provider", s.ai.provider},
      {"ai.base_url", s.ai.base_url.empty() ? "not set" : s.ai.base_url},
      {"ai.api_key", shown(s.ai.api_key)},
      {"ai.model", s.ai.model.empty() ? "not set" : s.ai.model},
      {"ai.reply_debounce_ms", debounce ? std::to_string(*debounce) : "per channel"},
      {"log.level", s.log.level},
  };
}

}  // namespace aura::app
