#include "runtime/app/application.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <filesystem>
#include <fstream>

#include "actors/access/accounts.h"
#include "actors/access/stored_webhook_keys.h"
#include "actors/engine/engine_gauges.h"
#include "actors/engine/engine_host.h"
#include "actors/engine/engine_operations.h"
#include "actors/engine/person_requests.h"
#include "actors/live/live_hub.h"
#include "actors/queries/stored_queries.h"
#include "config/limits.h"
#include "net/api/rest_api.h"
#include "net/api/wrong_keys.h"
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
#include "runtime/app/answering.h"
#include "runtime/app/build_facts.h"
#include "runtime/app/checkpoints.h"
#include "runtime/app/demo_key.h"
#include "runtime/app/demo_site.h"
#include "runtime/app/demo_workspace.h"
#include "runtime/app/operator_token.h"
#include "runtime/app/part_options.h"
#include "runtime/app/scheduler.h"
#include "runtime/app/shown_settings.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "storage/audit/signer.h"
#include "storage/commit/writer.h"
#include "storage/quiet_flush.h"
#include "storage/storage.h"
#include "storage/timers/timer_scan.h"
#include "storage/usage.h"
#include "storage/vault/vault.h"
#include "web/assets.h"

namespace aura::app {
namespace {

constexpr int kExitGaveUp = 70;  // EX_SOFTWARE: an actor that the engine needs keeps failing

// The port in "127.0.0.1:41234".
std::uint16_t port_of(const std::string& address) {
  return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

// Periodic maintenance, on the index thread: trims the kept log, signs audit chains, flushes write
// buffers of a quiet engine, destroys journal keys past their retention.
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

[[noreturn]] void give_up(const std::string& path) {
  log::error("engine_gave_up", {{"path", path}, {"exit", kExitGaveUp}});
  std::_Exit(kExitGaveUp);
}

// Each connection and each table file needs a descriptor. The usual soft limit of 1,024 is for
// programs that use select().
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) log::warn("descriptor_limit", {{"errno", errno}});
}

}  // namespace

EngineSources operator_sources(const config::Settings& settings, storage::Storage& store) {
  return {[&store] { return store.writable(); },
          [&store, path = settings.storage.path.string(),
           syncs = std::make_shared<storage::SyncTimes>()] {
            api::StorageUse use = storage::measure_use(store.database());
            *use.mutable_fsync() = syncs->look(std::chrono::steady_clock::now());
            std::error_code unknown;
            const auto space = std::filesystem::space(path, unknown);
            if (!unknown) use.set_free_bytes(static_cast<std::int64_t>(space.available));
            return use;
          },
          kVersion, kBuild, shown_settings(settings)};
}

// The two servers and their routes. They listen before anything else is constructed, because parts
// of the engine need its own address and with it the port.
struct Application::Front {
  explicit Front(const config::Settings& settings)
      : public_server(public_options(settings.public_endpoint), public_router),
        operator_server(operator_options(settings.operator_endpoint), operator_router) {}

  net::Router public_router, operator_router;
  net::Server public_server, operator_server;
};

// Members are in order of construction and destroyed in reverse.
struct Application::Parts {
  Parts(const config::Settings& settings, std::unique_ptr<storage::Storage> opened,
        std::shared_ptr<const storage::AuditKey> audit_key)
      : store(std::move(opened)),
        signer(store->reader(), store->writer(), std::move(audit_key),
               [this] { return store->writer().take_audited(); }),
        ledger(std::int64_t{settings.storage.backlog_mb} << 20),
        gauges(store->reader(), directory),
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
        answering(settings.ai, random),
        queries(store->reader(), store->query_pool(), store->search_pool(), store->vault(),
                adapters, &links),
        live(store->reader(), queries, clock),
        services{
            .log = store->writer(),
            .reader = store->reader(),
            .read_pool = store->read_pool(),
            .index_pool = store->index_pool(),
            .vault = store->vault(),
            .clock = clock,
            .random = random,
            .adapters = adapters,
            .provider = provider,
            .agent = answering.agent(),
            .accounts = accounts,
            .ledger = ledger,
            .directory = directory,
            .due_timers = [this](Millis now,
                                 std::size_t limit) { return store->timers().due(now, limit); },
            .upkeep =
                [this](Millis now) {
                  upkeep(*store, signer, now, last_upkeep);
                  gauges.tick(now);
                },
            .options = engine_options(settings),
            .disk = &disk,
            .fetcher = &fetcher,
            .media_links = &links,
            .give_up = give_up},
        system(schedule(caf_config, settings.runtime.threads)),
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
        setup({adapters, provider, host.commands(), clock, meta_options(settings.channels.meta)}) {}

  void add_media_routes(net::Router& public_router) {
    net::add_media_route(public_router, host.media(), links);
    net::add_media_api(public_router, api, host.media());
    const auto visitor_of = [this](const net::Request& request) {
      return net::chat_caller(host.chat(), request).map([](auto&& one) { return one.visitor; });
    };
    net::add_chat_upload_route(public_router, visitor_of, host.media());
  }

  void add_routes(Front& front, const std::string& operator_token) {
    net::Router& public_router = front.public_router;
    webhook.add_routes(public_router);
    person_routes.add_routes(public_router);
    twilio_webhook.add_routes(public_router);
    rest.add_routes(public_router);
    net::add_message_trace_route(public_router, api, operations);
    net::add_chat_route(public_router, {host.chat(), live, queries, clock});
    add_media_routes(public_router);
    add_site(public_router, store->reader(), store->query_pool());
    operator_api = std::make_unique<net::OperatorApi>(
        operations, host.commands(), wrong_keys, [&front] { return front.public_server.full(); },
        operator_token, std::string(web::asset("operator.html")));
    operator_api->add_routes(front.operator_router);
    operator_api->add_checkpoint_route(front.operator_router, checkpoints);
  }

  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<storage::Storage> store;
  storage::AuditSigner signer;  // used on the index thread while the engine runs
  Accounts accounts;
  EventLedger ledger;
  Directory directory;
  EngineGauges gauges;  // used on the index thread
  DiskSpace disk;
  net::messenger::MessengerAdapter messenger;
  net::instagram::InstagramAdapter instagram;
  net::whatsapp::WhatsAppAdapter whatsapp;
  net::sms::SmsAdapter sms;
  ChannelAdapters adapters;
  Millis last_upkeep = 0;  // used on the index thread
  net::HttpClient client{client_options()};
  net::HttpProviderClient provider;
  net::Fetcher fetcher;
  MediaLinks links;
  Answering answering;
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
  net::WrongKeys wrong_keys{clock};
  net::ApiPorts api{host.commands(), queries, host.access(), live, &setup, &wrong_keys};
  net::RestApi rest{api};
  std::unique_ptr<net::OperatorApi> operator_api;
};

Application::Application(config::Settings settings, bool demo)
    : settings_(std::move(settings)), demo_(demo) {}

Application::~Application() { stop(); }

Result<Addresses> Application::start() {
  metrics::gauge("aura_build_info", "Always 1; which version runs", {{"version", kVersion}}).set(1);
  prctl(PR_SET_DUMPABLE, 0);  // no core file ever holds a key or a message
  if (log::Level level; log::parse_level(settings_.log.level, level)) log::set_level(level);
  raise_descriptor_limit();  // before the servers read it
  front_ = std::make_unique<Front>(settings_);
  auto addresses = listen();
  if (!addresses) return addresses;
  static const SystemClock storage_clock;
  auto opened = storage::Storage::open(storage_options(settings_), storage_clock);
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
  if (demo_) {
    if (auto seeded = seed_demo(parts.services); !seeded) return tl::unexpected(seeded.error());
    const auto kept = keep_demo_key(parts.services, settings_.demo_key_path());
    if (!kept) return tl::unexpected(kept.error());
  }
  const auto restored = parts.store->database().restored_position();
  if (!restored) return tl::unexpected(restored.error());
  parts.services.restored_position = *restored;
  if (auto started = parts.host.start(); !started) return tl::unexpected(started.error());
  parts.add_routes(*front_, *token);
  for (net::Server* server : {&front_->operator_server, &front_->public_server})
    if (auto started = server->start(); !started) return tl::unexpected(started.error());
  // For commands that call the running engine: the system may have chosen the port.
  const std::filesystem::path url_file = settings_.operator_url_path();
  if (!(std::ofstream(url_file) << addresses->operator_url << std::endl))
    log::error("operator_url_not_stored", {{"path", url_file.string()}});
  return addresses;
}

// The engine's addresses; a public URL that is not configured is derived from the port.
Result<Addresses> Application::listen() {
  auto operator_address = front_->operator_server.listen();
  if (!operator_address) return tl::unexpected(operator_address.error());
  auto public_address = front_->public_server.listen();
  if (!public_address) return tl::unexpected(public_address.error());
  config::PublicEndpoint& outside = settings_.public_endpoint;
  outside.listen.port = port_of(*public_address);
  if (outside.url.empty()) outside.url = outside.local_url();
  const bool tls = !outside.tls_certificate.empty();
  return Addresses{(tls ? "https://" : "http://") + *public_address, "http://" + *operator_address};
}

bool Application::answers() {
  bool all = true;
  for (auto* answered : {&answered_->reads, &answered_->writer, &answered_->root})
    all = answered->exchange(false) && all;
  parts_->store->read_pool().post([to = answered_] { to->reads = true; });
  storage::Commit nothing;
  nothing.awaited = true;
  parts_->store->writer().submit(std::move(nothing),
                                 [to = answered_](const storage::CommitResult& result) {
                                   if (result.code != Errc::overloaded) to->writer = true;
                                 });
  parts_->host.ask_root([to = answered_] { to->root = true; });
  return all;
}

void Application::stop() {
  if (!parts_) return;
  Parts& parts = *parts_;
  const auto now = std::chrono::steady_clock::now();
  const std::chrono::milliseconds all = std::chrono::seconds(settings_.runtime.shutdown_seconds);
  const auto deadline = now + all;
  front_->public_server.stop_accepting();
  parts.host.close_gates();
  // Half of the time, whoever does not read: the other half belongs to the provider calls.
  if (!front_->public_server.drain(now + all / 2)) log::warn("drain_incomplete", {});
  front_->public_server.stop();
  front_->operator_server.stop();
  // Provider calls that exceed the deadline are cut off; their sends are settled after the next
  // start.
  const bool ended = parts.host.stop(deadline);
  parts.client.stop();
  parts.answering.stop();
  parts.fetcher.stop();
  if (!ended && !parts.host.stop(std::chrono::steady_clock::now() + limits::kStopGrace)) {
    log::error("actors_did_not_stop", {});
    std::_Exit(1);
  }
  parts.store->index_pool().post([&parts] { parts.signer.sign(parts.clock.now_ms()); });
  parts.store->stop();
  parts.live.stop();
  parts_.reset();
  log::info("stopped", {});
}

}  // namespace aura::app
