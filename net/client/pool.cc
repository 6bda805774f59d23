#include "net/client/pool.h"

#include <algorithm>

#include "net/client/connection.h"
#include "runtime/log.h"

namespace aura::net {
namespace {

constexpr std::chrono::milliseconds kTick{20};

}  // namespace

ClientCall::ClientCall(ClientShard& shard, HttpCall what, Url where, HttpCallback callback)
    : call(std::move(what)),
      url(std::move(where)),
      begins(std::chrono::steady_clock::now() + call.delay),
      deadline(begins - call.delay + call.total_timeout),
      shard_(shard),
      callback_(std::move(callback)) {}

ClientCall::~ClientCall() { fail(Errc::unavailable, "The HTTP client has stopped.", false); }

void ClientCall::run() { shard_.submit(shared_from_this()); }

void ClientCall::finish(HttpResult result) {
  if (!callback_) return;
  const auto callback = std::exchange(callback_, nullptr);
  try {
    callback(std::move(result));
  } catch (const std::exception& e) {
    log::error("http_callback_failed", {{"what", e.what()}});
  }
}

void ClientCall::fail(Errc code, std::string detail, bool sent, int status) {
  finish(tl::unexpected(HttpError{Error{code, std::move(detail), {}}, sent, status}));
}

bool ClientCall::ended(SteadyTime now) {
  if (call.stop.stop_requested())
    fail(Errc::unavailable, "The call was stopped.", false);
  else if (now > deadline)
    fail(Errc::timeout, "No connection was free in time.", false);
  return !callback_;
}

ClientShard::ClientShard(const HttpClientOptions& options, std::shared_ptr<TlsContext> tls,
                         unsigned shards)
    : options_(options),
      tls_(std::move(tls)),
      loop_(std::make_shared<IoLoop>()),
      max_connections_(std::max<std::size_t>(1, options.connections_per_host / shards)),
      max_waiting_(options.waiting_per_host / shards) {}

void ClientShard::start(const std::string& thread_name) {
  loop_->every(kTick, [this] { tick(); });
  loop_->start(thread_name);
}

void ClientShard::stop() {
  loop_->stop([this] {
    for (const auto& [key, pool] : pools_) {
      const auto waiting = std::move(pool->waiting);
      pool->waiting.clear();
      for (const auto& call : waiting) {
        call->fail(Errc::unavailable, "The HTTP client has stopped.", false);
      }
      const auto all = pool->all;
      for (const auto& c : all) c->fail(Errc::unavailable, "The HTTP client has stopped.");
    }
    delayed_.clear();  // the calls' destructors fail them
  });
}

void ClientShard::submit(std::shared_ptr<ClientCall> call) {
  if (call->call.delay > std::chrono::milliseconds(0)) return delayed_.push_back(std::move(call));
  begin(std::move(call));
}

void ClientShard::begin(std::shared_ptr<ClientCall> call) {
  const Url& url = call->url;
  if (url.tls && !tls_) return call->fail(Errc::io, "TLS is not set up.", false);
  const std::string key = (url.tls ? "s" : "p") + url.host + ":" + url.port;
  auto& pool = pools_[key];
  if (!pool) pool = std::make_unique<HostPool>();
  while (!pool->idle.empty()) {
    ClientConnection* const connection = pool->idle.back();
    if (!connection->usable()) {
      connection->close();
      continue;
    }
    pool->idle.pop_back();
    return connection->start(std::move(call));
  }
  if (pool->all.size() < max_connections_) return open(*pool, std::move(call));
  if (pool->waiting.size() < max_waiting_) return pool->waiting.push_back(std::move(call));
  call->fail(Errc::overloaded, "Too many calls wait for this host.", false);
}

void ClientShard::open(HostPool& pool, std::shared_ptr<ClientCall> call) {
  auto connection = std::make_shared<ClientConnection>(*this, pool);
  pool.all.push_back(connection);
  connection->connect(std::move(call));
}

// Retries on a new connection: the host's other idle connections are as old as the dead one.
void ClientShard::retry(std::shared_ptr<ClientCall> call) {
  call->retried = true;
  const std::string key = (call->url.tls ? "s" : "p") + call->url.host + ":" + call->url.port;
  HostPool& pool = *pools_[key];
  const auto idle = pool.idle;
  for (ClientConnection* connection : idle) connection->close();
  begin(std::move(call));
}

void ClientShard::now_idle(ClientConnection& connection) {
  if (!connection.usable()) return connection.close();
  if (auto next = next_waiting(connection.pool())) return connection.start(std::move(next));
  connection.pool().idle.push_back(&connection);
}

void ClientShard::gone(ClientConnection& connection) {
  HostPool& pool = connection.pool();
  std::erase(pool.idle, &connection);
  std::erase_if(pool.all, [&](const auto& c) { return c.get() == &connection; });
  if (auto next = next_waiting(pool)) open(pool, std::move(next));
}

std::shared_ptr<ClientCall> ClientShard::next_waiting(HostPool& pool) {
  const auto now = std::chrono::steady_clock::now();
  while (!pool.waiting.empty()) {
    auto next = std::move(pool.waiting.front());
    pool.waiting.pop_front();
    if (!next->ended(now)) return next;
  }
  return nullptr;
}

void ClientShard::begin_delayed(SteadyTime now) {
  std::vector<std::shared_ptr<ClientCall>> due;
  std::erase_if(delayed_, [&](const auto& call) {
    const bool over = call->call.stop.stop_requested() || now > call->begins;
    if (over) due.push_back(call);
    return over;
  });
  for (auto& call : due)
    if (!call->ended(now)) begin(std::move(call));
}

void ClientShard::tick() {
  const auto now = std::chrono::steady_clock::now();
  begin_delayed(now);
  for (const auto& [key, pool] : pools_) {
    const auto all = pool->all;
    for (const auto& connection : all) connection->tick(now);
    // Each call has its own deadline.
    std::erase_if(pool->waiting, [now](const auto& call) { return call->ended(now); });
  }
  std::erase_if(pools_, [now](const auto& entry) {
    const HostPool& pool = *entry.second;
    return pool.all.empty() && pool.waiting.empty() && now > pool.endpoints_until;
  });
}

}  // namespace aura::net
