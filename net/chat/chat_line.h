// What one visitor's socket is told, in the right order: the welcome first, then everything that
// happened since its history was read, nothing lost and nothing twice. Shared by the session and
// the callbacks it has given to the engine; any thread may call.
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

  void leave();  // the socket goes on as another visitor: this one is told nothing more
  void welcome(const Result<ChatWelcome>& loaded);
  bool change(const Change& change);  // false: the socket is gone
  void acknowledge(const std::string& client_id, const Result<api::Message>& stored,
                   std::size_t told_before);
  void refuse(std::string_view code, std::string_view detail, std::string_view client_id = {});
  void items(const std::vector<api::Item>& found);
  // Notes that this socket sends a message; gives what acknowledge() wants to know again: how many
  // messages of the business it had been told before.
  std::size_t sending(const std::string& client_id);

  SubscriptionHolder subscription;

 private:
  struct Held {
    std::string message_id;  // or empty
    std::string frame;
  };
  void tell(std::string frame, std::string message_id = {});  // mutex_ held
  void follow_conversation(const api::Conversation& now);     // mutex_ held
  void close(std::uint16_t code, std::string_view reason);    // mutex_ held
  void created(const api::Message& message);                  // mutex_ held
  bool news(const api::Message& message) const;               // mutex_ held
  std::string history_within(const std::vector<api::Message>& messages, std::size_t bytes) const;
  api::Message for_visitor(api::Message message) const;
  std::string message_frame(std::string_view type, const api::Message& message,
                            std::string_view client_id = {}) const;

  const std::shared_ptr<WebSocketPeer> peer_;
  const std::string conversation_;
  const std::string external_prefix_;  // of the visitor's messages; their client_id follows
  const std::string token_;
  const bool identified_;
  std::mutex mutex_;
  bool welcomed_ = false;
  bool gone_ = false;
  bool answered_by_ai_ = true;
  std::size_t told_ = 0;
  std::string acked_;                 // id of the newest message that was acknowledged
  std::string seen_;                  // id of the newest message the business has seen
  std::vector<Held> held_;            // until the welcome
  std::vector<std::string> history_;  // ids of the newest messages of the welcome
  std::vector<std::string> sent_;     // client_ids of this socket's newest messages
};

}  // namespace aura::net
