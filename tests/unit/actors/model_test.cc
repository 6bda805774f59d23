// The conversation's decisions, without actors.
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;

class Model : public ::testing::Test {
 protected:
  MemoryConversation it;
  const Millis t0 = it.now;
};

TEST_F(Model, AMessageMakesTheConversationAndOwesAReply) {
  const auto decision = it.take(text_of("m1", t0));
  EXPECT_TRUE(it.state.exists);
  EXPECT_EQ(it.state.thread, "person");
  EXPECT_EQ(it.state.row.unread(), 1);
  EXPECT_EQ(it.state.row.turn().due_ms(), t0 + 1000);
  EXPECT_TRUE(it.timers.contains({conversation::TimerKind::turn, t0 + 1000}));
  EXPECT_EQ(decision.usage, std::vector{conversation::Metric::messages_in});
  ASSERT_EQ(decision.messages.size(), 1u);
  EXPECT_EQ(decision.messages[0].row.status(), api::MESSAGE_STATUS_RECEIVED);
}

TEST_F(Model, TheSameExternalIdCountsOnce) {
  it.take(text_of("m1", t0));
  const auto again = it.take(text_of("m1", t0));
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.ignored, "duplicate");
  EXPECT_TRUE(again.usage.empty());
  EXPECT_EQ(it.messages.size(), 1u);
  EXPECT_EQ(it.state.row.unread(), 1);
}

TEST_F(Model, ABurstIsOneTurnThatStartsAnewWithEachMessage) {
  it.take(text_of("m1", t0));
  it.now += 400;
  it.take(text_of("m2", it.now));
  EXPECT_EQ(it.state.row.turn().messages_size(), 2);
  EXPECT_EQ(it.state.row.turn().due_ms(), t0 + 1400);
  EXPECT_EQ(it.timers.size(), 1u);
}

TEST_F(Model, AReplyNamesTheQuotedMessageEvenIfThatComesLater) {
  ChannelEvent quoting = text_of("m2", t0 + 5);
  quoting.reply_to = "m1";
  it.take(quoting);
  const Id id = it.externals.at("m2").message;
  EXPECT_FALSE(it.view(id).has_reply_to());
  it.take(text_of("m1", t0));
  EXPECT_EQ(it.view(id).reply_to(), format_id(IdType::message, it.externals.at("m1").message));
}

TEST_F(Model, MessagesSortByProviderTimeThenByArrival) {
  it.take(text_of("late", t0 + 10));
  it.take(text_of("early", t0));
  it.take(text_of("tie", t0));
  EXPECT_LT(it.externals.at("early").message, it.externals.at("tie").message);
  EXPECT_LT(it.externals.at("tie").message, it.externals.at("late").message);
  EXPECT_EQ(it.state.row.last_message(), it.externals.at("late").message.view());
}

// An actor's failure or a crash delays an event: those after it are applied before it.
TEST_F(Model, AnEventAppliedLateStandsWhereItCame) {
  const auto came = [&](std::string id, std::uint64_t sequence) {
    ChannelEvent event = text_of(std::move(id), t0);
    event.arrival = sequence;
    return event;
  };
  it.take(came("third", 12));
  it.take(came("second", 11));
  const auto answer = it.propose(it.generation(), "Hello!");
  ASSERT_TRUE(answer);
  it.take(came("first", 10));
  EXPECT_LT(it.externals.at("first").message, it.externals.at("second").message);
  EXPECT_LT(it.externals.at("second").message, it.externals.at("third").message);
  EXPECT_LT(it.externals.at("third").message, answer->send->message);
}

TEST_F(Model, AProviderClockFarAheadIsCut) {
  it.take(text_of("m1", t0 + 3'600'000));
  EXPECT_LE(it.by_external("m1").row.created_ms(), t0 + 300'000);
}

TEST_F(Model, AProposalIsAcceptedOnceAndOnlyForItsTurn) {
  it.take(text_of("m1", t0));
  const auto stale = it.generation();
  it.take(text_of("m2", t0 + 1));
  EXPECT_EQ(it.propose(stale, "old").error().code, Errc::conflict);
  EXPECT_TRUE(it.turn_pending());
  const auto good = it.propose(it.generation(), "new");
  ASSERT_TRUE(good);
  EXPECT_TRUE(good->send);
  EXPECT_FALSE(it.turn_pending());
  EXPECT_TRUE(it.timers.empty());
  EXPECT_FALSE(it.propose(it.generation(), "again"));
}

TEST_F(Model, AHandoverStopsTheAiAndSetsADeadline) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(it.propose(it.generation(), "A person will come.", agent::Action::handover));
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(it.state.row.handover_deadline_ms(), it.now + 900'000);
  it.apply(conversation::decide_handover_due(it.state, it.now));
  EXPECT_EQ(it.state.row.status(), api::CONVERSATION_STATUS_OPEN) << "not due yet";
  it.now += 900'000;
  it.apply(conversation::decide_handover_due(it.state, it.now));
  EXPECT_EQ(it.state.row.status(), api::CONVERSATION_STATUS_PENDING);
  EXPECT_EQ(it.state.row.handover_deadline_ms(), 0);
  EXPECT_TRUE(it.timers.empty());
  it.take(text_of("m2", it.now));
  EXPECT_FALSE(it.turn_pending()) << "the AI does not answer for a person";
}

TEST_F(Model, AForeignEchoTakesOverAndCancelsTheTurnAtOnce) {
  it.take(text_of("m1", t0));
  const auto generation = it.generation();
  ChannelEvent echo = text_of("e1", t0 + 1, "I am here");
  echo.echo = true;
  const auto decision = it.take(echo);
  EXPECT_EQ(decision.next.row.handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(decision.next.row.turn().due_ms(), 0);
  EXPECT_FALSE(decision.send);
  EXPECT_EQ(it.by_external("e1").row.author(), api::AUTHOR_MEMBER);
  EXPECT_EQ(it.propose(generation, "too late").error().code, Errc::conflict);
  EXPECT_EQ(it.take(echo).ignored, "duplicate");
}

TEST_F(Model, OurOwnEchoProvesTheSendAndAddsNoMessage) {
  it.take(text_of("m1", t0));
  const Id out = it.propose(it.generation(), "answer")->send->message;
  ChannelEvent echo = text_of("x1", t0 + 1, "answer");
  echo.echo = echo.own_echo = true;
  echo.metadata = format_id(IdType::message, out);
  const auto decision = it.take(echo);
  EXPECT_EQ(decision.proved->message, out);
  EXPECT_EQ(it.messages.at(out).row.status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(it.messages.size(), 2u);
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_AI);
  it.sent(out, "x1");
  EXPECT_EQ(it.messages.at(out).row.status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(Model, AStatusBeforeTheSendsAnswerWaitsForIt) {
  it.take(text_of("m1", t0));
  const Id out = it.propose(it.generation(), "answer")->send->message;
  ChannelEvent read = about(Kind::status, "x1", t0);
  read.status = api::MESSAGE_STATUS_READ;
  it.take(read);
  it.sent(out, "x1");
  EXPECT_EQ(it.messages.at(out).row.status(), api::MESSAGE_STATUS_READ);
  read.status = api::MESSAGE_STATUS_DELIVERED;
  it.take(read);
  EXPECT_EQ(it.messages.at(out).row.status(), api::MESSAGE_STATUS_READ) << "statuses only climb";
}

TEST_F(Model, EditUnsendAndReactionBeforeTheirMessageWait) {
  ChannelEvent edit = about(Kind::edit, "m1", t0 + 2);
  edit.text = "edited";
  edit.edit_number = 2;
  it.take(edit);
  edit.text = "earlier edit";
  edit.edit_number = 1;
  it.take(edit);
  ChannelEvent reaction = about(Kind::reaction, "m1", t0 + 3);
  reaction.emoji = "♥";
  it.take(reaction);
  it.take(about(Kind::unsend, "m2", t0 + 4));
  it.take(text_of("m1", t0, "first"));
  it.take(text_of("m2", t0, "secret"));
  EXPECT_EQ(it.by_external("m1").body.text(), "edited");
  EXPECT_EQ(it.by_external("m1").body.reactions_size(), 1);
  EXPECT_TRUE(it.by_external("m2").row.deleted());
  EXPECT_EQ(it.by_external("m2").body.ByteSizeLong(), 0u);
  EXPECT_EQ(it.state.row.turn().messages_size(), 1) << "what was taken back is not answered";
}

TEST_F(Model, UnsendingTheWholeBurstCancelsTheTurn) {
  it.take(text_of("m1", t0));
  it.take(about(Kind::unsend, "m1", t0 + 1));
  EXPECT_FALSE(it.turn_pending());
  EXPECT_TRUE(it.timers.empty());
}

TEST_F(Model, AWatermarkShowsAllEarlierSendsAsRead) {
  it.take(text_of("m1", t0));
  const Id first = it.propose(it.generation(), "one")->send->message;
  it.sent(first, "x1");
  it.now += 5000;
  const Id second = it.send("two")->send->message;
  it.sent(second, "x2");
  ChannelEvent read = event_of(Kind::read, "r1", it.now);
  read.watermark = t0 + 100;
  it.take(read);
  EXPECT_EQ(it.view(first).status(), api::MESSAGE_STATUS_READ);
  EXPECT_EQ(it.view(second).status(), api::MESSAGE_STATUS_SENT);
  read.watermark = t0;
  EXPECT_EQ(it.take(read).ignored, "no_change") << "a watermark only climbs";
}

TEST_F(Model, OutsideTheWindowNothingIsSentNorAnswered) {
  it.rules.window = 86'400'000;
  it.take(text_of("m1", t0));
  it.now = t0 + 86'400'000 - 60'000;
  EXPECT_EQ(it.send("late").error().code, Errc::window_closed) << "a minute of safety";
  it.now = t0 + 86'400'000 - 60'001;
  EXPECT_TRUE(it.send("just in time"));
  MemoryConversation other;
  other.rules.window = 1000;
  other.take(text_of("old", other.now - 2000));
  EXPECT_FALSE(other.turn_pending());
  EXPECT_EQ(other.state.row.unread(), 1);
}

TEST_F(Model, APersonsSendTakesOverAndReadsEverything) {
  it.take(text_of("m1", t0));
  const auto decision = it.send("Hello, it's Ana");
  ASSERT_TRUE(decision && decision->send);
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(it.state.row.unread(), 0);
  EXPECT_FALSE(it.turn_pending());
  MemoryConversation nobody;
  EXPECT_EQ(nobody.send("?").error().code, Errc::not_found);
}

TEST_F(Model, ClosingGivesTheConversationBackToTheAi) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(it.send("by hand"));
  api::ConversationInput close;
  close.set_status(api::CONVERSATION_STATUS_CLOSED);
  it.apply(*conversation::decide_update(it.state, close, it.rules, it, it.now));
  it.take(text_of("m2", t0 + 9));
  EXPECT_EQ(it.state.row.status(), api::CONVERSATION_STATUS_OPEN);
  EXPECT_TRUE(it.turn_pending());
  close.set_unread(-1);
  EXPECT_EQ(conversation::decide_update(it.state, close, it.rules, it, it.now).error().field,
            "/unread");
}

TEST_F(Model, AFailedSendSaysWhyUnlessAReceiptProvesOtherwise) {
  it.take(text_of("m1", t0));
  const Id out = it.propose(it.generation(), "answer")->send->message;
  conversation::SendFinished failed;
  failed.message = out;
  failed.outcome.kind = SendOutcome::Kind::failed;
  failed.outcome.error_code = "unreachable";
  it.apply(conversation::decide_send_finished(it.state, failed, it.rules, it, it.now));
  EXPECT_EQ(it.view(out).error().code(), "unreachable");
  it.externals["x1"] = {out, {}};
  ChannelEvent status = about(Kind::status, "x1", t0);
  status.status = api::MESSAGE_STATUS_DELIVERED;
  it.take(status);
  EXPECT_EQ(it.view(out).status(), api::MESSAGE_STATUS_DELIVERED);
  EXPECT_FALSE(it.view(out).has_error());
}

TEST_F(Model, AnAnswerOfTheAisThatFailedCallsAPersonUnlessNothingMayBeWritten) {
  for (const bool stopped : {false, true}) {
    it = {};
    it.take(text_of("m1", t0));
    conversation::SendFinished failed;
    failed.message = it.propose(it.generation(), "answer")->send->message;
    failed.outcome.kind = SendOutcome::Kind::failed;
    it.state.row.mutable_consent()->set_stopped(stopped);
    it.finished(failed);
    EXPECT_EQ(it.state.row.handler(), stopped ? api::HANDLER_AI : api::HANDLER_HUMAN);
    EXPECT_EQ(it.timers.count({conversation::TimerKind::handover, it.now + 900'000}),
              stopped ? 0u : 1u);
    const auto again = conversation::decide_send_finished(it.state, failed, it.rules, it, it.now);
    EXPECT_FALSE(again.state_changed) << "a person has it already, or nobody may write";
  }
}

// Nobody told that another app owns the thread, but the provider refuses our message for it.
TEST_F(Model, ARefusalForAnotherAppsThreadIsTakenForItsWord) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(it.propose(it.generation(), "Yes."));
  conversation::SendFinished refused;
  refused.message = Id::from_view(it.state.row.last_message());
  refused.outcome.kind = SendOutcome::Kind::failed;
  refused.outcome.error_code = kThreadExternal;
  it.finished(refused);
  EXPECT_TRUE(it.state.row.thread_external());
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  ChannelEvent given = event_of(Kind::handover, "h1", t0 + 2);
  it.now = t0 + 2;
  it.take(given);
  EXPECT_FALSE(it.state.row.thread_external());
}

TEST_F(Model, WhoGivesTheThreadToTheAiHasItTryAgain) {
  ChannelEvent taken = event_of(Kind::handover, "h1", t0);
  taken.thread_external = true;
  it.take(taken);
  api::ConversationInput back;
  back.set_handler(api::HANDLER_AI);
  it.apply(*conversation::decide_update(it.state, back, it.rules, it, it.now));
  it.take(text_of("m1", t0 + 1));
  EXPECT_TRUE(it.turn_pending());
}

TEST_F(Model, AnotherAppsThreadIsNotAnsweredUntilItIsOursAgain) {
  ChannelEvent taken = event_of(Kind::handover, "h1", t0);
  taken.thread_external = true;
  it.take(taken);
  it.take(text_of("m1", t0 + 1));
  EXPECT_FALSE(it.turn_pending());
  taken.at = t0 + 2;
  taken.thread_external = false;
  it.take(taken);
  it.take(text_of("m2", t0 + 3));
  EXPECT_TRUE(it.turn_pending());
}

}  // namespace
}  // namespace aura::test
