#include "runtime/app/application.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/thread_hook.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "actors/access/accounts.h"
#include "actors/access/stored_webhook_keys.h"
#include "actors/agent/embedded_agent.h"
#include "actors/engine/engine_host.h"
#include "actors/engine/engine_operations.h"
#include "actors/engine/person_requests.h"
#include "actors/live/live_hub.h"
#include "actors/queries/stored_queries.h"
#include "config/limits.h"
#include "net/api/rest_api.h"
#include "net/chat/chat_session.h"
#include "net/client/http_client.h"
#include "net/connect/channel_setup.h"
#include "net/fetch/fetcher.h"
#include "net/media/media_routes.h"
#include "net/operator/operator_api.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/provider_client.h"
#include "net/providers/sms/sms_adapter.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"
#include "net/server/router.h"
#include "net/server/server.h"
#include "net/webhooks/meta.h"
#include "net/webhooks/person_routes.h"
#include "net/webhooks/twilio.h"
#include "runtime/app/build_facts.h"
#include "runtime/app/checkpoints.h"
#include "runtime/app/demo_site.h"
#include "runtime/app/demo_workspace.h"
#include "runtime/app/operator_token.h"
#include "runtime/app/part_options.h"
#include "runtime/app/shown_settings.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "storage/audit/signer.h"
#include "storage/commit/writer.h"
#include "storage/keys.h"
#include "storage/quiet_flush.h"
#include "storage/storage.h"
#include "storage/timers/timer_scan.h"
#include "storage/usage.h"
#include "storage/vault/vault.h"
#include "web/assets.h"

namespace aura::app {
namespace {

// Sockets and the writer go first: an acknowledgement never waits for the work behind it. What the
// actors have not done yet is durable, bounded and shared out fairly.
class YieldToAcknowledgements final : public caf::thread_hook {
 public:
  void init(caf::actor_system&) override {}
  void thread_started() override {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kActorNice);
  }
  void thread_terminates() override {}

 private:
  static constexpr int kActorNice = 4;
};

caf::actor_system_config& scheduler_config(caf::actor_system_config& config, int threads) {
  const auto cores = std::max(1u, std::thread::hardware_concurrency());
  config.set("scheduler.max-threads", static_cast<std::size_t>(threads > 0 ? threads : cores));
  // Unbounded turns let two busy actors starve all others.
  config.set("scheduler.max-throughput", static_cast<std::size_t>(limits::kMaxThroughput));
  // One queue: workers that steal poll for work, which a small machine has no cycles to spare for
  // (a job cost a fifth less processor time without).
  config.set("scheduler.policy", caf::atom("sharing"));
  config.add_thread_hook<YieldToAcknowledgements>();
  return config;
}

// What has to be done now and then, on the read thread that looks for timers: audit chains are
// signed, memory that a busy time took is given back, the log is kept within its bound, the keys of
// raw events past their retention are destroyed.
void upkeep(storage::Storage& store, storage::AuditSigner& signer, Millis now, Millis& last) {
  store.trim_log();
  signer.every_minute(now);
  store.quiet_flush().tick(now);
  constexpr Millis kEvery = 3'600'000;
  if (now - last < kEvery) return;
  last = now;
  const Millis retention = in_ms(limits::kRawEventRetention);
  if (auto expired = store.vault().expire_journal_keys(store.reader(), now, retention); !expired)
    log::error("expire_journal_keys_failed", {{"reason", expired.error().detail}});
}

std::vector<storage::Row> due_timers(storage::TimerScan& scan, Millis now, std::size_t limit) {
  std::vector<storage::Row> rows;
  auto due = scan.due(now, limit);
  if (!due) {
    log::error("timer_scan_failed", {{"reason", due.error().detail}});
    return rows;
  }
  for (auto& timer : *due)
    rows.push_back(
        {storage::keys::timer(timer.key.workspace, timer.key.due, timer.key.owner, timer.key.kind),
         std::move(timer.value)});
  return rows;
}

}  // namespace

EngineSources operator_sources(const config::Settings& settings, storage::Storage& store) {
  return {[&store] { return store.writable(); },
          [&store, path = settings.storage.path.string()] {
            api::StorageUse use = storage::measure_use(store.database());
            std::error_code unknown;
            const auto space = std::filesystem::space(path, unknown);
            if (!unknown) use.set_free_bytes(static_cast<std::int64_t>(space.available));
            return use;
          },
          kVersion, kBuild, shown_settings(settings)};
}

// In order of construction; destroyed the other way round.
struct Application::Parts {
  Parts(const config::Settings& settings, std::unique_ptr<storage::Storage> opened,
        std::shared_ptr<const storage::AuditKey> audit_key)
      : store(std::move(opened)),
        signer(store->reader(), store->writer(), std::move(audit_key),
               [this] { return store->writer().take_audited(); }),
        ledger(std::int64_t{settings.storage.backlog_mb} << 20),
        disk(settings.storage.path, settings.storage.min_free_bytes),
        messenger(meta_options(settings.channels.meta)),
        instagram(meta_options(settings.channels.meta)),
        whatsapp({settings.channels.meta.graph_url, settings.channels.meta.api_version,
                  settings.channels.meta.app_secret.reveal()}),
        sms({settings.channels.twilio.api_url, settings.public_endpoint.url,
             net::sms::Keywords(settings.channels.twilio.opt_out_words,
                                settings.channels.twilio.opt_in_words,
                                settings.channels.twilio.help_words)}),
        adapters({{api::CHANNEL_TYPE_MESSENGER, &messenger},
                  {api::CHANNEL_TYPE_INSTAGRAM, &instagram},
                  {api::CHANNEL_TYPE_WHATSAPP, &whatsapp},
                  {api::CHANNEL_TYPE_SMS, &sms}}),
        provider(client),
        fetcher(fetcher_options(settings)),
        links(store->vault().secret_for("media links"), settings.public_endpoint.url, clock),
        queries(store->reader(), store->query_pool(), store->search_pool(), store->vault(),
                adapters, &links),
        live(store->reader(), queries),
        services{store->writer(),
                 store->reader(),
                 store->read_pool(),
                 store->index_pool(),
                 store->vault(),
                 clock,
                 random,
                 adapters,
                 provider,
                 agent,
                 accounts,
                 ledger,
                 directory,
                 [this](Millis now, std::size_t limit) {
                   upkeep(*store, signer, now, last_upkeep);
                   return due_timers(store->timers(), now, limit);
                 },
                 engine_options(settings)},
        system(scheduler_config(caf_config, settings.runtime.threads)),
        host(system, services, queries),
        operations(services, host, queries, operator_sources(settings, *store)),
        checkpoints(*store, clock, settings.storage.path),
        webhook({settings.channels.meta.verify_token.reveal(),
                 settings.channels.meta.app_secret.reveal(),
                 settings.channels.meta.previous_app_secret.reveal()},
                host.ingress()),
        person_requests(services, host.commands()),
        person_routes(person_options(settings), person_requests),
        webhook_keys(accounts, store->reader(), store->vault()),
        twilio_webhook(settings.public_endpoint.url, webhook_keys, host.ingress(), clock),
        setup({adapters, provider, host.commands(), clock, meta_options(settings.channels.meta)}) {
    services.disk = &disk;
    services.fetcher = &fetcher;
    services.media_links = &links;
  }

  void add_media_routes() {
    net::add_media_route(public_router, host.media(), links);
    net::add_media_api(public_router, api, host.media());
    const auto visitor_of = [this](const net::Request& request) {
      return net::chat_caller(host.chat(), request).map([](auto&& one) { return one.visitor; });
    };
    net::add_chat_upload_route(public_router, visitor_of, host.media());
  }

  void add_routes(const std::string& operator_token) {
    webhook.add_routes(public_router);
    person_routes.add_routes(public_router);
    twilio_webhook.add_routes(public_router);
    rest.add_routes(public_router);
    net::add_message_trace_route(public_router, api, operations);
    net::add_chat_route(public_router, {host.chat(), live, queries, clock});
    add_media_routes();
    add_site(public_router, store->reader(), store->query_pool());
    operator_api = std::make_unique<net::OperatorApi>(operations, host.commands(), operator_token,
                                                      std::string(web::asset("operator.html")));
    operator_api->add_routes(operator_router);
    operator_api->add_checkpoint_route(operator_router, checkpoints);
  }

  void make_servers(const config::Settings& settings) {
    net::ServerOptions outside;
    outside.limits = server_limits(settings.public_endpoint.max_connections);
    outside.listen = listen_of(settings.public_endpoint.listen);
    outside.io_threads = static_cast<unsigned>(settings.public_endpoint.io_threads);
    outside.tls_certificate = settings.public_endpoint.tls_certificate;
    outside.tls_key = settings.public_endpoint.tls_key;
    public_server = std::make_unique<net::Server>(std::move(outside), public_router);
    net::ServerOptions inside;
    inside.name = "operator";
    inside.limits = server_limits(limits::kHttpConnections);
    inside.listen = listen_of(settings.operator_endpoint.listen);
    operator_server = std::make_unique<net::Server>(std::move(inside), operator_router);
  }

  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<storage::Storage> store;
  storage::AuditSigner signer;  // of the read thread while the engine runs
  Accounts accounts;
  EventLedger ledger;
  Directory directory;
  DiskSpace disk;
  net::messenger::MessengerAdapter messenger;
  net::instagram::InstagramAdapter instagram;
  net::whatsapp::WhatsAppAdapter whatsapp;
  net::sms::SmsAdapter sms;
  ChannelAdapters adapters;
  Millis last_upkeep = 0;  // of the read thread
  net::HttpClient client{client_options()};
  net::HttpProviderClient provider;
  net::Fetcher fetcher;
  MediaLinks links;
  agent::EmbeddedAgent agent;
  StoredQueries queries;
  LiveHub live;
  Services services;
  caf::actor_system_config caf_config;
  caf::actor_system system;
  EngineHost host;
  EngineOperations operations;
  StoredCheckpoints checkpoints;
  net::MetaWebhook webhook;
  StoredPersonRequests person_requests;
  net::PersonRoutes person_routes;
  StoredWebhookKeys webhook_keys;
  net::TwilioWebhook twilio_webhook;
  net::ChannelSetup setup;
  net::ApiPorts api{host.commands(), queries, host.access(), live, &setup};
  net::RestApi rest{api};
  net::Router public_router;
  net::Router operator_router;
  std::unique_ptr<net::OperatorApi> operator_api;
  std::unique_ptr<net::Server> public_server;
  std::unique_ptr<net::Server> operator_server;
};

Application::Application(config::Settings settings, bool demo)
    : settings_(std::move(settings)), demo_(demo) {}

Application::~Application() { stop(); }

Result<Addresses> Application::start() {
  metrics::gauge("aura_build_info", "Always 1; which version runs", {{"version", kVersion}}).set(1);
  prctl(PR_SET_DUMPABLE, 0);  // no core file ever holds a key or a message
  if (log::Level level; log::parse_level(settings_.log.level, level)) log::set_level(level);
  storage::StorageOptions options;
  options.path = settings_.storage.path;
  options.master_key_path = settings_.master_key_path();
  options.sync = settings_.storage.sync;
  options.block_cache_bytes = static_cast<std::size_t>(settings_.storage.block_cache_mb) << 20;
  options.write_buffer_bytes = static_cast<std::size_t>(settings_.storage.write_buffer_mb) << 20;
  options.keep_log_bytes = static_cast<std::uint64_t>(settings_.storage.keep_log_mb) << 20;
  static const SystemClock storage_clock;
  auto opened = storage::Storage::open(std::move(options), storage_clock);
  if (!opened) return tl::unexpected(opened.error());
  auto token = operator_token(settings_);
  if (!token) return tl::unexpected(token.error());
  auto audit_key = storage::AuditKey::load(settings_.audit_key_path(), true);
  if (!audit_key) return tl::unexpected(audit_key.error());
  parts_ = std::make_unique<Parts>(settings_, std::move(*opened), std::move(*audit_key));
  Parts& parts = *parts_;
  parts.store->writer().set_feed_listener(
      [&parts](const std::vector<storage::FeedNotice>& notices) { parts.live.on_feed(notices); });
  parts.store->start();
  if (demo_)
    if (auto seeded = seed_demo(parts.services); !seeded) return tl::unexpected(seeded.error());
  if (auto started = parts.host.start(); !started) return tl::unexpected(started.error());
  parts.add_routes(*token);
  parts.make_servers(settings_);
  auto operator_address = parts.operator_server->start();
  if (!operator_address) return tl::unexpected(operator_address.error());
  auto public_address = parts.public_server->start();
  if (!public_address) return tl::unexpected(public_address.error());
  const bool tls = !settings_.public_endpoint.tls_certificate.empty();
  Addresses addresses{(tls ? "https://" : "http://") + *public_address,
                      "http://" + *operator_address};
  // For the commands that talk to a running engine: its port may be one that the system chose.
  std::ofstream(settings_.operator_url_path()) << addresses.operator_url << '\n';
  return addresses;
}

bool Application::answers() {
  const bool answered = answered_->exchange(false);
  parts_->store->read_pool().post([flag = answered_] { *flag = true; });
  return answered;
}

void Application::stop() {
  if (!parts_) return;
  Parts& parts = *parts_;
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(settings_.runtime.shutdown_seconds);
  if (parts.public_server) {
    parts.public_server->stop_accepting();
    parts.host.close_gates();
    if (!parts.public_server->drain(deadline)) log::warn("drain_incomplete", {});
    parts.public_server->stop();
  }
  if (parts.operator_server) parts.operator_server->stop();
  // Calls that outlast the deadline are cut off; their sends are settled after the next start.
  const bool ended = parts.host.stop(deadline);
  parts.client.stop();
  parts.fetcher.stop();
  if (!ended && !parts.host.stop(std::chrono::steady_clock::now() + limits::kStopGrace)) {
    log::error("actors_did_not_stop", {});
    std::_Exit(1);
  }
  parts.store->read_pool().post([&parts] { parts.signer.sign(parts.clock.now_ms()); });
  parts.store->stop();
  parts.live.stop();
  parts_.reset();
  log::info("stopped", {});
}

}  // namespace aura::app
