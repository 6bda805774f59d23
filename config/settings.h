// Every setting of the engine, typed: one default and one comment per field. Member names are the
// TOML keys (except `public_endpoint` and `operator_endpoint`: the tables are [public] and
// [operator]). Settings are read once at start (load.h), passed by const reference and never
// change.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "config/limits.h"

namespace aura::config {

// A secret. It does not convert to text, so it cannot slip into a log line or an error.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

// Where a server listens. An IPv6 address has no brackets here. Port 0: the system chooses.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
};

// [public]: channels' webhooks, API, widgets, hosted sites, dashboard.
struct PublicEndpoint {
  // Address and port.
  // Default: "127.0.0.1:8080"
  Endpoint listen{"127.0.0.1", 8080};

  // Public URL of the engine, used in links and webhook signatures. No slash at the end.
  // Default: the address of `listen`, thus "http://127.0.0.1:8080"; empty until the system has
  // chosen the port
  std::string url = "http://127.0.0.1:8080";

  // PEM files of the certificate chain and its private key, to serve TLS; both or neither. The
  // engine reads them again when they change.
  // Default: none (plain HTTP)
  std::filesystem::path tls_certificate;
  std::filesystem::path tls_key;

  // Threads that read and write sockets. On two cores one is best, because actors and storage need
  // the other core.
  // Default: 1
  int io_threads = 1;

  // Connections open at once; further ones wait to be accepted. Each needs a file descriptor
  // (LimitNOFILE); an idle web chat visitor needs some KiB of memory.
  // Default: 20000
  int max_connections = 20'000;

  // The local URL of the public server; "" if the system has not chosen the port yet.
  std::string local_url() const {
    if (listen.port == 0) return {};
    std::string host = listen.host;
    if (host == "0.0.0.0") host = "127.0.0.1";
    if (host == "::") host = "::1";
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    const char* scheme = tls_certificate.empty() ? "http://" : "https://";
    return scheme + host + ":" + std::to_string(listen.port);
  }
};

// [operator]: health, metrics, actors, workspaces. Must never be public.
struct OperatorEndpoint {
  // Address and port.
  // Default: "127.0.0.1:9090"
  Endpoint listen{"127.0.0.1", 9090};

  // Bearer token of every route but /healthz and /readyz (also `token_file`).
  // Default: none; the engine makes a random one and stores it as `operator.token` in the data
  // directory
  Secret token;
};

// [storage]
struct Storage {
  // The data directory; created if missing.
  // Default: "./data"
  std::filesystem::path path = "./data";

  // fsync before anything is acknowledged. false can lose acknowledged messages in a power failure:
  // for experiments only.
  // Default: true
  bool sync = true;

  // Memory for cached blocks of the database.
  // Default: 32
  int block_cache_mb = 32;

  // Size of one write buffer before it is flushed to a file.
  // Default: 16
  int write_buffer_mb = 16;

  // With less free space than this on the data directory's file system, new work is refused (503)
  // and /readyz says why: a database that fills the disk completely cannot even compact.
  // Default: 0, which means 5 % of the file system, at most 1 GiB
  std::int64_t min_free_bytes = 0;

  // Events that are durable but not yet processed. Above it webhooks get 503 and /readyz says why.
  // Default: 1024
  int backlog_mb = static_cast<int>(limits::kJournalBacklogBytes >> 20);

  // Log kept for the next backup although its rows are already in the tables: it allows restoring
  // any position between two backups. Never more than a quarter of the free disk. 0: only the
  // positions of backups can be restored.
  // Default: 256
  int keep_log_mb = 256;
};

// [security]
struct Security {
  // The key that wraps all data keys; created (mode 0600) at the first start if missing. Keep a
  // copy elsewhere: without it the data cannot be read.
  // Default: none, which means `master.key` in the data directory
  std::filesystem::path master_key_file;
};

// [runtime]
struct Runtime {
  // Threads that run actors. 0: as many as the machine has cores.
  // Default: 0
  int threads = 0;

  // A conversation without events for this long leaves memory until its next event.
  // Default: 300
  int conversation_idle_seconds = 300;

  // How long a clean stop may take: finish commits, flush, close.
  // Default: 10
  int shutdown_seconds = 10;
};

// [channels.meta]: the one Meta app that serves Messenger, Instagram and WhatsApp.
struct MetaApp {
  // Id of the app in Meta's dashboard.
  // Default: none
  std::string app_id;

  // Secret of the app: signs webhooks and our calls (also `app_secret_file`). Without it every
  // webhook of Meta is refused.
  // Default: none
  Secret app_secret;

  // The secret before the last change. Webhooks signed with it are still accepted, so a rotation
  // loses nothing (also `previous_app_secret_file`).
  // Default: none
  Secret previous_app_secret;

  // Secret of the app's Instagram login: verifies Meta's requests (deauthorise, delete) for people
  // who used it (also `instagram_app_secret_file`).
  // Default: app_secret
  Secret instagram_app_secret;

  // What Meta must present in the webhook handshake; choose it freely (also `verify_token_file`).
  // Default: none (the handshake is refused)
  Secret verify_token;

  // Base URL of the Graph API (Messenger, WhatsApp). A simulator in tests.
  // Default: "https://graph.facebook.com"
  std::string graph_url = "https://graph.facebook.com";

  // Base URL of Instagram's Graph API.
  // Default: "https://graph.instagram.com"
  std::string instagram_url = "https://graph.instagram.com";

  // Version of the Graph API.
  // Default: "v25.0"
  std::string api_version = "v25.0";
};

// [channels.twilio]
struct Twilio {
  // Base URL of Twilio's API.
  // Default: "https://api.twilio.com"
  std::string api_url = "https://api.twilio.com";

  // Words in addition to the built-in English ones (STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT,
  // REVOKE, OPTOUT) with which a contact stops all messages, separated by commas. Only a message
  // that is nothing but the word counts; case does not matter.
  // Default: "ARRET, ARRÊT, BAJA, ALTO, STOPP, ABMELDEN, SAIR, PARAR, FERMA"
  std::string opt_out_words = "ARRET, ARRÊT, BAJA, ALTO, STOPP, ABMELDEN, SAIR, PARAR, FERMA";

  // Likewise, words that allow messages again, in addition to START, UNSTOP and YES.
  // Default: none
  std::string opt_in_words;

  // Likewise, words that Twilio answers itself, so the engine does not, in addition to HELP and
  // INFO.
  // Default: none
  std::string help_words;
};

struct Channels {
  MetaApp meta;
  Twilio twilio;
};

// [ai]
struct Ai {
  // What answers: "embedded" (no model, no network), or a model of "openai" (any server that speaks
  // its protocol) or "anthropic".
  // Default: "embedded"
  std::string provider = "embedded";

  // Base URL of the model's API; without a path it gets /v1. http:// only for this machine and for
  // names of the local network, because customers' messages go there.
  // Default: none, which means the provider's own
  std::string base_url;

  // Key for the model's API (also `api_key_file`). A provider's own API needs one.
  // Default: none
  Secret api_key;

  // Name of the model; every provider but "embedded" needs one.
  // Default: none
  std::string model;

  // How long an answer of the model may take, retries included; then the embedded agent answers.
  // Default: 15
  int timeout_seconds = 15;

  // How long to wait for the rest of a burst before answering. 0 answers at once everywhere.
  // Default: none, which means 0 for web chat and 1500 elsewhere
  std::optional<int> reply_debounce_ms;
};

// [log]
struct Log {
  // The lowest level that is logged: "trace", "debug", "info", "warn" or "error". The operator can
  // change it while the engine runs.
  // Default: "info"
  std::string level = "info";
};

struct Settings {
  PublicEndpoint public_endpoint;      // [public]
  OperatorEndpoint operator_endpoint;  // [operator]
  Storage storage;
  Security security;
  Runtime runtime;
  Channels channels;
  Ai ai;
  Log log;

  // Files located relative to the data directory.
  std::filesystem::path master_key_path() const {
    return security.master_key_file.empty() ? storage.path / "master.key"
                                            : security.master_key_file;
  }
  std::filesystem::path audit_key_path() const { return storage.path / "audit.key"; }
  std::filesystem::path operator_url_path() const { return storage.path / "operator.url"; }
  std::filesystem::path operator_token_path() const { return storage.path / "operator.token"; }
  std::filesystem::path demo_key_path() const { return storage.path / "demo.key"; }
};

}  // namespace aura::config
