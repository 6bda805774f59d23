// The state of one io thread of the HTTP client: for each host its connections, the idle ones, and
// the calls that wait for a connection. Owned by the client; everything except ClientCall's
// constructor runs on the shard's loop.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "net/client/http_client.h"
#include "net/io_loop.h"
#include "net/transport.h"

namespace aura::net {

class ClientShard;
class ClientConnection;

// One call from send() to its callback, which runs exactly once. If the call is destroyed first
// (the client stopped), the callback gets `unavailable`.
class ClientCall final : public LoopWork, public std::enable_shared_from_this<ClientCall> {
 public:
  ClientCall(ClientShard& shard, HttpCall what, Url where, HttpCallback callback);
  ~ClientCall() override;
  ClientCall(const ClientCall&) = delete;
  ClientCall& operator=(const ClientCall&) = delete;

  void run() override;  // on the loop: assigns a connection
  void finish(HttpResult result);
  void fail(Errc code, std::string detail, bool sent, int status = 0);
  // If the caller has stopped it, or it is too late, it fails unsent.
  bool ended(SteadyTime now);

  HttpCall call;
  Url url;
  SteadyTime begins;
  SteadyTime deadline;
  bool retried = false;

 private:
  ClientShard& shard_;
  HttpCallback callback_;
};

// The connections to one host.
struct HostPool {
  std::vector<std::shared_ptr<ClientConnection>> all;
  std::vector<ClientConnection*> idle;  // the most recently used is last
  std::deque<std::shared_ptr<ClientCall>> waiting;
  std::vector<tcp::endpoint> endpoints;  // resolved from the host name
  SteadyTime endpoints_until{};
};

class ClientShard {
 public:
  ClientShard(const HttpClientOptions& options, std::shared_ptr<TlsContext> tls, unsigned shards);

  IoLoop& loop() { return *loop_; }
  const HttpClientOptions& options() const { return options_; }
  const std::shared_ptr<TlsContext>& tls() const { return tls_; }
  void start(const std::string& thread_name);
  void stop();

  void submit(std::shared_ptr<ClientCall> call);
  void retry(std::shared_ptr<ClientCall> call);  // once, on a new connection
  // Gives the connection the next waiting call, or closes it if it is not usable.
  void now_idle(ClientConnection& connection);
  void gone(ClientConnection& connection);

 private:
  void open(HostPool& pool, std::shared_ptr<ClientCall> call);
  void begin(std::shared_ptr<ClientCall> call);
  void begin_delayed(SteadyTime now);
  std::shared_ptr<ClientCall> next_waiting(HostPool& pool);  // null: there is none
  void tick();

  const HttpClientOptions& options_;
  std::shared_ptr<TlsContext> tls_;
  std::shared_ptr<IoLoop> loop_;
  std::size_t max_connections_;
  std::size_t max_waiting_;
  std::map<std::string, std::unique_ptr<HostPool>, std::less<>> pools_;
  std::vector<std::shared_ptr<ClientCall>> delayed_;
};

}  // namespace aura::net
