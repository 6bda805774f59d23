#include "runtime/app/part_options.h"

#include "config/limits.h"

namespace aura::app {
namespace {

std::string listen_of(const config::Endpoint& endpoint) {
  const bool v6 = endpoint.host.find(':') != std::string::npos;
  return (v6 ? "[" + endpoint.host + "]" : endpoint.host) + ":" + std::to_string(endpoint.port);
}

net::ServerLimits server_limits(int connections) {
  net::ServerLimits bounds;
  bounds.header_bytes = limits::kHttpHeaderBytes;
  bounds.body_bytes = limits::kWebhookBodyBytes;
  bounds.pipeline_depth = limits::kHttpPipelined;
  bounds.max_connections = static_cast<std::size_t>(connections);
  bounds.stream_buffer_bytes = limits::kSseQueueBytes;
  bounds.websocket_message_bytes = limits::kWebsocketFrameBytes;
  bounds.websocket_queue_bytes = limits::kWebsocketQueueBytes;
  bounds.header_timeout = limits::kHttpHeaderTimeout;
  bounds.body_timeout = limits::kHttpBodyTimeout;
  bounds.idle_timeout = limits::kHttpIdleTimeout;
  bounds.write_timeout = limits::kHttpWriteTimeout;
  bounds.stream_keepalive = limits::kSseHeartbeat;
  bounds.websocket_idle = limits::kWebsocketIdleTimeout;
  return bounds;
}

}  // namespace

storage::StorageOptions storage_options(const config::Settings& settings) {
  storage::StorageOptions options;
  options.path = settings.storage.path;
  options.master_key_path = settings.master_key_path();
  options.sync = settings.storage.sync;
  options.block_cache_bytes = static_cast<std::size_t>(settings.storage.block_cache_mb) << 20;
  options.write_buffer_bytes = static_cast<std::size_t>(settings.storage.write_buffer_mb) << 20;
  options.keep_log_bytes = static_cast<std::uint64_t>(settings.storage.keep_log_mb) << 20;
  return options;
}

EngineOptions engine_options(const config::Settings& settings) {
  EngineOptions options;
  if (settings.ai.reply_debounce_ms) {
    options.webchat_debounce = std::chrono::milliseconds(*settings.ai.reply_debounce_ms);
    options.channel_debounce = options.webchat_debounce;
  }
  options.conversation_idle = std::chrono::seconds(settings.runtime.conversation_idle_seconds);
  return options;
}

net::ServerOptions public_options(const config::PublicEndpoint& endpoint) {
  net::ServerOptions options;
  options.limits = server_limits(endpoint.max_connections);
  options.listen = listen_of(endpoint.listen);
  options.io_threads = static_cast<unsigned>(endpoint.io_threads);
  options.tls_certificate = endpoint.tls_certificate;
  options.tls_key = endpoint.tls_key;
  return options;
}

net::ServerOptions operator_options(const config::OperatorEndpoint& endpoint) {
  net::ServerOptions options;
  options.name = "operator";
  options.limits = server_limits(limits::kOperatorConnections);
  options.listen = listen_of(endpoint.listen);
  return options;
}

net::HttpClientOptions client_options() {
  net::HttpClientOptions options;
  options.connections_per_host = limits::kConnectionsPerHost;
  options.waiting_per_host = limits::kCallsQueuedPerHost;
  return options;
}

// The configured provider addresses are trusted even if they are local: they may be simulators.
net::FetcherOptions fetcher_options(const config::Settings& settings) {
  net::FetcherOptions options;
  options.trusted_urls = {settings.channels.meta.graph_url, settings.channels.meta.instagram_url,
                          settings.channels.twilio.api_url};
  return options;
}

net::meta::Options meta_options(const config::MetaApp& app) {
  return {app.graph_url, app.api_version, app.app_id, app.app_secret.reveal(), app.instagram_url};
}

net::PersonRouteOptions person_options(const config::Settings& settings) {
  const config::MetaApp& app = settings.channels.meta;
  return {settings.public_endpoint.url, app.app_secret.reveal(), app.instagram_app_secret.reveal()};
}

}  // namespace aura::app
