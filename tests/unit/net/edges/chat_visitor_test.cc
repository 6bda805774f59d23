// The visitor's identity, read markers of both sides, and the items of a message.
#include <gtest/gtest.h>

#include "chat_fixture.h"
#include "net/json.h"
#include "runtime/media_ref.h"

namespace aura::net {
namespace {

TEST_F(ChatTest, APressedButtonSendsItsPayloadToo) {
  welcome();
  session_->on_text(R"({"type":"message","client_id":"c1","text":"Outside","payload":"seat:out"})");
  ASSERT_EQ(chat_.received.size(), 1u);
  EXPECT_EQ(chat_.received[0].text, "Outside");
  EXPECT_EQ(chat_.received[0].payload, "seat:out");
}

TEST_F(ChatTest, FilesAreNamedByTheirUploadsAndNeedNoText) {
  welcome();
  const std::string id = format_media({derived_id({"contact"}), derived_id({"file"})});
  session_->on_text(R"({"type":"message","client_id":"c1","attachments":[{"upload_id":")" + id +
                    "\"}]}");
  ASSERT_EQ(chat_.received.size(), 1u);
  EXPECT_EQ(chat_.received[0].text, "");
  EXPECT_EQ(chat_.received[0].uploads, std::vector<std::string>{id});
  std::string many;
  for (int i = 0; i < 11; ++i) many += R"({"upload_id":")" + id + "\"},";
  many.pop_back();
  session_->on_text(R"({"type":"message","client_id":"c2","attachments":[)" + many + "]}");
  EXPECT_TRUE(last_has("at most 10"));
}

TEST_F(ChatTest, SeenIsToldOnceTheBusinessHasReadAndNotBefore) {
  ChatWelcome loaded;
  loaded.conversation = conversation(2);
  welcome(std::move(loaded));
  EXPECT_EQ(peer_->sent.size(), 1u);
  engine_.on_change(updated(conversation(2)));
  EXPECT_EQ(peer_->sent.size(), 1u);
  engine_.on_change(updated(conversation(0)));
  EXPECT_EQ(last(), R"({"type":"read","message_id":"msg_1"})");
  engine_.on_change(updated(conversation(0)));
  EXPECT_EQ(peer_->sent.size(), 2u);
  engine_.on_change(updated(conversation(0, "msg_2")));
  EXPECT_EQ(last(), R"({"type":"read","message_id":"msg_2"})");
}

TEST_F(ChatTest, WhatWasSeenBeforeIsToldAfterTheWelcome) {
  ChatWelcome loaded;
  loaded.conversation = conversation(0, "msg_9");
  welcome(std::move(loaded));
  ASSERT_EQ(peer_->sent.size(), 2u);
  EXPECT_EQ(last(), R"({"type":"read","message_id":"msg_9"})");
}

TEST_F(ChatTest, AfterAReconnectAPersonStillAnswers) {
  ChatWelcome loaded;
  loaded.conversation = conversation(1);
  loaded.conversation->set_handler(api::HANDLER_HUMAN);
  welcome(std::move(loaded));
  send("a");
  chat_.receive_reply(message("msg_3", api::DIRECTION_IN, "a"));
  EXPECT_TRUE(last_has("\"ack\"")) << last();
}

TEST_F(ChatTest, AChangedMessageIsToldAgain) {
  ChatWelcome loaded;
  loaded.conversation = conversation(1);
  loaded.messages = {message("msg_1", api::DIRECTION_OUT, "one")};
  welcome(std::move(loaded));
  Change edit = created(message("msg_1", api::DIRECTION_OUT, "two"));
  edit.event.set_type("message.updated");
  engine_.on_change(edit);
  EXPECT_TRUE(last_has("two"));
}

TEST_F(ChatTest, AnIdentifiedVisitorGoesOnInTheConversationOfTheUser) {
  welcome();
  const auto anonymous = engine_.on_change;
  session_->on_text(
      R"({"type":"identify","id":"u1","name":" Ada ","email":"ada@x.example","signature":"right"})");
  EXPECT_EQ(engine_.subscriptions, 1);
  welcome();
  EXPECT_EQ(
      last(),
      R"({"type":"welcome","visitor":"vt_x","conversation":null,"identified":true,"uploads":{"max_bytes":26214400,"max_files":10},"messages":[]})");
  EXPECT_FALSE(anonymous(created(message("msg_1", api::DIRECTION_OUT, "to nobody"))));
  EXPECT_EQ(peer_->sent.size(), 2u);
  send("a");
  EXPECT_EQ(chat_.sender.thread, "user");
  EXPECT_EQ(chat_.sender.name, "Ada");
  EXPECT_EQ(chat_.sender.email, "ada@x.example");
}

TEST_F(ChatTest, AWrongSignatureChangesNothing) {
  welcome();
  session_->on_text(R"({"type":"identify","id":"u1","signature":"wrong"})");
  EXPECT_TRUE(last_has(R"("code":"identity")"));
  session_->on_text(R"({"type":"identify","id":"u1","signature":"unread"})");
  EXPECT_TRUE(last_has(R"("code":"unavailable")")) << "which is no wrong signature";
  send("a");
  EXPECT_EQ(chat_.sender.thread, "vt_x");
}

TEST_F(ChatTest, NamesAndAddressesThatAreNoneAreLeftOut) {
  welcome();
  session_->on_text(R"({"type":"identify","id":"u1","email":"no","name":")" +
                    std::string(201, 'n') + R"(","signature":"right"})");
  welcome();
  send("a");
  EXPECT_EQ(chat_.sender.user_id, "u1");
  EXPECT_EQ(chat_.sender.name, "");
  EXPECT_EQ(chat_.sender.email, "");
}

TEST_F(ChatTest, ItemsAreAnsweredForCards) {
  welcome();
  const std::string id = format_id(IdType::item, derived_id({"cake"}));
  session_->on_text(R"({"type":"items","ids":[")" + id + "\",\"" + id + "\"]}");
  const auto frame = parse_json(last());
  ASSERT_TRUE(frame);
  EXPECT_STREQ((*frame)["type"].GetString(), "items");
  EXPECT_EQ((*frame)["items"].Size(), 2u);
  engine_.refusal = Error{Errc::not_found, "x", {}};
  session_->on_text(R"({"type":"items","ids":[")" + id + "\"]}");
  EXPECT_EQ(last(), R"({"type":"items","items":[]})");
}

TEST_F(ChatTest, QuestionsAreLimitedApartFromMessages) {
  welcome();
  const std::string frame =
      R"({"type":"items","ids":[")" + format_id(IdType::item, derived_id({"cake"})) + "\"]}";
  for (int i = 0; i < 20; ++i) session_->on_text(frame);
  EXPECT_TRUE(last_has("\"items\""));
  session_->on_text(frame);
  EXPECT_TRUE(last_has("rate_limited"));
  send("a");
  EXPECT_EQ(chat_.received.size(), 1u);
}

}  // namespace
}  // namespace aura::net
