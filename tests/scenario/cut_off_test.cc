// A call whose answer was lost: an echo, a status or a question to the provider reveals whether the
// message arrived. Otherwise it is sent once more and flagged as a possible duplicate.
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class CutOffTest : public ChannelsTest {};

TEST_F(CutOffTest, ASuccessThatNamesNoMessageIsNoProof) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(200, ""), reply_of(200, "x-2")};
  send("Yes");
  answer();
  EXPECT_NE(last().status(), api::MESSAGE_STATUS_SENT);
  pass(70'000);
  EXPECT_EQ(calls("send"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_TRUE(last().maybe_duplicate());
  EXPECT_EQ(last().external_id(), "x-2");
  ASSERT_EQ(last().attempts_size(), 2);
  EXPECT_EQ(last().attempts(0).outcome(), "unknown");
}

TEST_F(CutOffTest, ACutOffSendGoesOnceMoreThenIsUnknown) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {cut_off(), cut_off()};
  send("Yes");
  pass(70'000);
  EXPECT_EQ(calls("send"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_EQ(last().error().code(), "unknown");
  EXPECT_TRUE(last().maybe_duplicate());
  ASSERT_EQ(last().attempts_size(), 2);
  EXPECT_EQ(last().attempts(0).outcome(), "unknown");
}

TEST_F(CutOffTest, AResendIsFlaggedFromItsBeginning) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {cut_off()};
  send("Yes");
  answer();
  EXPECT_FALSE(last().maybe_duplicate());
  for (int i = 0; i < 200 && calls("send") < 2; ++i) world_->advance(500);
  world_->settle();
  ASSERT_EQ(calls("send"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_QUEUED) << "nobody has answered yet";
  EXPECT_TRUE(last().maybe_duplicate());
  EXPECT_EQ(last().attempts_size(), 2);
  answer();
  EXPECT_EQ(last().attempts_size(), 2);
}

TEST_F(CutOffTest, AStatusThatNamesOurMessageSettlesACutOffSend) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {cut_off()};
  const api::Message sent = send("Yes");
  answer();
  ChannelEvent status = event_of(Kind::status, "s1");
  status.target_id = "wamid.1";
  status.status = api::MESSAGE_STATUS_DELIVERED;
  status.metadata = sent.id();
  deliver({status});
  pass(70'000);
  EXPECT_EQ(calls("send"), 1u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_DELIVERED);
  EXPECT_FALSE(last().maybe_duplicate());
  ASSERT_EQ(last().attempts_size(), 1);
  EXPECT_EQ(last().attempts(0).outcome(), "sent");
  EXPECT_EQ(last().attempts(0).provider_id(), "wamid.1");
  EXPECT_EQ(world_->count(Family::outbox), 0u);
}

// The message was sent twice, so each of the two calls has its own provider id.
TEST_F(CutOffTest, AnEchoThatComesAfterTheResendAnswersTheCallThatWasCutOff) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {cut_off(), reply_of(200, "wamid.2")};
  const api::Message sent = send("Yes");
  pass(70'000);
  ASSERT_EQ(calls("send"), 2u);
  EXPECT_FALSE(last().attempts(0).has_provider_id());
  ChannelEvent echo = event_of(Kind::message, "wamid.1");
  echo.echo = true;
  echo.own_echo = true;
  echo.metadata = sent.id();
  deliver({echo});
  ASSERT_EQ(last().attempts_size(), 2);
  EXPECT_EQ(last().attempts(0).provider_id(), "wamid.1");
  EXPECT_EQ(last().attempts(0).outcome(), "sent");
  EXPECT_EQ(last().external_id(), "wamid.2");
  EXPECT_TRUE(last().maybe_duplicate());
}

TEST_F(CutOffTest, TheProviderIsAskedBeforeACutOffSendGoesAgain) {
  channel_.looks_up = true;
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {cut_off(), reply_of(500), reply_of(200, "SM1")};
  send("Yes");
  pass(70'000);
  EXPECT_EQ(calls("send"), 1u);
  EXPECT_EQ(calls("look up"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(last().external_id(), "SM1");
  EXPECT_FALSE(last().maybe_duplicate());
  provider_.answers = {cut_off(), reply_of(404)};
  send("Again");
  pass(70'000);
  EXPECT_EQ(calls("send"), 3u) << "it is not there: it goes again";
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

// Twilio's messages are recognised by their text, so the one it lists may be an earlier message
// with the same text.
TEST_F(CutOffTest, AnotherMessageWithTheSameWordsIsNotTheOneCutOff) {
  channel_.looks_up = true;
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(200, "SM1"), cut_off(), reply_of(200, "SM1"), reply_of(200, "SM2")};
  send("Yes");
  answer();
  send("Yes");
  pass(70'000);
  EXPECT_EQ(calls("send"), 3u) << "the first call's message is not the second's";
  EXPECT_EQ(last().external_id(), "SM2");
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

}  // namespace
}  // namespace aura::test
