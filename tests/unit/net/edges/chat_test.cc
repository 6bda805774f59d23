// The web chat protocol: which frames the visitor gets, in which order, and what is refused.
#include <gtest/gtest.h>

#include "chat_fixture.h"
#include "config/limits.h"

namespace aura::net {
namespace {

TEST_F(ChatTest, WelcomesANewVisitor) {
  welcome();
  ASSERT_EQ(peer_->sent.size(), 1u);
  EXPECT_EQ(
      last(),
      R"({"type":"welcome","visitor":"vt_x","conversation":null,"identified":false,"uploads":{"max_bytes":26214400,"max_files":10},"messages":[]})");
}

TEST_F(ChatTest, NothingIsLostOrDoubledAroundTheWelcome) {
  // The session subscribes first: both changes arrive before the history, which already contains
  // one of them.
  ASSERT_EQ(engine_.asked.front(), "follow_chat");
  engine_.on_change(created(message("msg_1", api::DIRECTION_OUT, "one")));
  engine_.on_change(created(message("msg_2", api::DIRECTION_OUT, "two")));
  EXPECT_TRUE(peer_->sent.empty());
  ChatWelcome loaded;
  loaded.conversation = conversation(1);
  loaded.messages = {message("msg_0", api::DIRECTION_IN, "hi"),
                     message("msg_1", api::DIRECTION_OUT, "one")};
  welcome(std::move(loaded));
  ASSERT_EQ(peer_->sent.size(), 2u);
  EXPECT_TRUE(peer_->sent[0].starts_with(R"({"type":"welcome")"));
  EXPECT_NE(peer_->sent[0].find(R"("conversation":"cv_)"), std::string::npos);
  EXPECT_NE(peer_->sent[1].find("two"), std::string::npos);
  engine_.on_change(created(message("msg_1", api::DIRECTION_OUT, "one")));
  EXPECT_EQ(peer_->sent.size(), 2u);
}

TEST_F(ChatTest, ALongHistoryFitsTheSocketsQueue) {
  ChatWelcome loaded;
  loaded.conversation = conversation(0);
  std::string text;
  for (int i = 0; i < 4000; ++i) text += "\u0436";
  for (int i = 10; i < 60; ++i)
    loaded.messages.push_back(message("msg_" + std::to_string(i), api::DIRECTION_IN, text));
  welcome(std::move(loaded));
  const std::string& frame = peer_->sent.front();
  EXPECT_LT(frame.size(), limits::kWebsocketQueueBytes);
  EXPECT_NE(frame.find("msg_59"), std::string::npos) << "the newest is there";
  EXPECT_EQ(frame.find("msg_10"), std::string::npos);
  EXPECT_LT(frame.find("msg_58"), frame.find("msg_59"));
  EXPECT_TRUE(frame.ends_with("]}"));
}

TEST_F(ChatTest, AckOnlyOnceTheMessageIsStored) {
  welcome();
  send("how much?");
  ASSERT_EQ(chat_.received.size(), 1u);
  EXPECT_EQ(chat_.received[0].client_id, kUuid);
  EXPECT_EQ(peer_->sent.size(), 1u);
  chat_.receive_reply(message("msg_1", api::DIRECTION_IN, "how much?"));
  ASSERT_EQ(peer_->sent.size(), 3u);
  EXPECT_TRUE(peer_->sent[1].starts_with(
      R"({"type":"ack","client_id":"8e03978e-40d5-43dd-bc93-6894a57f9324","message":{"id":"msg_1")"));
  EXPECT_EQ(peer_->sent[2], R"({"type":"typing"})");
  api::Message own = message("msg_1", api::DIRECTION_IN, "how much?");
  own.set_external_id(std::string("vt_x:") + kUuid);
  engine_.on_change(created(own));
  EXPECT_EQ(peer_->sent.size(), 3u);  // a visitor's own message is not echoed
  engine_.on_change(created(message("msg_2", api::DIRECTION_OUT, "12 EUR")));
  EXPECT_TRUE(last().starts_with(R"({"type":"message","message":{"id":"msg_2")"));
}

TEST_F(ChatTest, AsManyAsMayBeWrittenAtOnceAreNotEchoed) {
  welcome();
  const auto client_id = [](int i) {
    return "8e03978e-40d5-43dd-bc93-6894a57f" + std::to_string(9000 + i);
  };
  for (int i = 0; i < 200; ++i) send("a", client_id(i));
  ASSERT_EQ(chat_.received.size(), 200u);
  const std::size_t frames = peer_->sent.size();
  for (int i = 0; i < 200; ++i) {
    api::Message own = message("msg_1", api::DIRECTION_IN, "a");
    own.set_external_id("vt_x:" + client_id(i));
    engine_.on_change(created(own));
  }
  EXPECT_EQ(peer_->sent.size(), frames);
}

TEST_F(ChatTest, WhatIsWrittenOnAnotherDeviceIsToldWithItsClientId) {
  welcome();
  engine_.on_change(created(message("msg_7", api::DIRECTION_IN, "from my phone")));
  EXPECT_TRUE(last_has(R"("type":"message")"));
  EXPECT_TRUE(last_has(R"("external_id":"msg_7")"));
  EXPECT_TRUE(last_has("from my phone"));
}

TEST_F(ChatTest, NoTypingWhenAPersonAnswersOrTheAnswerIsThere) {
  welcome();
  send("a");
  engine_.on_change(created(message("msg_2", api::DIRECTION_OUT, "fast")));
  chat_.receive_reply(message("msg_1", api::DIRECTION_IN, "a"));
  EXPECT_TRUE(last_has("\"ack\""));
  Change handover;
  handover.event.set_type("conversation.updated");
  handover.event.mutable_conversation()->set_handler(api::HANDLER_HUMAN);
  engine_.on_change(handover);
  send("b");
  chat_.receive_reply(message("msg_3", api::DIRECTION_IN, "b"));
  EXPECT_TRUE(last_has("\"ack\""));
}

TEST_F(ChatTest, TheSameClientIdIsPassedOnAndAckedTwice) {
  welcome();
  for (int i = 0; i < 2; ++i) {
    send("a");
    chat_.receive_reply(message("msg_1", api::DIRECTION_IN, "a"));
  }
  EXPECT_EQ(chat_.received.size(), 2u);
}

TEST_F(ChatTest, InternalThingsDoNotLeak) {
  welcome();
  engine_.on_change(created(message("msg_2", api::DIRECTION_OUT, "x")));
  EXPECT_FALSE(last_has("secret"));
}

TEST_F(ChatTest, AFailedStoreIsAnErrorWithTheClientId) {
  welcome();
  send("a");
  chat_.receive_reply(fail(Errc::overloaded, "internal words"));
  EXPECT_TRUE(last_has(R"("type":"error","code":"overloaded")"));
  EXPECT_TRUE(last_has(kUuid));
  EXPECT_FALSE(last_has("internal words"));
}

TEST_F(ChatTest, BadFramesAreErrorsAndTheSocketStays) {
  welcome();
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  const std::vector<std::pair<std::string, std::string>> frames = {
      {"", "bad_json"},
      {"{", "bad_json"},
      {"[]", "bad_json"},
      {deep, "bad_json"},
      {"{}", "unknown_type"},
      {R"({"type":5})", "unknown_type"},
      {R"({"type":"dance"})", "unknown_type"},
      {R"({"type":"message","text":"a"})", "invalid"},
      {R"({"type":"message","client_id":"","text":"a"})", "invalid"},
      {R"({"type":"message","client_id":7,"text":"a"})", "invalid"},
      {R"({"type":"message","client_id":")" + std::string(65, 'x') + R"(","text":"a"})", "invalid"},
      {R"({"type":"message","client_id":"8e03978e-40d5-43dd-bc93-6894a57f9324"})", "invalid"},
      {R"({"type":"message","client_id":"8e03978e-40d5-43dd-bc93-6894a57f9324","text":5})",
       "invalid"},
      {R"({"type":"message","client_id":"8e03978e-40d5-43dd-bc93-6894a57f9324","text":" \n "})",
       "invalid"},
      {R"({"type":"message","client_id":"8e03978e-40d5-43dd-bc93-6894a57f9324","text":"a\u0000"})",
       "invalid"},
      {R"({"type":"message","client_id":"8e03978e-40d5-43dd-bc93-6894a57f9324","text":")" +
           std::string(4097, 'a') + "\"}",
       "invalid"},
      {R"({"type":"message","client_id":"c","text":"a","payload":")" + std::string(1001, 'p') +
           "\"}",
       "invalid"},
      {R"({"type":"message","client_id":"c","attachments":[]})", "invalid"},
      {R"({"type":"message","client_id":"c","text":"a","attachments":{}})", "invalid"},
      {R"({"type":"message","client_id":"c","text":"a","attachments":[7]})", "invalid"},
      {R"({"type":"message","client_id":"c","attachments":[{"upload_id":"../x"}]})", "invalid"},
      {R"({"type":"identify"})", "identity"},
      {R"({"type":"identify","id":"u1"})", "identity"},
      {R"({"type":"identify","id":"","signature":"right"})", "identity"},
      {R"({"type":"identify","id":"u1","signature":"wrong"})", "identity"},
      {R"({"type":"items"})", "invalid"},
      {R"({"type":"items","ids":[]})", "invalid"},
      {R"({"type":"items","ids":["x"]})", "invalid"},
      {R"({"type":"items","ids":[7]})", "invalid"},
      {R"({"type":"read"})", "invalid"},
      {R"({"type":"read","message_id":"x"})", "invalid"}};
  for (const auto& [frame, code] : frames) {
    session_->on_text(frame);
    EXPECT_TRUE(last_has("\"code\":\"" + code + "\"")) << frame.substr(0, 80) << last();
  }
  EXPECT_TRUE(chat_.received.empty());
  EXPECT_TRUE(peer_->open);
}

TEST_F(ChatTest, TextIsTrimmedAndMayBe4096CharactersLong) {
  welcome();
  std::string text;
  for (int i = 0; i < 4096; ++i) text += "é";
  send("  " + text + "\\n");
  ASSERT_EQ(chat_.received.size(), 1u);
  EXPECT_EQ(chat_.received[0].text, text);
}

TEST_F(ChatTest, TooManyMessagesAreRefusedForAWhile) {
  welcome();
  for (int i = 0; i < 200; ++i) send("a");
  EXPECT_EQ(chat_.received.size(), 200u);
  send("a");
  EXPECT_EQ(chat_.received.size(), 200u);
  EXPECT_TRUE(last_has("rate_limited"));
  clock_.advance(std::chrono::seconds(1));
  for (int i = 0; i < 20; ++i) send("a");
  EXPECT_EQ(chat_.received.size(), 210u) << "ten a second";
}

TEST_F(ChatTest, ANewSocketIsNoNewAllowance) {
  welcome();
  for (int i = 0; i < 201; ++i) send("a");
  session_->on_close();
  session_ = socket_of("vt_x");
  session_->on_open(peer_, Request{});
  send("a");
  EXPECT_EQ(chat_.received.size(), 200u);
  session_->on_close();
  session_ = socket_of("vt_other");
  session_->on_open(peer_, Request{});
  send("a");
  EXPECT_EQ(chat_.received.size(), 201u) << "another visitor";
}

TEST(VisitorAllowances, WhoIsQuietIsForgotten) {
  FakeClock clock;
  VisitorAllowances allowances(clock);
  const Id flooder = derived_id({"flooder"});
  for (int i = 0; i < 1000; ++i) (void)allowances.take(flooder);
  EXPECT_FALSE(allowances.take(flooder));
  std::size_t most = 0;
  for (int i = 0; i < 100'000; ++i) {
    EXPECT_TRUE(allowances.take(derived_id({std::to_string(i)})));
    clock.advance(std::chrono::milliseconds(1));
    most = std::max(most, allowances.entries());
  }
  EXPECT_LT(most, 3000u);
  EXPECT_TRUE(allowances.take(flooder));
}

TEST_F(ChatTest, ReadAndTypingAreQuiet) {
  welcome();
  const Id id = derived_id({"m"});
  session_->on_text(R"({"type":"read","message_id":")" + format_id(IdType::message, id) + "\"}");
  session_->on_text(R"({"type":"typing"})");
  EXPECT_EQ(chat_.read_up_to, id);
  EXPECT_EQ(peer_->sent.size(), 1u);
}

TEST_F(ChatTest, ReadsWithoutEndAreDropped) {
  welcome();
  const std::string frame =
      R"({"type":"read","message_id":")" + format_id(IdType::message, derived_id({"m"})) + "\"}";
  for (int i = 0; i < 1000; ++i) session_->on_text(frame);
  EXPECT_LE(chat_.reads, 20);
  EXPECT_EQ(peer_->sent.size(), 1u) << "and quietly";
  clock_.advance(std::chrono::seconds(1));
  session_->on_text(frame);
  EXPECT_GE(chat_.reads, 2);
}

TEST_F(ChatTest, AfterTheCloseNothingIsFollowed) {
  welcome();
  EXPECT_EQ(engine_.subscriptions, 1);
  session_->on_close();
  EXPECT_EQ(engine_.subscriptions, 0);
}

Change told(const std::string& type, api::ChannelStatus status = api::CHANNEL_STATUS_ACTIVE) {
  Change change;
  change.event.set_type(type);
  if (type == "channel.updated") change.event.mutable_channel()->set_status(status);
  return change;
}

TEST_F(ChatTest, AnErasedContactsSocketIsClosedForThat) {
  welcome();
  EXPECT_FALSE(engine_.on_change(told("contact.deleted")));
  EXPECT_EQ(peer_->close_code, 4410);
}

TEST_F(ChatTest, TheChannelsEndClosesTheChat) {
  welcome();
  EXPECT_TRUE(engine_.on_change(told("channel.updated", api::CHANNEL_STATUS_ACTIVE)));
  EXPECT_EQ(peer_->close_code, 0);
  EXPECT_EQ(peer_->sent.size(), 1u) << "a channel's news are not the visitor's";
  EXPECT_FALSE(engine_.on_change(told("channel.updated", api::CHANNEL_STATUS_DISABLED)));
  EXPECT_EQ(peer_->close_code, 4404);
}

TEST_F(ChatTest, ADeletedChannelClosesTheChat) {
  welcome();
  EXPECT_FALSE(engine_.on_change(told("channel.deleted")));
  EXPECT_EQ(peer_->close_code, 4404);
}

TEST_F(ChatTest, AnUnreadableHistoryClosesForALaterTry) {
  chat_.welcome_reply(fail(Errc::unavailable, "x"));
  EXPECT_EQ(peer_->close_code, 1013);
  EXPECT_FALSE(engine_.on_change(created(message("msg_2", api::DIRECTION_OUT, "x"))));
}

}  // namespace
}  // namespace aura::net
