// Customers whom the AI's answer does not reach: the provider is down, refuses, or does not answer.
// The engine retries for a long time and then calls a person.
#include <caf/scheduler/test_coordinator.hpp>

#include "actors/agent/phrases.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class UnansweredTest : public ChannelsTest {
 protected:
  UnansweredTest() {
    debounce_ = std::chrono::milliseconds(0);
    crash();
    connect();
  }
  void ask(const std::string& id = "m1") {
    ChannelEvent question = event_of(Kind::message, id);
    question.text = "When are you open?";
    deliver({question});
  }
  // The provider answers with this status for a long time.
  void always(int status) { provider_.answers.assign(10'000, reply_of(status)); }
  api::Conversation shown() {
    return world_
        ->ask<api::Conversation>([&](auto reply) {
          world_->queries().conversation(workspace_, conversation(), std::move(reply));
        })
        .value_or(api::Conversation());
  }
  std::size_t delayed_messages() const {
    return dynamic_cast<caf::scheduler::test_coordinator&>(world_->system().scheduler())
        .clock()
        .schedule()
        .size();
  }
};

TEST_F(UnansweredTest, AProviderThatIsBackAfterHoursGetsWhatWaited) {
  always(500);
  ask();
  pass(3 * kHour, 10'000);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(shown().handler(), api::HANDLER_AI);
  const auto tries = calls("send");
  EXPECT_LT(tries, 50u) << "ever more seldom";
  provider_.answers.clear();
  pass(kHour / 4 + 10'000, 10'000);
  EXPECT_EQ(calls("send"), tries + 1);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_FALSE(last().maybe_duplicate());
}

TEST_F(UnansweredTest, AProviderThatStaysAwayIsAskedFourTimesAnHour) {
  always(500);
  ask();
  pass(kHour, 10'000);
  for (int i = 0; i < 10; ++i) {
    const auto tries = calls("send");
    Millis waited = 0;
    for (; calls("send") == tries; waited += 10'000) pass(10'000, 10'000);
    if (i > 0) {  // the first wait began before this loop
      EXPECT_GE(waited, 12 * 60'000 - 10'000);
    }
    EXPECT_LE(waited, 15 * 60'000 + 20'000);
  }
}

TEST_F(UnansweredTest, WhatDidNotArriveInADayIsLeftToAPerson) {
  channel_.window.reset();
  always(500);
  ask();
  pass(23 * kHour, 60'000);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_QUEUED);
  pass(2 * kHour, 60'000);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_EQ(last().error().code(), "provider_error");
  EXPECT_EQ(shown().handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(world_->count(Family::outbox), 0u);
}

TEST_F(UnansweredTest, ARefusedAnswerCallsAPerson) {
  provider_.answers = {reply_of(400)};
  ask();
  answer();
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_EQ(shown().handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(shown().status(), api::CONVERSATION_STATUS_OPEN);
  pass(kHour, 10'000);
  EXPECT_EQ(shown().status(), api::CONVERSATION_STATUS_PENDING) << "nobody took it in time";
}

TEST_F(UnansweredTest, ACatalogThatCannotBeReadCallsAPersonInstead) {
  world_->reader_seam().fails = Family::item;
  ask();
  pass(20'000);
  EXPECT_EQ(shown().handler(), api::HANDLER_AI);
  pass(20'000);
  EXPECT_EQ(shown().handler(), api::HANDLER_HUMAN);
  ASSERT_EQ(messages().size(), 2u) << "and the customer is told so";
  EXPECT_EQ(last().text(), agent::phrase(agent::Phrase::handover, agent::Language::en));
  pass(kHour, 10'000);
  EXPECT_EQ(shown().status(), api::CONVERSATION_STATUS_PENDING);
  EXPECT_EQ(world_->services().live_conversations, 0) << "it leaves memory as every other";
}

TEST_F(UnansweredTest, WhatWaitsForLongSetsOneClockHoweverMuchElseIsSent) {
  deliver({event_of(Kind::message, "m1"), event_of(Kind::message, "m2", "351911")});
  answer();
  always(500);
  send("for long");
  for (const auto before = calls("send"); calls("send") < before + 9;) pass(1000);
  provider_.answers.clear();
  pass(20'000);  // the next retry is minutes away
  const auto before = delayed_messages();
  for (int i = 0; i < 10; ++i) {
    provider_.answers = {reply_of(429, "contact")};
    send("soon", "351911");
    pass(6000);
  }
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(messages("351911").back().status(), api::MESSAGE_STATUS_SENT);
  pass(31'000);  // lets earlier, obsolete timers pass
  EXPECT_LE(delayed_messages(), before + 1);
}

}  // namespace
}  // namespace aura::test
