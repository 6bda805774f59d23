#include "net/server/server.h"

#include <condition_variable>
#include <mutex>

#include "net/server/listener.h"
#include "net/server/shard.h"
#include "net/tls.h"
#include "runtime/log.h"
#include "runtime/metrics.h"

namespace aura::net {
namespace {

constexpr std::chrono::milliseconds kListenerLook{50};  // how often a paused listener checks again
constexpr std::chrono::seconds kFull{2};  // so long without room for a connection is worth telling

}  // namespace

struct Server::Impl {
  Impl(ServerOptions o, const Router& r)
      : options(std::move(o)),
        shared{options, r, {}, {}, {}},
        connections_gauge(metrics::gauge("aura_http_connections", "Open connections of clients",
                                         {{"server", options.name}})) {
    shared.connection_closed = [this] {
      if (waiting_for_drain) drained.notify_all();
    };
  }

  void on_accepted(int fd, std::string remote) {
    ++shared.connections;
    Shard& shard = *shards[next_shard++ % shards.size()];
    shard.adopt(fd, std::move(remote), tls);
  }

  Result<void> load_tls() {
    tls_stamp = file_stamp(options.tls_certificate, options.tls_key);
    auto context = server_tls(options.tls_certificate, options.tls_key);
    if (!context) return tl::unexpected(context.error());
    tls = std::move(*context);
    return {};
  }

  // If nothing can be accepted, connections that say nothing make room for those that wait.
  void make_room(SteadyTime now) {
    connections_gauge.set(static_cast<double>(shared.connections));
    if (listener->resume()) {
      accepted_last = now;
      if (full.exchange(false)) log::info("http_has_room", {{"server", options.name}});
      return;
    }
    for (const auto& shard : shards) shard->shed();
    if (full || now - accepted_last < kFull) return;
    full = true;
    log::warn("http_full", {{"server", options.name}, {"connections", shared.connections.load()}});
  }

  // On the accepting loop, every kListenerLook.
  void look() {
    const auto now = std::chrono::steady_clock::now();
    make_room(now);
    if (options.tls_certificate.empty() || now - tls_looked < options.tls_reload_interval) return;
    tls_looked = now;
    if (file_stamp(options.tls_certificate, options.tls_key) == tls_stamp) return;
    const auto loaded = load_tls();
    if (loaded) {
      log::info("tls_reloaded", {{"server", options.name}});
    } else {
      log::error("tls_reload_failed", {{"server", options.name}, {"why", loaded.error().detail}});
    }
  }

  ServerOptions options;
  ServerShared shared;
  std::vector<std::unique_ptr<Shard>> shards;
  std::shared_ptr<IoLoop> accept_loop;
  std::unique_ptr<Listener> listener;
  std::string bound;  // the address; empty: not listening yet
  std::size_t next_shard = 0;
  SteadyTime accepted_last{};  // when there was room for a connection; on the accepting loop
  std::atomic<bool> full{false};
  metrics::Gauge connections_gauge;

  // Used on the accepting loop, once it runs.
  std::shared_ptr<TlsContext> tls;
  std::string tls_stamp;
  SteadyTime tls_looked{};

  std::mutex drain_mutex;
  std::condition_variable drained;
  std::atomic<bool> waiting_for_drain{false};
  bool running = false;
};

Server::Server(ServerOptions options, const Router& router)
    : impl_(std::make_unique<Impl>(std::move(options), router)) {}

Server::~Server() { stop(); }

Result<std::string> Server::listen() {
  Impl& s = *impl_;
  if (!s.options.tls_certificate.empty()) {
    if (const auto loaded = s.load_tls(); !loaded) return tl::unexpected(loaded.error());
  }
  s.accept_loop = std::make_shared<IoLoop>();
  s.listener = std::make_unique<Listener>(
      *s.accept_loop,
      Listener::Options{
          s.options.limits.reserved_fds,
          [&s] { return s.shared.connections < s.options.limits.max_connections; },
          [&s](int fd, std::string remote) { s.on_accepted(fd, std::move(remote)); }});
  auto bound = s.listener->open(s.options.listen);
  if (bound) s.bound = *bound;
  return bound;
}

Result<std::string> Server::start() {
  Impl& s = *impl_;
  if (s.bound.empty())
    if (auto bound = listen(); !bound) return bound;
  for (unsigned i = 0; i < std::max(1U, s.options.io_threads); ++i) {
    s.shards.push_back(std::make_unique<Shard>(s.shared));
    s.shards.back()->start(s.options.name + "-io" + std::to_string(i));
  }
  s.running = true;
  s.accepted_last = std::chrono::steady_clock::now();
  s.accept_loop->every(kListenerLook, [&s] { s.look(); });
  s.accept_loop->post([&s] { s.listener->start(); });
  s.accept_loop->start(s.options.name + "-accept");
  return s.bound;
}

void Server::stop_accepting() {
  if (!impl_->running) return;
  impl_->accept_loop->stop([this] { impl_->listener->close(); });
}

bool Server::drain(SteadyTime deadline) {
  Impl& s = *impl_;
  if (!s.running) return true;
  stop_accepting();
  s.waiting_for_drain = true;
  for (const auto& shard : s.shards) shard->drain();
  std::unique_lock lock(s.drain_mutex);
  while (s.shared.connections > 0 && std::chrono::steady_clock::now() < deadline) {
    // The count changes without the mutex, so this thread can miss a wake-up: check again soon.
    s.drained.wait_for(lock, std::chrono::milliseconds(10));
  }
  return s.shared.connections == 0;
}

void Server::stop() {
  Impl& s = *impl_;
  if (!s.running) return;
  stop_accepting();
  for (const auto& shard : s.shards) shard->stop();
  s.listener.reset();
  s.running = false;
}

std::size_t Server::connections() const { return impl_->shared.connections; }

bool Server::full() const { return impl_->full; }

}  // namespace aura::net
