// A web chat session with the engine and the socket in memory.
#pragma once

#include <gtest/gtest.h>

#include "fake_engine.h"
#include "net/chat/chat_session.h"

namespace aura::net {

inline constexpr const char* kUuid = "8e03978e-40d5-43dd-bc93-6894a57f9324";

class FakeChat final : public Chat {
 public:
  Result<ChatVisitor> visitor(const std::string& key, const std::string& token) const override {
    if (key == "wk_unread") return fail(Errc::io, "unreadable");
    if (key != "wk_1") return fail(Errc::not_found, "There is no web chat with this key.");
    ChatVisitor visitor{derived_id({"w"}), derived_id({"c"}), derived_id({token}),
                        derived_id({"contact", token}), token};
    visitor.allowed_origins = allowed_origins;
    return visitor;
  }
  Result<ChatVisitor> identify(const ChatVisitor& visitor,
                               const ChatIdentity& identity) const override {
    if (identity.signature == "unread") return fail(Errc::io, "unreadable");
    if (identity.signature != "right") return fail(Errc::unauthorized, "wrong signature");
    ChatVisitor known = visitor;
    known.user_id = identity.id;
    known.name = identity.name;
    known.email = identity.email;
    known.thread = "user";
    return known;
  }
  void welcome(const ChatVisitor&, Reply<ChatWelcome> reply) override {
    welcome_reply = std::move(reply);
  }
  void receive(const ChatVisitor& visitor, ChatMessage message,
               Reply<api::Message> reply) override {
    received.push_back(std::move(message));
    sender = visitor;
    receive_reply = std::move(reply);
  }
  void read(const ChatVisitor&, Id message) override {
    read_up_to = message;
    ++reads;
  }

  Reply<ChatWelcome> welcome_reply;
  Reply<api::Message> receive_reply;
  std::vector<ChatMessage> received;
  ChatVisitor sender;
  std::vector<std::string> allowed_origins;
  Id read_up_to;
  int reads = 0;
};

class FakePeer final : public WebSocketPeer {
 public:
  bool send_text(std::string text) override {
    if (open) sent.push_back(std::move(text));
    return open;
  }
  void close(std::uint16_t code, std::string) override {
    open = false;
    close_code = code;
  }
  std::vector<std::string> sent;
  bool open = true;
  int close_code = 0;
};

inline api::Message message(const std::string& id, api::Direction direction,
                            const std::string& text) {
  api::Message out;
  out.set_id(id);
  out.set_direction(direction);
  out.set_text(text);
  out.set_external_id(direction == api::DIRECTION_IN ? "vt_x:" + id : "secret_external");
  out.set_payload("secret_payload");
  out.add_attempts()->set_provider_code("secret_code");
  return out;
}

inline Change created(const api::Message& made) {
  Change change;
  change.event.set_type("message.created");
  *change.event.mutable_message() = made;
  return change;
}

inline api::Conversation conversation(int unread, const std::string& last = "msg_1") {
  api::Conversation out;
  out.set_handler(api::HANDLER_AI);
  out.set_unread(unread);
  out.mutable_last_message()->set_id(last);
  return out;
}

inline Change updated(const api::Conversation& now) {
  Change change;
  change.event.set_type("conversation.updated");
  *change.event.mutable_conversation() = now;
  return change;
}

class ChatTest : public testing::Test {
 protected:
  ChatTest() : session_(socket_of("vt_x")) { session_->on_open(peer_, Request{}); }
  std::unique_ptr<ChatSession> socket_of(const std::string& token) {
    return std::make_unique<ChatSession>(ChatPorts{chat_, engine_, engine_, clock_}, messages_,
                                         *chat_.visitor("wk_1", token), token);
  }
  void welcome(ChatWelcome loaded = {}) { chat_.welcome_reply(std::move(loaded)); }
  void send(const std::string& text, const std::string& client_id = kUuid) {
    session_->on_text(R"({"type":"message","client_id":")" + client_id + R"(","text":")" + text +
                      "\"}");
  }
  std::string last() const { return peer_->sent.empty() ? "" : peer_->sent.back(); }
  bool last_has(const std::string& part) const { return last().find(part) != std::string::npos; }

  FakeEngine engine_;
  FakeChat chat_;  // destroyed before engine_, which it uses
  FakeClock clock_;
  std::shared_ptr<FakePeer> peer_ = std::make_shared<FakePeer>();
  std::shared_ptr<VisitorAllowances> messages_ = std::make_shared<VisitorAllowances>(clock_);
  std::unique_ptr<ChatSession> session_;
};

}  // namespace aura::net
