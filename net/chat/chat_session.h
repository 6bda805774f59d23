// The web chat's WebSocket (README.md beside this file). A ChatSession belongs to one socket and
// lives on its io thread. State that the engine's threads use is in the ChatLine they share.
#pragma once

#include <rapidjson/document.h>

#include <memory>
#include <string>
#include <string_view>

#include "net/chat/allowance.h"
#include "net/chat/chat_line.h"
#include "net/chat/visitor_allowances.h"
#include "net/server/router.h"
#include "net/server/websocket.h"
#include "runtime/clock.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

struct ChatPorts {
  Chat& chat;
  LiveFeed& feed;
  Queries& queries;
  const Clock& clock;
};

class ChatSession final : public WebSocketHandler {
 public:
  ChatSession(ChatPorts ports, std::shared_ptr<VisitorAllowances> messages, ChatVisitor visitor,
              std::string token);

  void on_open(std::shared_ptr<WebSocketPeer> peer, const Request& request) override;
  void on_text(std::string text) override;
  void on_close() override;

 private:
  void join();  // subscribes and reads the history as visitor_
  void on_message(const rapidjson::Value& frame);
  void on_read(const rapidjson::Value& frame);
  void on_identify(const rapidjson::Value& frame);
  void on_items(const rapidjson::Value& frame);

  ChatPorts ports_;
  ChatVisitor visitor_;
  std::string token_;
  std::shared_ptr<WebSocketPeer> peer_;
  std::shared_ptr<ChatLine> line_;
  std::shared_ptr<VisitorAllowances> messages_;
  Allowance questions_;  // identify and items frames
  Allowance reads_;
};

// Identifies the caller: the channel by the widget key in the path; the visitor by the token in the
// query (a new visitor if there is none) or by the user that the host page names there (user,
// signature). Errc::not_found: no such web chat. Errc::forbidden: the channel does not allow the
// page. Errc::unauthorized: wrong signature.
struct ChatCaller {
  ChatVisitor visitor;
  std::string token;
};
Result<ChatCaller> chat_caller(const Chat& chat, const Request& request);

// GET /chat/{widget_key}?visitor=TOKEN; 404 or 403 before the upgrade.
void add_chat_route(Router& router, ChatPorts ports);

bool is_visitor_token(std::string_view text);  // "vt_" and 43 characters of base64url
std::string new_visitor_token();               // of 256 random bits

}  // namespace aura::net
