// The web chat's WebSocket (CONTRACT section 5). A ChatSession belongs to one socket and lives on
// its io thread; what the engine's threads touch is in the ChatLine it shares with them.
#pragma once

#include <rapidjson/document.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "net/chat/chat_line.h"
#include "net/router.h"
#include "net/websocket.h"
#include "runtime/clock.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

struct ChatPorts {
  Chat& chat;
  LiveFeed& feed;
  const Clock& clock;
};

class ChatSession final : public WebSocketHandler {
 public:
  ChatSession(ChatPorts ports, ChatVisitor visitor, std::string token);

  void on_open(std::shared_ptr<WebSocketPeer> peer, const Request& request) override;
  void on_text(std::string text) override;
  void on_close() override;

 private:
  void on_message(const rapidjson::Value& frame);
  void on_read(const rapidjson::Value& frame);
  bool within_rate();

  ChatPorts ports_;
  ChatVisitor visitor_;
  std::string token_;
  std::shared_ptr<ChatLine> line_;
  double allowance_;
  std::chrono::steady_clock::time_point counted_;
};

// GET /chat/{widget_key}?visitor=TOKEN; 404 before the upgrade if the key names no web chat.
void add_chat_route(Router& router, ChatPorts ports);

bool is_visitor_token(std::string_view text);  // "vt_" and 43 characters of base64url
std::string new_visitor_token();               // of 256 random bits

}  // namespace aura::net
