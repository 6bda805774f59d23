// Who answers what came in: a person orders, nobody stickers, the AI all else.
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using conversation::TimerKind;
using Kind = ChannelEvent::Kind;

ChannelEvent with_file(const char* type, const char* words = "") {
  ChannelEvent event = text_of("m1", 1'790'000'000'000, words);
  event.attachments.emplace_back().set_type(type);
  return event;
}

class OwedAnswer : public ::testing::Test {
 protected:
  OwedAnswer() { it.use(channel); }
  std::optional<conversation::Decision> notice() {
    return conversation::decide_notice(it.state, "A person will answer.", it.rules, it.now);
  }
  WindowedChannel channel;
  MemoryConversation it;
  const Millis t0 = it.now;
};

TEST_F(OwedAnswer, TheAiIsAskedAboutWhatHasNoWords) {
  std::vector<ChannelEvent> wordless;
  for (const char* type : {"image", "audio", "video", "file", "location", "story_mention"})
    wordless.push_back(with_file(type));
  wordless.push_back(text_of("m1", t0, " \n"));
  wordless.push_back(with_file("sticker"));
  wordless.back().attachments.emplace_back().set_type("image");
  wordless.push_back(text_of("m1", t0, ""));
  wordless.back().contacts.emplace_back().set_name("Ada");
  wordless.push_back(event_of(Kind::unsupported, "m1", t0));
  wordless.push_back(event_of(Kind::postback, "m1", t0));
  wordless.back().payload = "SHOW_MENU";
  for (const ChannelEvent& event : wordless) {
    MemoryConversation one;
    one.take(event);
    EXPECT_EQ(one.state.row.handler(), api::HANDLER_AI);
    EXPECT_TRUE(one.turn_pending());
    EXPECT_EQ(one.state.row.unread(), 1);
  }
}

// ---- a person hands the conversation back to the AI

class HandedBack : public OwedAnswer {
 protected:
  void hand(api::Handler to) {
    api::ConversationInput input;
    input.set_handler(to);
    it.apply(*conversation::decide_update(it.state, input, it.rules, it, it.now));
  }
  void ask(const char* words) { it.take(text_of("m1", t0, words)); }
};

TEST_F(HandedBack, TheAiAnswersTheQuestionThatWaits) {
  ask("Hello");
  hand(api::HANDLER_HUMAN);
  it.take(text_of("m2", t0 + 1'000, "When are you open?"));
  EXPECT_FALSE(it.turn_pending());
  it.now += 60'000;
  hand(api::HANDLER_AI);
  ASSERT_TRUE(it.turn_pending());
  EXPECT_EQ(it.state.row.turn().messages_size(), 1);
  EXPECT_EQ(it.state.row.turn().messages(0), it.state.row.last_message());
  hand(api::HANDLER_AI);
  EXPECT_TRUE(it.turn_pending()) << "said twice";
}

TEST_F(HandedBack, AQuestionThatSomebodyAnsweredIsNotAnsweredAgain) {
  ask("When are you open?");
  api::MessageInput input;
  input.set_text("At nine.");
  it.now += 1'000;
  it.apply(*conversation::decide_send(it.state, input, it.rules, it, it.now));
  hand(api::HANDLER_AI);
  EXPECT_FALSE(it.turn_pending());
}

TEST_F(HandedBack, WhatIsTooOldOrNotForTheAiStaysWithThePerson) {
  const auto pending_after = [&](const ChannelEvent& event, Millis later) {
    MemoryConversation one;
    one.use(channel);
    api::ConversationInput human, ai;
    human.set_handler(api::HANDLER_HUMAN);
    ai.set_handler(api::HANDLER_AI);
    one.take(event);
    one.apply(*conversation::decide_update(one.state, human, one.rules, one, one.now));
    one.now += later;
    one.apply(*conversation::decide_update(one.state, ai, one.rules, one, one.now));
    return one.turn_pending();
  };
  EXPECT_TRUE(pending_after(text_of("m1", t0, "Open?"), 60'000));
  EXPECT_FALSE(pending_after(text_of("m1", t0, "Open?"), 25 * 3'600'000));
  EXPECT_FALSE(pending_after(with_file("sticker"), 60'000));
  ChannelEvent order = text_of("m1", t0, "with oat milk please");
  order.order_lines.emplace_back().set_product_id("sku");
  EXPECT_FALSE(pending_after(order, 60'000));
}

TEST_F(HandedBack, AClosedConversationWaitsForTheNextMessage) {
  ask("When are you open?");
  hand(api::HANDLER_HUMAN);
  api::ConversationInput close;
  close.set_status(api::CONVERSATION_STATUS_CLOSED);
  close.set_handler(api::HANDLER_AI);
  it.apply(*conversation::decide_update(it.state, close, it.rules, it, it.now));
  EXPECT_FALSE(it.turn_pending());
}

TEST_F(OwedAnswer, AnOrderIsForAPersonWhateverItSays) {
  for (const char* note : {"", "with oat milk please"}) {
    MemoryConversation one;
    ChannelEvent order = text_of("m1", t0, note);
    order.order_lines.emplace_back().set_product_id("sku");
    EXPECT_TRUE(one.take(order).order_taken);
    EXPECT_EQ(one.state.row.handler(), api::HANDLER_HUMAN);
    EXPECT_EQ(one.state.row.handover_deadline_ms(), one.now + 900'000);
    EXPECT_TRUE(one.timers.contains({TimerKind::handover, one.now + 900'000}));
    EXPECT_FALSE(one.turn_pending());
  }
}

TEST_F(OwedAnswer, NobodyAnswersAStickerOrAHeart) {
  for (const char* type : {"sticker", "like_heart"}) {
    MemoryConversation one;
    one.take(with_file(type));
    EXPECT_EQ(one.state.row.handler(), api::HANDLER_AI);
    EXPECT_FALSE(one.turn_pending());
    EXPECT_TRUE(one.timers.empty());
  }
}

TEST_F(OwedAnswer, NobodyAnswersAHeartForAStory) {
  ChannelEvent heart = with_file("like_heart");
  heart.attachments.emplace_back().set_type("story");
  it.take(heart);
  EXPECT_FALSE(it.turn_pending());
  ChannelEvent shared = with_file("story");
  shared.external_id = "m2";
  it.take(shared);
  EXPECT_TRUE(it.turn_pending());
}

ChannelEvent order_of(const char* id = "m1") {
  ChannelEvent order = text_of(id, 1'790'000'000'000, "");
  order.order_lines.emplace_back().set_product_id("sku");
  return order;
}

TEST_F(OwedAnswer, AFileJoinsTheBurstOfTheWordsBeforeIt) {
  it.take(text_of("m0", t0));
  it.take(with_file("image"));
  EXPECT_EQ(it.state.row.turn().messages_size(), 2);
}

TEST_F(OwedAnswer, AnOrderEndsATurnThatWaits) {
  it.take(text_of("m0", t0));
  ASSERT_TRUE(it.turn_pending());
  const auto decision = it.take(order_of());
  EXPECT_FALSE(it.turn_pending());
  EXPECT_FALSE(it.timers.contains({TimerKind::turn, it.now + 1000}));
  ASSERT_FALSE(decision.feed.empty());
  EXPECT_EQ(decision.feed.back().kind, record::Feed::KIND_CONVERSATION_UPDATED);
}

TEST_F(OwedAnswer, WhoAlreadyHasAPersonIsHandedOverNoMore) {
  it.take(text_of("m0", t0));
  ASSERT_TRUE(it.send("by hand"));
  EXPECT_FALSE(it.take(order_of()).order_taken);
  EXPECT_EQ(it.state.row.handover_deadline_ms(), 0);
}

TEST_F(OwedAnswer, TheContactIsToldOfThePerson) {
  it.take(order_of());
  const auto told = notice();
  ASSERT_TRUE(told);
  it.apply(*told);
  const api::Message shown = it.view(told->send->message);
  EXPECT_EQ(shown.author(), api::AUTHOR_AI);
  EXPECT_EQ(shown.text(), "A person will answer.");
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(it.state.row.handover_deadline_ms(), it.now + 900'000);
}

TEST_F(OwedAnswer, NothingIsToldWhereNothingMayGo) {
  it.take(order_of());
  it.now = t0 + WindowedChannel::kDay;
  EXPECT_FALSE(notice()) << "the window is closed";
}

TEST_F(OwedAnswer, ACommentsOnlyReplyIsLeftToThePerson) {
  ChannelEvent comment = with_file("image");
  comment.comment.emplace().set_id("m1");
  it.take(comment);
  it.propose(it.generation(), "I can only read text.");
  EXPECT_EQ(it.messages.size(), 1u);
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  EXPECT_FALSE(notice());
}

}  // namespace
}  // namespace aura::test
