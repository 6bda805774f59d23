// HttpClient: calls to external HTTP APIs over pooled keep-alive connections, plain or TLS
// (verifies certificate and host name; no proxy, no redirects). Owned by the application; the
// destructor fails the calls in flight and joins the io threads. Any thread may send; callbacks run
// on a client io thread and must not block.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>

#include "net/http.h"
#include "runtime/result.h"

namespace aura::net {

struct HttpCall {
  Method method = Method::get;
  std::string url;  // http:// or https://
  Headers headers;  // Host, Content-Length and Connection are set by the client
  std::string body;
  std::chrono::milliseconds connect_timeout{5'000};  // for name resolution, TCP and TLS
  std::chrono::milliseconds total_timeout{30'000};   // from send() on, including waiting
  std::chrono::milliseconds delay{0};                // before anything is done, part of the total
  std::size_t max_response_bytes = 8 * 1024 * 1024;
  std::stop_token stop;  // when requested, the call fails (unavailable) and its connection closes
};

struct HttpReply {
  int status = 0;
  Headers headers;
  std::string body;
};

struct HttpError {
  Error error;
  bool sent = false;  // the peer may have received the request, or a part of it, and acted on it
  int status = 0;     // of a response whose body could not be read, or 0
};

using HttpResult = tl::expected<HttpReply, HttpError>;
using HttpCallback = std::function<void(HttpResult result)>;

struct HttpClientOptions {
  unsigned io_threads = 1;
  std::size_t connections_per_host = 64;  // over all io threads
  std::size_t waiting_per_host = 10'000;  // calls without a connection; beyond it: overloaded
  // Of a pooled connection. Shorter than servers' usual ones (from 5 s on): a request that meets a
  // connection as the server closes it has an unknown fate.
  std::chrono::milliseconds idle_timeout{4'000};
  std::chrono::milliseconds dns_ttl{30'000};
  std::string ca_file;  // PEM, trusted besides the system's store
  std::string user_agent = "AuraDeMer/1";
};

class HttpClient {
 public:
  explicit HttpClient(HttpClientOptions options = {});
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // The callback runs exactly once, never inside send() until stop(). If a pooled connection turns
  // out to be dead before any byte of the response, the client tries once on a new connection. It
  // does so only if the peer cannot have acted on the request (nothing was written) or if acting
  // twice is harmless (GET, HEAD, PUT, DELETE, OPTIONS).
  void send(HttpCall call, HttpCallback callback);
  void stop();  // fails calls in flight (unavailable), joins; later sends fail at once

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct Url {
  bool tls = false;
  std::string host;    // without brackets
  std::string port;    // always set
  std::string target;  // path and query, at least "/"
};
// Refuses user info, fragments and control characters.
Result<Url> parse_url(std::string_view text);

}  // namespace aura::net
