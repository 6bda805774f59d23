#include "net/server/shard.h"

#include <unistd.h>

#include <algorithm>

#include "net/server/http_connection.h"

namespace aura::net {
namespace {

constexpr std::size_t kShedAtOnce = 64;
// Time for a new client to begin its request: usually that arrives together with the connection.
constexpr std::chrono::milliseconds kMaySay{40};

}  // namespace

Shard::Shard(ServerShared& shared)
    : shared_(shared),
      loop_(std::make_shared<IoLoop>()),
      shed_(metrics::counter("aura_http_silent_closed_total",
                             "Connections closed before their first request to make room",
                             {{"server", shared.options.name}})) {
  for (std::size_t kind = 0; kind < responses_.size(); ++kind) {
    response_counters_.push_back(metrics::counter(
        "aura_http_responses_total", "Answers sent, by class of status.",
        {{"server", shared.options.name}, {"class", std::to_string(kind) + "xx"}}));
  }
}

void Shard::start(const std::string& thread_name) {
  loop_->every(tick_interval(), [this] { tick(); });
  loop_->start(thread_name);
}

void Shard::stop() {
  loop_->stop([this] {
    in_turn_.clear();
    while (!sessions_.empty()) {
      const auto session = sessions_.back();
      session->abort();
    }
  });
}

void Shard::drain() {
  loop_->post([this] {
    draining_ = true;
    const auto all = sessions_;
    for (const auto& session : all) session->drain();
  });
}

void Shard::shed() {
  loop_->post([this] {
    const auto latest = std::chrono::steady_clock::now() - kMaySay;
    std::vector<std::pair<SteadyTime, std::shared_ptr<Session>>> silent;
    for (const auto& session : sessions_)
      if (const auto since = session->silent_since(); since && *since < latest)
        silent.emplace_back(*since, session);
    const auto count = static_cast<std::ptrdiff_t>(std::min(silent.size(), kShedAtOnce));
    std::partial_sort(silent.begin(), silent.begin() + count, silent.end());
    for (auto one = silent.begin(); one != silent.begin() + count; ++one) one->second->abort();
    shed_.add(static_cast<double>(count));
  });
}

// A quarter of the shortest timeout, so that a deadline is exceeded by at most that much.
std::chrono::milliseconds Shard::tick_interval() const {
  using std::chrono::milliseconds;
  const ServerLimits& l = shared_.options.limits;
  const auto shortest = std::min({l.header_timeout, l.body_timeout, l.idle_timeout, l.write_timeout,
                                  l.reply_timeout, l.stream_keepalive, milliseconds(4'000)});
  return std::max(shortest / 4, milliseconds(5));
}

void Shard::adopt(int fd, std::string remote, std::shared_ptr<TlsContext> tls) {
  if (loop_->on_this_thread()) return take(fd, remote, std::move(tls));
  // If the loop has ended and drops the work, the handle closes the socket.
  const auto handle = std::shared_ptr<int>(new int(fd), [](int* owned) {
    if (*owned >= 0) ::close(*owned);
    delete owned;
  });
  loop_->post([this, handle, remote = std::move(remote), tls = std::move(tls)] {
    take(std::exchange(*handle, -1), remote, tls);
  });
}

void Shard::take(int fd, const std::string& remote, std::shared_ptr<TlsContext> tls) {
  tcp::socket socket(loop_->context());
  error_code ec;
  const bool v6 = remote.find(':') != std::string::npos;
  socket.assign(v6 ? tcp::v6() : tcp::v4(), fd, ec);
  if (ec || draining_) {
    if (ec) ::close(fd);
    --shared_.connections;
    shared_.connection_closed();
    return;
  }
  socket.set_option(tcp::no_delay(true), ec);
  const bool secure = tls != nullptr;
  auto transport = secure ? tls_transport(std::move(socket), std::move(tls), "")
                          : plain_transport(std::move(socket));
  auto connection = std::make_shared<HttpConnection>(*this, std::move(transport), remote,
                                                     std::chrono::steady_clock::now());
  connection->index_ = sessions_.size();
  sessions_.push_back(connection);
  if (!secure) return connection->begin();
  connection->await_handshake();
}

void Shard::in_turn(std::function<void()> work) {
  in_turn_.push_back(std::move(work));
  if (in_turn_.size() == 1) loop_->post([this] { next_turn(); });
}

void Shard::next_turn() {
  if (in_turn_.empty()) return;  // stopped
  const auto work = std::move(in_turn_.front());
  in_turn_.pop_front();
  if (!in_turn_.empty()) loop_->post([this] { next_turn(); });
  work();
}

void Shard::admit(std::shared_ptr<Session> session) {
  ++shared_.connections;
  session->index_ = sessions_.size();
  sessions_.push_back(std::move(session));
}

void Shard::release(Session& session) {
  const std::size_t index = session.index_;
  std::swap(sessions_[index], sessions_.back());
  sessions_[index]->index_ = index;
  const auto released = std::move(sessions_.back());
  sessions_.pop_back();
  --shared_.connections;
  shared_.connection_closed();
}

void Shard::tick() {
  const auto now = std::chrono::steady_clock::now();
  for (std::size_t i = sessions_.size(); i > 0; --i) {
    if (i > sessions_.size()) continue;  // a callback of one session may have ended others
    const auto session = sessions_[i - 1];
    session->tick(now);
  }
  for (std::size_t i = 0; i < responses_.size(); ++i) {
    if (responses_[i] != 0) response_counters_[i].add(static_cast<double>(responses_[i]));
    responses_[i] = 0;
  }
}

}  // namespace aura::net
