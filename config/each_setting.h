// The single list of all configuration keys with their fields and allowed values, used for reading
// (Reader) and for showing settings. A visitor provides the Reader's functions: boolean, text,
// path, existing_file, secret, integer, parsed. `Settings` is config::Settings, const or not.
#pragma once

#include "config/settings.h"
#include "config/syntax.h"

namespace aura::config {

inline constexpr std::int64_t kMostMegabytes = 1'048'576;  // a terabyte
inline constexpr std::int64_t kMostModelSeconds = 25;      // well within limits::kTurnDeadline

template <class Visitor, class Settings>
void each_server_setting(Visitor& in, Settings& s) {
  in.parsed("public.listen", s.public_endpoint.listen, parse_endpoint);
  in.parsed("public.url", s.public_endpoint.url, parse_url);
  in.existing_file("public.tls_certificate", s.public_endpoint.tls_certificate);
  in.existing_file("public.tls_key", s.public_endpoint.tls_key);
  in.integer("public.io_threads", s.public_endpoint.io_threads, 1, 64);
  in.integer("public.max_connections", s.public_endpoint.max_connections, 100, 1'000'000);

  in.parsed("operator.listen", s.operator_endpoint.listen, parse_endpoint);
  in.secret("operator.token", s.operator_endpoint.token);
}

template <class Visitor, class Settings>
void each_engine_setting(Visitor& in, Settings& s) {
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

template <class Visitor, class Channels>
void each_channel_setting(Visitor& in, Channels& s) {
  auto& meta = s.meta;
  auto& twilio = s.twilio;
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

template <class Visitor, class Ai>
void each_ai_setting(Visitor& in, Ai& ai) {
  in.parsed("ai.provider", ai.provider, parse_ai_provider);
  in.parsed("ai.base_url", ai.base_url, parse_model_url);
  in.secret("ai.api_key", ai.api_key);
  in.text("ai.model", ai.model);
  in.integer("ai.timeout_seconds", ai.timeout_seconds, 1, kMostModelSeconds);
  in.integer("ai.reply_debounce_ms", ai.reply_debounce_ms, 0, 60'000);
}

template <class Visitor, class Settings>
void each_setting(Visitor& in, Settings& s) {
  each_server_setting(in, s);
  each_engine_setting(in, s);
  each_channel_setting(in, s.channels);
  each_ai_setting(in, s.ai);
}

}  // namespace aura::config
