// Sends frames to one visitor's socket in the right order: first the welcome, then every change
// since its history was read, each exactly once. Shared by the session and the callbacks that it
// gave to the engine; any thread may call.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "net/api/subscription_holder.h"
#include "net/server/websocket.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

class ChatLine {
 public:
  ChatLine(std::shared_ptr<WebSocketPeer> peer, const ChatVisitor& visitor, std::string token);

  void leave();  // the socket becomes another visitor: sends nothing more for this one
  void welcome(const Result<ChatWelcome>& loaded);
  bool change(const Change& change);  // false: the socket is gone
  void lost();                        // no change comes any more
  void acknowledge(const std::string& client_id, const Result<api::Message>& stored,
                   std::size_t told_before);
  void refuse(std::string_view code, std::string_view detail, std::string_view client_id = {});
  void items(const std::vector<api::Item>& found);
  // Records that this socket sends a message. Returns how many messages of the business were sent
  // to it so far; acknowledge() takes this number as `told_before`.
  std::size_t sending(const std::string& client_id);

  SubscriptionHolder subscription;

 private:
  struct Held {
    std::string message_id;  // may be empty
    std::string frame;
  };
  void tell(std::string frame, std::string message_id = {});  // mutex_ must be held
  void follow_conversation(const api::Conversation& now);     // mutex_ must be held
  void close(std::uint16_t code, std::string_view reason);    // mutex_ must be held
  void created(const api::Message& message);                  // mutex_ must be held
  bool news(const api::Message& message) const;               // mutex_ must be held
  std::string history_within(const std::vector<api::Message>& messages, std::size_t bytes) const;
  api::Message for_visitor(api::Message message) const;
  std::string message_frame(std::string_view type, const api::Message& message,
                            std::string_view client_id = {}) const;

  const std::shared_ptr<WebSocketPeer> peer_;
  const std::string conversation_;
  const std::string external_prefix_;  // of the visitor's external ids; the client_id follows
  const std::string token_;
  const bool identified_;
  std::mutex mutex_;
  bool welcomed_ = false;
  bool gone_ = false;
  bool answered_by_ai_ = true;
  std::size_t told_ = 0;
  std::string acked_;                 // id of the newest acknowledged message
  std::string seen_;                  // id of the newest message the business has seen
  std::vector<Held> held_;            // frames waiting for the welcome
  std::vector<std::string> history_;  // ids of the newest messages in the welcome
  std::vector<std::string> sent_;     // client_ids of the newest messages that this socket sent
};

}  // namespace aura::net
