// HttpClient: calls to other people's HTTP APIs over pooled keep-alive connections, plain or TLS
// (certificate and host name checked, no proxy, no redirects). Owned by the application; the
// destructor fails what is in flight and joins its io threads. Any thread may send; callbacks run
// on a client io thread and must not block.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
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
  std::chrono::milliseconds connect_timeout{5'000};  // name, TCP and TLS
  std::chrono::milliseconds total_timeout{30'000};   // from send() on, waiting included
  std::size_t max_response_bytes = 8 * 1024 * 1024;
};

struct HttpReply {
  int status = 0;
  Headers headers;
  std::string body;
};

struct HttpError {
  Error error;
  bool sent = false;  // the request, or a part of it, may have reached the peer: its effect is open
  int status = 0;     // of a reply whose body could not be read, or 0
};

using HttpResult = tl::expected<HttpReply, HttpError>;
using HttpCallback = std::function<void(HttpResult result)>;

struct HttpClientOptions {
  unsigned io_threads = 1;
  std::size_t connections_per_host = 64;  // over all io threads
  std::size_t waiting_per_host = 10'000;  // calls without a connection; over: overloaded at once
  std::chrono::milliseconds idle_timeout{30'000};  // of a pooled connection
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

  // The callback runs exactly once, never inside send() until stop(). A pooled connection that
  // turns out dead before any byte of the reply is replaced once, if nothing of the request can
  // have been acted on (nothing was written) or acting twice is harmless (GET, HEAD, PUT, DELETE,
  // OPTIONS).
  void send(HttpCall call, HttpCallback callback);
  void stop();  // fails what is in flight (unavailable), joins; later sends fail at once

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
Result<Url> parse_url(std::string_view text);  // no user info, no fragment, no control characters

}  // namespace aura::net
