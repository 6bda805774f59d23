// When an answer of the AI has finally failed, a person is called: once, and only if the message is
// not sent again automatically.
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;
constexpr Millis kDay = WindowedChannel::kDay;

class ModelUnanswered : public ::testing::Test {
 protected:
  ModelUnanswered() {
    it.use(channel);
    it.take(text_of("m1", it.now));
    answer = it.propose(it.state.row.turn().generation(), "We open at 9.")->send->message;
  }
  ChannelEvent failed(const std::string& sid) const {
    ChannelEvent event = about(Kind::status, sid, it.now);
    event.status = api::MESSAGE_STATUS_FAILED;
    event.error_code = "unreachable";
    return event;
  }
  bool person_called() const {
    return it.state.row.handler() == api::HANDLER_HUMAN && it.state.row.handover_deadline_ms() != 0;
  }
  WindowedChannel channel;
  MemoryConversation it;
  Id answer;
};

TEST_F(ModelUnanswered, AnAnswerThatAStatusSaysFailedCallsAPersonOnce) {
  it.sent(answer, "x1");
  it.take(failed("x1"));
  EXPECT_TRUE(person_called());
  EXPECT_EQ(it.state.row.status(), api::CONVERSATION_STATUS_OPEN);
  it.state.row.set_handler(api::HANDLER_AI);  // the person has handed back to the AI
  ChannelEvent again = failed("x1");
  again.provider_code = "470";
  it.take(again);
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_AI);
}

TEST_F(ModelUnanswered, WhatAPersonWroteIsTheirs) {
  const Id id = it.send("Hi")->send->message;
  it.state.row.set_handler(api::HANDLER_AI);
  it.sent(id, "x2");
  it.take(failed("x2"));
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_AI);
}

TEST_F(ModelUnanswered, AFailureThatCameBeforeTheCallsAnswerCallsAPerson) {
  it.take(failed("x1"));
  EXPECT_FALSE(person_called());
  it.sent(answer, "x1");
  EXPECT_EQ(it.view(answer).status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_TRUE(person_called());
}

TEST_F(ModelUnanswered, AFailureThatCameBeforeTheEchoCallsAPerson) {
  it.take(failed("x1"));
  ChannelEvent echo = text_of("x1", it.now, "We open at 9.");
  echo.echo = echo.own_echo = true;
  echo.metadata = format_id(IdType::message, answer);
  it.take(echo);
  EXPECT_EQ(it.view(answer).status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_TRUE(person_called());
}

TEST_F(ModelUnanswered, APersonIsCalledOnlyWhenItDoesNotGoOnceMore) {
  it.sent(answer, "x1");
  ChannelEvent status = failed("x1");
  status.resend_after = 1000;
  it.take(status);
  EXPECT_FALSE(person_called());
  it.now += 1000;
  it.apply(conversation::decide_resend_due(it.state, it.rules, it, it.now));
  EXPECT_FALSE(person_called());
  it.sent(answer, "x2");
  it.take(failed("x2"));
  EXPECT_TRUE(person_called());
}

TEST_F(ModelUnanswered, APersonIsCalledIfItCannotGoOnceMore) {
  it.sent(answer, "x1");
  ChannelEvent status = failed("x1");
  status.resend_after = kDay + 1000;
  it.take(status);
  it.now += kDay + 1000;  // the window has closed
  EXPECT_FALSE(it.apply(conversation::decide_resend_due(it.state, it.rules, it, it.now)).send);
  EXPECT_TRUE(person_called());
}

}  // namespace
}  // namespace aura::test
