// Server: HTTP/1.1 (keep-alive, pipelining), server-sent events and WebSocket, plain or TLS, on its
// own io threads. Each connection belongs to one io thread for life and needs no locks. Owned by
// the application, which calls listen(), start(), stop_accepting(), drain() and stop() from one
// thread; the destructor stops. Handlers run on io threads and must not block.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "net/server/router.h"
#include "runtime/result.h"

namespace aura::net {

struct ServerLimits {
  using Ms = std::chrono::milliseconds;
  std::size_t header_bytes = 16 * 1024;              // beyond it: 431
  std::size_t body_bytes = 8 * 1024 * 1024;          // default for routes; beyond it: 413
  std::size_t bodies_in_memory = 256 * 1024 * 1024;  // bodies being received; beyond it: 503
  std::size_t body_rate = 64 * 1024;  // bytes a second on average, after the first body_timeout
  std::size_t pipeline_depth = 64;    // requests in flight per connection
  std::size_t write_buffer_bytes = 1024 * 1024;   // unread answers; beyond it: stop reading
  std::size_t stream_buffer_bytes = 1024 * 1024;  // unread events; beyond it: cut off
  std::size_t websocket_message_bytes = 64 * 1024;
  std::size_t websocket_queue_bytes = 256 * 1024;
  std::size_t max_connections = 20'000;  // beyond it, accepting pauses
  std::size_t reserved_fds = 64;         // file descriptors left for storage
  Ms header_timeout{10'000};             // from the first byte to the end of the header: 408
  Ms body_timeout{10'000};               // window in which progress_bytes must arrive: 408
  std::size_t body_progress_bytes = 4096;
  Ms idle_timeout{75'000};      // keep-alive connection without a request
  Ms write_timeout{30'000};     // the peer reads nothing of an answer
  Ms reply_timeout{120'000};    // the handler gives no answer: 503
  Ms stream_keepalive{15'000};  // interval of comments on a quiet event stream
  Ms websocket_idle{60'000};    // ping after half of it, close after all of it
};

struct ServerOptions {
  std::string name = "public";            // in logs and metrics
  std::string listen = "127.0.0.1:8080";  // "host:port", "[::1]:port"; port 0 chooses one
  unsigned io_threads = 1;
  std::string tls_certificate;  // PEM chain; with tls_key: serve TLS >= 1.2
  std::string tls_key;
  // How often the files are checked; if new ones cannot be used, the old ones stay in use.
  std::chrono::milliseconds tls_reload_interval{2'000};
  ServerLimits limits;
};

class Server {
 public:
  Server(ServerOptions options, const Router& router);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds the address and returns it, "127.0.0.1:41234". Connections wait until start().
  Result<std::string> listen();
  // Serves, and listens first if listen() was not called. Returns the bound address.
  Result<std::string> start();
  void stop_accepting();
  // Closes idle connections, finishes requests in flight, and closes WebSockets with 1001. True if
  // all of this was done before the deadline.
  bool drain(std::chrono::steady_clock::time_point deadline);
  void stop();  // at once; joins the io threads

  std::size_t connections() const;  // any thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace aura::net
