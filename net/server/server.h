// Server: HTTP/1.1 (keep-alive, pipelining), server-sent events and WebSocket, plain or TLS, on io
// threads of its own. Each connection belongs to one io thread for life, so nothing in it is
// locked. Owned by the application, which calls listen(), start(), stop_accepting(), drain() and
// stop() from one thread; the destructor stops. Handlers run on io threads and must not block.
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
  std::size_t header_bytes = 16 * 1024;              // over: 431
  std::size_t body_bytes = 8 * 1024 * 1024;          // default of a route; over: 413
  std::size_t bodies_in_memory = 256 * 1024 * 1024;  // bodies being received; over: 503
  std::size_t body_rate = 64 * 1024;  // bytes a second on the whole, after one body_timeout
  std::size_t pipeline_depth = 64;    // requests in flight a connection
  std::size_t write_buffer_bytes = 1024 * 1024;   // answers not yet taken; over: stop reading
  std::size_t stream_buffer_bytes = 1024 * 1024;  // events not yet taken; over: cut off
  std::size_t websocket_message_bytes = 64 * 1024;
  std::size_t websocket_queue_bytes = 256 * 1024;
  std::size_t max_connections = 20'000;  // then accepting pauses
  std::size_t reserved_fds = 64;         // file descriptors left for storage
  std::size_t handshakes_at_once = 32;   // TLS handshakes an io thread; others wait
  Ms header_timeout{10'000};             // first byte to end of header: 408
  Ms body_timeout{10'000};               // a window in which progress_bytes must come: 408
  std::size_t body_progress_bytes = 4096;
  Ms idle_timeout{75'000};      // keep-alive connection without a request
  Ms write_timeout{30'000};     // peer takes nothing of an answer
  Ms reply_timeout{120'000};    // handler gives no answer: 503
  Ms stream_keepalive{15'000};  // comment on a quiet event stream
  Ms websocket_idle{60'000};    // ping at half of it, close at the whole
};

struct ServerOptions {
  std::string name = "public";            // in logs and metrics
  std::string listen = "127.0.0.1:8080";  // "host:port", "[::1]:port"; port 0 chooses one
  unsigned io_threads = 1;
  std::string tls_certificate;  // PEM chain; with tls_key: serve TLS >= 1.2
  std::string tls_key;
  std::chrono::milliseconds tls_reload_interval{2'000};  // how often the files are looked at
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
  // Serves; listens first if listen() was not called. The bound address.
  Result<std::string> start();
  void stop_accepting();
  // Closes idle connections, finishes the requests in flight and closes WebSockets with 1001; true
  // if all of it was done before the deadline.
  bool drain(std::chrono::steady_clock::time_point deadline);
  void stop();  // at once; joins the io threads

  // Reads certificate and key again; on an error the old ones stay in use. Any thread.
  Result<void> reload_tls();
  std::size_t connections() const;  // any thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace aura::net
