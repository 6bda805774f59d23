// Shard: one io thread of a server, with its sessions. Owned by the server; the sessions and
// everything they do run on its loop.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/server/session.h"
#include "net/transport.h"
#include "runtime/metrics.h"

namespace aura::net {

// State shared by the shards of a server.
struct ServerShared {
  const ServerOptions& options;
  const Router& router;
  std::atomic<std::int64_t> bodies_in_memory{0};
  std::atomic<std::size_t> connections{0};
  std::function<void()> connection_closed;  // called on a shard's thread
};

class Shard final : public SessionHost {
 public:
  explicit Shard(ServerShared& shared);

  void start(const std::string& thread_name);
  void stop();   // aborts every session, joins the thread
  void drain();  // any thread
  // Closes the connections that have been silent for longest, so that others can be accepted.
  void shed();  // any thread

  // Takes ownership of a connected socket in any case; `connections` already counts it.
  void adopt(int fd, std::string remote, std::shared_ptr<TlsContext> tls);  // any thread

  IoLoop& loop() override { return *loop_; }
  const Router& router() override { return shared_.router; }
  const ServerLimits& limits() override { return shared_.options.limits; }
  std::atomic<std::int64_t>& bodies_in_memory() override { return shared_.bodies_in_memory; }
  void admit(std::shared_ptr<Session> session) override;
  void release(Session& session) override;
  void in_turn(std::function<void()> work) override;
  void count_response(int status) override { ++responses_[static_cast<std::size_t>(status / 100)]; }

 private:
  void take(int fd, const std::string& remote, std::shared_ptr<TlsContext> tls);
  void next_turn();
  void tick();
  std::chrono::milliseconds tick_interval() const;

  ServerShared& shared_;
  std::shared_ptr<IoLoop> loop_;
  std::vector<std::shared_ptr<Session>> sessions_;
  std::deque<std::function<void()>> in_turn_;
  bool draining_ = false;
  std::array<std::uint64_t, 6> responses_{};  // by status class, since the last tick
  std::vector<metrics::Counter> response_counters_;
  metrics::Counter shed_;
};

}  // namespace aura::net
