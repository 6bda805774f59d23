// The server's end of one WebSocket after the upgrade. The HTTP connection has given its stream
// away and is destroyed, so that an idle socket needs little memory. Runs on its shard's loop.
#pragma once

#include <memory>

#include "net/server/session.h"
#include "net/server/websocket.h"
#include "net/transport.h"

namespace aura::net {

struct WebSocketStart {
  SessionHost* host;
  Request request;
  std::unique_ptr<WebSocketHandler> handler;
  std::shared_ptr<TlsContext> tls_context;  // kept alive as long as the TLS stream
};

void run_websocket(tcp::socket&& stream, WebSocketStart&& start);
void run_websocket(TlsStream&& stream, WebSocketStart&& start);

}  // namespace aura::net
