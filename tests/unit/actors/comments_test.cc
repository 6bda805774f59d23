// Public comments of one person: each may have one private reply, and the AI spends it only on what
// it knows. And what WhatsApp's whole seconds do to the order of a conversation.
#include "config/limits.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;
constexpr Millis t0 = 1'790'000'000'000;
constexpr Millis kDay = WindowedChannel::kDay;

class Comments : public testing::Test {
 protected:
  Comments() { it.use(channel); }
  static ChannelEvent comment(const std::string& id, Millis at, const std::string& parent = "") {
    ChannelEvent event = text_of(id, at, "How much?");
    event.comment.emplace().set_id(id);
    event.comment->set_post_id("post");
    if (!parent.empty()) event.comment->set_parent_id(parent);
    return event;
  }
  Result<conversation::Decision> reply(const std::string& comment) {
    api::MessageInput input;
    input.set_text("12 EUR");
    input.set_reply_to(format_id(IdType::message, it.by_external(comment).id));
    return it.send(input);
  }
  Result<conversation::Decision> answer(agent::Intent intent, double confidence,
                                        agent::Action action = agent::Action::reply) {
    agent::Proposal proposal;
    proposal.action = action;
    proposal.text = "The cake is 12 EUR.";
    proposal.intent = intent;
    proposal.confidence = confidence;
    auto decision =
        conversation::decide_proposal(it.state, it.generation(), proposal, it.rules, it.now);
    if (decision) it.apply(*decision);
    return decision;
  }
  WindowedChannel channel;
  MemoryConversation it;
};

TEST_F(Comments, EachIsAnsweredOnceByNamingIt) {
  it.take(comment("c1", t0));
  it.take(comment("c2", t0 + 1000));
  const auto newest = it.send("12 EUR");
  ASSERT_TRUE(newest.has_value());
  EXPECT_EQ(newest->send->passage.comment, "c2");
  const auto older = reply("c1");
  ASSERT_TRUE(older.has_value()) << older.error().detail;
  EXPECT_EQ(older->send->passage.comment, "c1");
  EXPECT_EQ(older->send->passage.until, t0 + 7 * kDay);
  for (const char* used : {"c1", "c2"}) {
    const auto again = reply(used);
    ASSERT_FALSE(again.has_value()) << used;
    EXPECT_EQ(again.error().code, Errc::window_closed);
  }
  it.take(comment("c3", t0 + 2000));
  EXPECT_EQ(reply("c1").error().code, Errc::window_closed) << "never at another comment";
  EXPECT_EQ(it.shown().comment().id(), "c3");
}

TEST_F(Comments, OneWhoseReplyFailedIsAnsweredAgainAtItself) {
  it.take(comment("c1", t0));
  it.take(comment("c2", t0 + 1000));
  const auto sent = reply("c1");
  it.finished(failed_send(sent->send->message));
  const auto again =
      conversation::decide_retry(it.state, sent->send->message, it.rules, it, it.now);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->send->passage.comment, "c1");
}

TEST_F(Comments, OfManyTheLatestAreKnownToBeAnswered) {
  for (int i = 0; i < 150; ++i) {
    const std::string id = "c" + std::to_string(1000 + i);
    it.take(comment(id, t0 + i));
    ASSERT_TRUE(reply(id).has_value()) << id;
  }
  EXPECT_LE(it.state.body.answered_comments_size(), limits::kAnsweredComments);
  EXPECT_FALSE(reply("c1149").has_value());
}

TEST_F(Comments, TheAiAnswersWhatItKnows) {
  it.take(comment("c1", t0));
  ASSERT_TRUE(answer(agent::Intent::price, 0.95).has_value());
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_AI);
  EXPECT_FALSE(it.shown().has_comment());
}

struct Unsure {
  agent::Intent intent;
  double confidence;
  agent::Action action = agent::Action::reply;
};
TEST_F(Comments, TheAiSpendsNoReplyOnSayingThatItDoesNotKnow) {
  for (const Unsure& unsure :
       {Unsure{agent::Intent::unknown, 0.1}, Unsure{agent::Intent::question, 0.2},
        Unsure{agent::Intent::price, 0.5}, Unsure{agent::Intent::thanks, 0.9},
        Unsure{agent::Intent::person, 1, agent::Action::handover}}) {
    MemoryConversation other;
    std::swap(it, other);
    it.use(channel);
    it.take(comment("c1", t0));
    ASSERT_TRUE(answer(unsure.intent, unsure.confidence, unsure.action).has_value());
    EXPECT_EQ(it.messages.size(), 1u) << "nothing is sent";
    EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
    EXPECT_NE(it.state.row.handover_deadline_ms(), 0);
    EXPECT_EQ(it.shown().comment().id(), "c1") << "a person may use the reply";
    EXPECT_TRUE(it.send("12 EUR").has_value());
  }
}

TEST_F(Comments, InTheThreadTheAiSaysThatItDoesNotKnow) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(answer(agent::Intent::unknown, 0.1).has_value());
  EXPECT_EQ(it.messages.size(), 2u);
}

TEST_F(Comments, BelowSomebodyElsesTheAiOwesNothing) {
  it.take(comment("c1", t0, "strangers"));
  EXPECT_FALSE(it.turn_pending());
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_AI);
  EXPECT_EQ(it.shown().unread(), 1);
  it.take(comment("c2", t0 + 1));
  EXPECT_TRUE(it.turn_pending());
  MemoryConversation own;
  own.use(channel);
  own.take(comment("c1", t0));
  own.apply(conversation::decide_send(
                own.state,
                [] {
                  api::MessageInput input;
                  input.set_text("12 EUR");
                  return input;
                }(),
                own.rules, own, own.now)
                .value());
  own.state.row.set_handler(api::HANDLER_AI);
  own.take(comment("c2", t0 + 1, "c1"));
  EXPECT_TRUE(own.turn_pending()) << "they go on below their own";
}

class WholeSeconds : public testing::Test {
 protected:
  WholeSeconds() {
    it.use(channel);
    it.rules.channel_type = api::CHANNEL_TYPE_WHATSAPP;
    it.take(text_of("m0", t0 - 5000, "Menu?"));
    it.now = t0 + 203;
    ours = it.send("1. Tea, 2. Coffee")->send->message;
  }
  WindowedChannel channel;
  MemoryConversation it;
  Id ours;
};

TEST_F(WholeSeconds, AnAnswerWithinTheSecondStandsBelowTheQuestion) {
  it.take(text_of("m1", t0, "2"));
  it.take(text_of("m2", t0, "please"));
  const Id first = it.by_external("m1").id, second = it.by_external("m2").id;
  EXPECT_LT(ours, first);
  EXPECT_LT(first, second) << "in the order of arrival";
  EXPECT_EQ(it.state.row.last_message(), second.view());
  EXPECT_LT(it.by_external("m2").row.created_ms(), t0 + 1000);
  EXPECT_EQ(it.shown().window_expires_at(), t0 + kDay) << "as WhatsApp counts";
}

TEST_F(WholeSeconds, AnotherSecondIsAsItIsTold) {
  it.take(text_of("m1", t0 - 1000));
  EXPECT_LT(it.by_external("m1").id, ours);
  it.take(text_of("m2", t0 + 1000));
  EXPECT_EQ(it.by_external("m2").row.created_ms(), t0 + 1000);
}

TEST_F(WholeSeconds, WhereMillisecondsAreToldNothingMoves) {
  it.rules.channel_type = api::CHANNEL_TYPE_MESSENGER;
  it.take(text_of("m1", t0));
  EXPECT_LT(it.by_external("m1").id, ours);
}

}  // namespace
}  // namespace aura::test
