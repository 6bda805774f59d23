// Echoes without our metadata (Instagram's): how long the engine waits for one, and which of them
// come from a person.
#include "config/limits.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class EchoesTest : public ChannelsTest {
 protected:
  EchoesTest() {
    channel_.nameless_echoes = true;
    connect();
    deliver({event_of(Kind::message, "m1")});
  }
  // Sends a message whose answer is lost; returns the time of the call.
  Millis cut_off_call(const std::string& text) {
    provider_.answers = {cut_off()};
    const Millis at = clock_.now_ms();
    send(text);
    answer();
    return at;
  }
  void echo(const std::string& id, const std::string& text, Millis at) {
    ChannelEvent event = event_of(Kind::message, id);
    event.echo = true;
    event.text = text;
    event.at = at;
    deliver({event});
  }
  // True if the echo is shown as a separate message that the engine did not send.
  bool is_a_persons(const std::string& id) {
    const auto all = messages();
    return std::any_of(all.begin(), all.end(), [&](const api::Message& one) {
      return one.external_id() == id && one.direction() == api::DIRECTION_OUT &&
             one.attempts_size() == 0;
    });
  }
  const Millis wait_ = channel_.limits().echo_wait;
  static constexpr Millis kApart = 1000 * limits::kEchoApart.count();
};

TEST_F(EchoesTest, OneWithinTheWaitSettlesTheCallSoThatItGoesOnce) {
  const Millis call = cut_off_call("Yes");
  pass(wait_ - 1000);
  EXPECT_EQ(calls("send"), 1u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_QUEUED);
  echo("e1", "Yes", call + 800);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  pass(3 * wait_);
  EXPECT_EQ(calls("send"), 1u);
  EXPECT_EQ(last().external_id(), "e1");
  EXPECT_FALSE(last().maybe_duplicate());
  EXPECT_EQ(messages().size(), 2u) << "the question and our answer";
}

TEST_F(EchoesTest, WithoutOneTheCallIsMadeOnceMoreWhenTheWaitIsOver) {
  cut_off_call("Yes");
  pass(wait_ - 500);
  EXPECT_EQ(calls("send"), 1u);
  pass(1500);
  EXPECT_EQ(calls("send"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_TRUE(last().maybe_duplicate());
}

TEST_F(EchoesTest, ALateOneOfACallThatWasMadeAgainIsStillOurs) {
  const Millis call = cut_off_call("Yes");
  pass(wait_ + 2000);
  ASSERT_EQ(calls("send"), 2u);
  echo("e1", "Yes", call + 500);
  EXPECT_EQ(messages().size(), 2u);
  EXPECT_TRUE(last().maybe_duplicate());
}

TEST_F(EchoesTest, TheSameWordsAMinuteLaterAreOursALittleAfterThatAPersons) {
  Millis call = cut_off_call("Yes");
  echo("e1", "Yes", call + kApart);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(messages().size(), 2u);
  pass(2 * kApart);
  call = cut_off_call("No");
  echo("e2", "No", call + kApart + 1);
  EXPECT_EQ(messages().size(), 4u);
  EXPECT_TRUE(is_a_persons("e2"));
}

TEST_F(EchoesTest, OtherWordsAreAPersonsAndTheCallIsMadeAgain) {
  const Millis call = cut_off_call("Yes");
  echo("e1", "Let me have a look", call + 500);
  EXPECT_TRUE(is_a_persons("e1"));
  pass(wait_ + 2000);
  EXPECT_EQ(calls("send"), 2u);
}

TEST_F(EchoesTest, ACrashMeanwhileWaitsFromTheClaimOn) {
  const Millis call = cut_off_call("Yes");
  pass(wait_ / 2);
  crash();
  pass(2000);
  EXPECT_EQ(calls("send"), 1u);
  echo("e1", "Yes", call + 500);
  pass(2 * wait_);
  EXPECT_EQ(calls("send"), 1u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

}  // namespace
}  // namespace aura::test
