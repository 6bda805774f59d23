// A small HTTP/1.1 server on a bench Loop: keep-alive, pipelined requests answered in order,
// answers that can be delayed or replaced by a broken connection. Owned by the simulator; ends with
// it. Only the loop's thread may call.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "bench/support/http_framing.h"
#include "bench/support/loop.h"
#include "bench/support/socket.h"

namespace aura::bench {

struct HttpAnswer {
  enum class Fate { respond, close_silently, reset };
  Fate fate = Fate::respond;
  int status = 200;
  std::string content_type = "application/json";
  std::string extra_headers;  // complete lines, each ending with CRLF
  std::string body;
  std::chrono::milliseconds delay{0};
};

class HttpServer final : private IoHandler {
 public:
  using Handler = std::function<HttpAnswer(const HttpMessage&)>;

  HttpServer(Loop& loop, Endpoint where, Handler handler);
  ~HttpServer() override;
  const Endpoint& endpoint() const { return where_; }

 private:
  class Connection;
  void on_io(std::uint32_t events) override;
  void forget(int fd);

  Loop& loop_;
  Endpoint where_;
  Handler handler_;
  Socket listener_;
  std::unordered_map<int, std::shared_ptr<Connection>> connections_;
};

}  // namespace aura::bench
