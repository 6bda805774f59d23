// The conversation's decisions at the edges: refusals, tables, bounds, and events that come early.
#include "config/limits.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;
using conversation::TimerKind;

class ModelEdges : public ::testing::Test {
 protected:
  void update(const api::ConversationInput& input) {
    it.apply(*conversation::decide_update(it.state, input, it.rules, it, it.now));
  }
  MemoryConversation it;
  const Millis t0 = it.now;
};

TEST_F(ModelEdges, AnUpdateThatChangesNothingTellsNobody) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(it.send("by hand"));
  api::ConversationInput same;
  same.set_status(api::CONVERSATION_STATUS_OPEN);
  same.set_unread(0);
  for (const auto& input : {api::ConversationInput(), same}) {
    const auto decision = conversation::decide_update(it.state, input, it.rules, it, it.now);
    EXPECT_FALSE(decision->changed);
    EXPECT_TRUE(decision->feed.empty());
  }
  same.set_unread(3);
  const auto changed = conversation::decide_update(it.state, same, it.rules, it, it.now);
  EXPECT_TRUE(changed->changed);
  EXPECT_EQ(changed->feed.size(), 1u);
}

TEST(ShownStatus, AWatermarkLiftsOnlyWhatWentOut) {
  record::Conversation row;
  row.set_contact_delivered_ms(20);
  row.set_contact_read_ms(10);
  const auto shown = [&](api::MessageStatus status, Millis at) {
    record::Message message;
    message.set_direction(api::DIRECTION_OUT);
    message.set_status(status);
    message.set_created_ms(at);
    return conversation::shown_status(message, row);
  };
  EXPECT_EQ(shown(api::MESSAGE_STATUS_SENT, 10), api::MESSAGE_STATUS_READ);
  EXPECT_EQ(shown(api::MESSAGE_STATUS_SENT, 20), api::MESSAGE_STATUS_DELIVERED);
  EXPECT_EQ(shown(api::MESSAGE_STATUS_READ, 20), api::MESSAGE_STATUS_READ);
  EXPECT_EQ(shown(api::MESSAGE_STATUS_SENT, 21), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(shown(api::MESSAGE_STATUS_QUEUED, 10), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(shown(api::MESSAGE_STATUS_FAILED, 10), api::MESSAGE_STATUS_FAILED);
}

// Fault F7. On other channels the provider's time counts and orders the messages.
TEST_F(ModelEdges, AWebChatsTimesNeverGoBackWithTheClock) {
  it.rules.channel_type = api::CHANNEL_TYPE_WEBCHAT;
  for (const Millis jump : {0, 3'600'000, 0, -1'000, -7'200'000}) {
    it.now = t0 + jump;
    it.take(text_of("at " + std::to_string(jump) + std::to_string(it.messages.size()), it.now));
  }
  ASSERT_EQ(it.messages.size(), 5u);
  std::vector<std::string> order;
  Millis last = 0;
  for (const auto& [id, message] : it.messages) {
    order.push_back(message.row.external_id());
    EXPECT_GE(message.row.created_ms(), last);
    last = message.row.created_ms();
  }
  EXPECT_EQ(order, (std::vector<std::string>{"at 00", "at 36000001", "at 02", "at -10003",
                                             "at -72000004"}));
}

// A wrong time far in the future must not stay the newest for ever.
TEST_F(ModelEdges, TimesOfTheFarFutureAreCut) {
  constexpr Millis kYears = Millis{14} * 365 * 24 * 3'600'000;
  it.take(text_of("m1", t0));
  ChannelEvent read = event_of(Kind::read, "r1", t0);
  read.watermark = t0 + kYears;
  it.take(read);
  ChannelEvent taken = event_of(Kind::handover, "h1", t0 + kYears);
  taken.thread_external = true;
  it.take(taken);
  ChannelEvent stop = event_of(Kind::consent, "c1", t0 + kYears);
  stop.consent = ConsentChange{ConsentChange::Scope::all, true, "START"};
  it.take(stop);
  it.now = t0 + 3'600'000;
  ChannelEvent back = event_of(Kind::handover, "h2", it.now);
  it.take(back);
  EXPECT_FALSE(it.state.row.thread_external());
  const Id id = it.send("Later")->send->message;
  it.sent(id, "x1");
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_SENT);
  stop = event_of(Kind::consent, "c2", it.now);
  stop.consent = ConsentChange{ConsentChange::Scope::all, false, "STOP"};
  it.take(stop);
  EXPECT_TRUE(it.state.row.consent().stopped());
}

TEST_F(ModelEdges, ATurnThatIsLeftToAPersonEndsOnce) {
  it.take(text_of("m1", t0));
  const auto generation = it.generation();
  it.take([&] {
    ChannelEvent stop = event_of(Kind::consent, "c1", t0);
    stop.consent = ConsentChange{ConsentChange::Scope::marketing, false, "stop"};
    return stop;
  }());
  // Changes nothing else, so the turn stays pending.
  it.state.row.mutable_consent()->set_stopped(true);
  ASSERT_TRUE(it.propose(generation, "too late"));
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(it.generation(), generation + 1);
}

TEST_F(ModelEdges, FollowersAreToldWhoHandlesTheConversationNow) {
  const auto told = [](const conversation::Decision& decision) {
    return std::count_if(decision.feed.begin(), decision.feed.end(), [](const auto& row) {
      return row.kind == record::Feed::KIND_CONVERSATION_UPDATED;
    });
  };
  EXPECT_EQ(told(it.take(text_of("m1", t0))), 0);
  EXPECT_EQ(told(*it.send("A person here.")), 1) << "taken from the AI, and seen";
  EXPECT_EQ(told(*it.send("Still here.")), 0) << "nothing else changed";
  api::ConversationInput closed;
  closed.set_status(api::CONVERSATION_STATUS_CLOSED);
  update(closed);
  EXPECT_EQ(told(it.take(text_of("m2", t0 + 1))), 1) << "opened again";
  EXPECT_EQ(told(it.take(text_of("m3", t0 + 2))), 0);
}

TEST_F(ModelEdges, AMessageWithoutATimeIsOfNowAndAnswered) {
  const WindowedChannel channel;
  it.use(channel);
  it.take(text_of("m1", 0));
  EXPECT_EQ(it.by_external("m1").row.created_ms(), t0);
  EXPECT_TRUE(it.turn_pending());
}

TEST_F(ModelEdges, TheFirstMessageTellsTheFeedOfBoth) {
  const auto decision = it.take(text_of("m1", t0));
  ASSERT_EQ(decision.feed.size(), 2u);
  EXPECT_EQ(decision.feed[0].kind, record::Feed::KIND_CONVERSATION_CREATED);
  EXPECT_EQ(decision.feed[1].kind, record::Feed::KIND_MESSAGE_CREATED);
  ASSERT_EQ(decision.externals.size(), 1u);
  EXPECT_EQ(decision.externals[0].entry.message, decision.messages[0].id);
}

TEST_F(ModelEdges, AQuoteOfAKnownMessageNamesIt) {
  it.take(text_of("m1", t0));
  ChannelEvent quoting = text_of("m2", t0 + 1);
  quoting.reply_to = "m1";
  it.take(quoting);
  EXPECT_EQ(it.by_external("m2").row.reply_to(), it.externals.at("m1").message.view());
  EXPECT_FALSE(it.by_external("m2").body.has_reply_to_external());
}

// With a backlog, all messages are older than the conversation's creation.
TEST_F(ModelEdges, TheNewestMessageIsTheLastEvenIfAllComeLate) {
  it.take(text_of("m1", t0 - 9000));
  it.take(text_of("m3", t0 - 7000));
  it.take(text_of("m2", t0 - 8000));
  EXPECT_EQ(it.state.row.last_message(), it.externals.at("m3").message.view());
}

TEST_F(ModelEdges, AnUnsentMessageKeepsNoTraceOfItsContent) {
  it.take(text_of("m1", t0));
  ChannelEvent quoting = text_of("m2", t0 + 1, "secret");
  quoting.reply_to = "m1";
  it.take(quoting);
  ChannelEvent edit = about(Kind::edit, "m2", t0 + 2);
  edit.edit_number = 1;
  edit.text = "other secret";
  it.take(edit);
  it.take(about(Kind::unsend, "m2", t0 + 3));
  const auto& unsent = it.by_external("m2");
  EXPECT_EQ(unsent.body.ByteSizeLong(), 0u);
  const api::Message view = it.view(unsent.id);
  EXPECT_TRUE(view.deleted());
  EXPECT_FALSE(view.has_text() || view.has_reply_to() || view.edited());
  edit.edit_number = 2;
  EXPECT_EQ(it.take(edit).ignored, "no_change") << "it stays removed";
}

TEST_F(ModelEdges, ARemovedReactionIsNotBroughtBackByAnOlderOne) {
  it.take(text_of("m1", t0));
  ChannelEvent removed = about(Kind::reaction, "m1", t0 + 9);
  it.take(removed);
  ChannelEvent older = about(Kind::reaction, "m1", t0 + 5);
  older.emoji = "♥";
  EXPECT_EQ(it.take(older).ignored, "no_change");
  EXPECT_EQ(it.view(it.externals.at("m1").message).reactions_size(), 0);
  older.at = t0 + 10;
  it.take(older);
  EXPECT_EQ(it.view(it.externals.at("m1").message).reactions_size(), 1);
}

// WhatsApp tells whole seconds: a reaction and its removal may share one.
TEST_F(ModelEdges, ARemovalWinsInTheSecondOfItsReaction) {
  ChannelEvent added = about(Kind::reaction, "m1", t0);
  added.emoji = "♥";
  const ChannelEvent removed = about(Kind::reaction, "m1", t0);
  for (const bool removed_first : {false, true}) {
    MemoryConversation other;
    other.take(text_of("m1", t0));
    other.take(removed_first ? removed : added);
    other.take(removed_first ? added : removed);
    EXPECT_EQ(other.view(other.externals.at("m1").message).reactions_size(), 0);
  }
}

TEST_F(ModelEdges, EditsOfOneSecondEndAlikeInEitherOrder) {
  ChannelEvent one = about(Kind::edit, "m1", t0);
  one.edit_number = 1'790'000'000;
  one.text = "two cups";
  ChannelEvent other = one;
  other.text = "three cups";
  const auto text_after = [&](const ChannelEvent& first, const ChannelEvent& second) {
    MemoryConversation edited;
    edited.take(text_of("m1", t0));
    edited.take(first);
    edited.take(second);
    EXPECT_EQ(edited.take(second).ignored, "no_change") << "a repetition changes nothing";
    return edited.view(edited.externals.at("m1").message).text();
  };
  EXPECT_EQ(text_after(one, other), text_after(other, one));
}

TEST_F(ModelEdges, EarlyEventsAreKeptOnceAndBounded) {
  ChannelEvent edit = about(Kind::edit, "m1", t0);
  edit.edit_number = 1;
  it.take(edit);
  EXPECT_EQ(it.take(edit).ignored, "duplicate");
  for (std::uint32_t n = 2; n <= limits::kPendingEarly; ++n) {
    edit.edit_number = n;
    EXPECT_TRUE(it.take(edit).changed);
  }
  ++edit.edit_number;
  EXPECT_EQ(it.take(edit).ignored, "too_many_early_events");
  EXPECT_FALSE(it.state.exists) << "what waits makes no conversation";
}

TEST_F(ModelEdges, AWatermarkBeforeItsMessageCounts) {
  ChannelEvent delivered = event_of(Kind::delivery, "w", t0);
  delivered.watermark = t0 + 50;
  it.take(delivered);
  EXPECT_TRUE(it.state.exists);
  ChannelEvent echo = text_of("e1", t0 + 50, "from the inbox");
  echo.echo = true;
  it.take(echo);
  EXPECT_EQ(it.view(it.externals.at("e1").message).status(), api::MESSAGE_STATUS_DELIVERED);
}

TEST_F(ModelEdges, AWatermarkTellsTheFeedOfTheSendsItPasses) {
  it.take(text_of("m1", t0));
  const Id first = it.propose(it.generation(), "one")->send->message;
  it.sent(first, "x1");
  const Id queued = it.send("two")->send->message;
  ChannelEvent read = event_of(Kind::read, "r", t0);
  read.watermark = t0 + 50;
  const auto decision = it.take(read);
  ASSERT_EQ(decision.feed.size(), 1u) << "one was sent, the other only queued";
  EXPECT_EQ(decision.feed[0].message, first);
  EXPECT_NE(decision.feed[0].message, queued);
  EXPECT_EQ(decision.feed[0].status, api::MESSAGE_STATUS_READ);
}

TEST_F(ModelEdges, AVisitorsReadIsAWatermarkAtThatMessage) {
  it.take(text_of("m1", t0));
  const Id out = it.propose(it.generation(), "one")->send->message;
  it.sent(out, "x1");
  it.apply(conversation::decide_visitor_read(it.state, out, it.rules, it, it.now));
  EXPECT_EQ(it.view(out).status(), api::MESSAGE_STATUS_READ);
  const auto unknown =
      conversation::decide_visitor_read(it.state, derived_id({"?"}), it.rules, it, it.now);
  EXPECT_FALSE(unknown.changed);
}

TEST_F(ModelEdges, AProposalIsMessageSendAndEndOfTurnInOneDecision) {
  it.take(text_of("m1", t0));
  const auto decision = it.propose(it.generation(), "answer");
  ASSERT_TRUE(decision);
  ASSERT_EQ(decision->messages.size(), 1u);
  EXPECT_EQ(decision->send->message, decision->messages[0].id);
  EXPECT_EQ(decision->messages[0].row.author(), api::AUTHOR_AI);
  EXPECT_EQ(decision->messages[0].row.status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(decision->next.row.turn().due_ms(), 0);
  EXPECT_EQ(decision->next.row.last_message(), decision->send->message.view());
  EXPECT_EQ(decision->usage, std::vector{conversation::Metric::messages_ai});
}

TEST_F(ModelEdges, AProposalOfNothingEndsTheTurnSilently) {
  it.take(text_of("m1", t0));
  const auto decision = it.propose(it.generation(), "", agent::Action::none);
  ASSERT_TRUE(decision);
  EXPECT_TRUE(decision->messages.empty());
  EXPECT_FALSE(decision->send);
  EXPECT_FALSE(it.turn_pending());
}

TEST_F(ModelEdges, AnAnswerNeverSortsBeforeItsQuestion) {
  it.take(text_of("m1", t0 + 200'000));  // the provider's clock is ahead
  const Id out = it.propose(it.generation(), "answer")->send->message;
  EXPECT_LT(it.externals.at("m1").message, out);
}

TEST_F(ModelEdges, AProposalIsRefusedWhenAPersonHandlesIt) {
  it.take(text_of("m1", t0));
  it.state.row.set_handler(api::HANDLER_HUMAN);  // changes nothing else, so the turn stays pending
  EXPECT_EQ(it.propose(it.generation(), "no").error().code, Errc::conflict);
}

TEST_F(ModelEdges, AHandoverTimerGoesWhenAPersonClaimsIt) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(it.propose(it.generation(), "Wait.", agent::Action::handover));
  EXPECT_TRUE(it.timers.contains({TimerKind::handover, it.now + 900'000}));
  api::ConversationInput claim;
  claim.set_handler(api::HANDLER_HUMAN);
  update(claim);
  EXPECT_TRUE(it.timers.empty());
  it.now += 900'000;
  EXPECT_EQ(conversation::decide_handover_due(it.state, it.now).ignored, "not_due");
}

TEST_F(ModelEdges, ASendIsRefusedForAnUnknownQuoteAndKeepsAKnownOne) {
  it.take(text_of("m1", t0));
  api::MessageInput input;
  input.set_text("hello");
  input.set_reply_to(format_id(IdType::message, derived_id({"unknown"})));
  const auto refused = conversation::decide_send(it.state, input, it.rules, it, it.now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/reply_to");
  input.set_reply_to("m1");
  EXPECT_FALSE(conversation::decide_send(it.state, input, it.rules, it, it.now));
  input.set_reply_to(format_id(IdType::message, it.externals.at("m1").message));
  const auto sent = conversation::decide_send(it.state, input, it.rules, it, it.now);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->messages[0].row.reply_to(), it.externals.at("m1").message.view());
}

TEST_F(ModelEdges, AWebChatShowsATextAsOneMessage) {
  it.take(text_of("m1", t0));
  std::string text;
  for (int i = 0; i < 4096; ++i) text += "é";
  EXPECT_TRUE(it.send(text));
  const auto refused = it.send(text + "x");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/text");
}

TEST_F(ModelEdges, OnlyTheContactOpensTheWindow) {
  it.rules.window = 86'400'000;
  ChannelEvent echo = text_of("e1", t0);
  echo.echo = true;
  it.take(echo);
  EXPECT_EQ(it.send("hello").error().code, Errc::window_closed);
  it.take(event_of(Kind::referral, "r1", t0));
  EXPECT_TRUE(it.send("hello"));
}

TEST_F(ModelEdges, WhatIsStandbyIsShownButNobodysToAnswer) {
  ChannelEvent standby = text_of("standby", t0), picture = text_of("picture", t0 + 1, "");
  standby.standby = picture.standby = true;
  it.take(standby);
  it.take(picture);
  EXPECT_EQ(it.state.row.unread(), 2);
  EXPECT_FALSE(it.turn_pending());
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_AI);
}

TEST_F(ModelEdges, ABurstAndTheRecentSendsAreBounded) {
  for (std::size_t i = 0; i < limits::kTurnMessages + 5; ++i)
    it.take(text_of("m" + std::to_string(i), t0 + static_cast<Millis>(i)));
  EXPECT_EQ(static_cast<std::size_t>(it.state.row.turn().messages_size()), limits::kTurnMessages);
  EXPECT_EQ(it.timers.size(), 1u);
  for (int i = 0; i < limits::kRecentOutgoing + 5; ++i) ASSERT_TRUE(it.send("x"));
  EXPECT_EQ(it.state.row.recent_out_ms_size(), limits::kRecentOutgoing);
  EXPECT_EQ(it.state.row.recent_out_order_size(), limits::kRecentOutgoing);
}

TEST_F(ModelEdges, TheEndOfAnErasedMessagesSendChangesNoRow) {
  it.take(text_of("m1", t0));
  conversation::SendFinished finished;
  finished.message = derived_id({"erased"});
  const auto decision =
      conversation::decide_send_finished(it.state, finished, it.rules, it, it.now);
  EXPECT_EQ(decision.ignored, "message_erased");
  EXPECT_TRUE(decision.messages.empty());
}

// An Instagram comment tells a username only.

}  // namespace
}  // namespace aura::test
