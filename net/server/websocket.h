// The two sides of a WebSocket. The server owns the connection, and the connection owns the
// handler, which is destroyed after on_close(). Handler methods run on the connection's io thread,
// one at a time, and must not block. A peer may be kept, copied and used on any thread at any time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/http.h"
#include "runtime/result.h"

namespace aura::net {

class WebSocketPeer {
 public:
  virtual ~WebSocketPeer() = default;
  // Queues one text message. False if the socket is closed, or if the queue would exceed its byte
  // limit; then the connection is closed with 1013 (try again later).
  virtual bool send_text(std::string text) = 0;
  virtual void close(std::uint16_t code, std::string reason) = 0;  // reason: at most 123 bytes
};

class WebSocketHandler {
 public:
  virtual ~WebSocketHandler() = default;
  virtual void on_open(std::shared_ptr<WebSocketPeer> peer, const Request& request) = 0;
  virtual void on_text(std::string text) = 0;  // valid UTF-8, within the size bound
  virtual void on_close() = 0;                 // exactly once after on_open
};

// Called before the upgrade, with path parameters, query and headers (Origin). An Error refuses the
// upgrade; the client gets it as a problem response.
using WebSocketFactory =
    std::function<Result<std::unique_ptr<WebSocketHandler>>(const Request& request)>;

}  // namespace aura::net
