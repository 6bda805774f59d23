// What became of a send, and how a person can retry it. When one may go: model_windows_test.cc.
#include "actors/agent/phrases.h"
#include "config/limits.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;
constexpr Millis kDay = WindowedChannel::kDay;

class ModelSent : public OpenWindow {
 protected:
  Result<conversation::Decision> retry(const Id& id) {
    auto decision = conversation::decide_retry(it.state, id, it.rules, it, it.now);
    if (decision) it.apply(*decision);
    return decision;
  }
};

TEST_F(ModelSent, AllThatWasAskedForIsKeptShownAndHandedToTheAdapter) {
  api::MessageInput input;
  input.set_text("Choose");
  auto& button = *input.add_buttons();
  button.set_type("url");
  button.set_title("See");
  input.mutable_list()->set_button("Menu");
  input.mutable_products()->add_product_ids("p1");
  input.set_reply_to(format_id(IdType::message, it.externals.at("m1").message));
  const auto decision = it.send(input);
  ASSERT_TRUE(decision.has_value()) << decision.error().detail;
  const auto& message = it.messages.at(decision->send->message);
  const OutboundMessage out = conversation::outbound_of(message, it.state, it);
  EXPECT_EQ(out.buttons.at(0).title(), "See");
  EXPECT_EQ(out.list->button(), "Menu");
  EXPECT_EQ(out.products->product_ids(0), "p1");
  EXPECT_EQ(out.reply_to_external, "m1");
  EXPECT_FALSE(out.written_by_person);  // holding an API key does not prove a person
  const api::Message shown = it.view(message.id);
  EXPECT_EQ(shown.buttons(0).title(), "See");
  EXPECT_EQ(shown.list().button(), "Menu");
  EXPECT_EQ(shown.products().product_ids(0), "p1");
}

TEST_F(ModelSent, WhatTheChannelCannotCarryIsRefusedBeforeItIsQueued) {
  const auto refused = it.send(std::string(101, 'x'));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/text");
  EXPECT_EQ(it.messages.size(), 1u);
}

TEST_F(ModelSent, WhatTheAiSaysFitsTheChannelOrAPersonAnswers) {
  const auto long_one = it.propose(it.generation(), std::string(101, 'x'));
  ASSERT_TRUE(long_one.has_value());
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  EXPECT_NE(it.state.row.handover_deadline_ms(), 0);
  ASSERT_TRUE(long_one->send) << "the contact is told of the person";
  EXPECT_EQ(it.messages.at(long_one->send->message).body.text(),
            agent::phrase(agent::Phrase::handover, agent::Language::en));
  EXPECT_EQ(it.messages.size(), 2u);
}

TEST_F(ModelSent, WhatTheCarrierMayYetDeliverGoesOnceMoreAfterItsTime) {
  constexpr Millis kHour = 3'600'000;
  const Id id = it.send("Hi")->send->message;
  it.sent(id, "SM1");
  it.messages.at(id).row.add_attempts()->set_outcome("sent");
  const auto undelivered = [&](const std::string& sid) {
    ChannelEvent event = about(Kind::status, sid, it.now);
    event.status = api::MESSAGE_STATUS_FAILED;
    event.error_code = "unreachable";
    event.provider_code = "30003";
    event.resend_after = kHour;
    return it.take(event);
  };
  undelivered("SM1");
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_FAILED);
  const Millis due = it.now + kHour;
  ASSERT_TRUE(it.timers.contains({conversation::TimerKind::resend, due}));
  EXPECT_EQ(it.view(id).attempts(0).next_try_at(), due) << "it has not failed for good";
  it.now = due;
  const auto resent = it.apply(conversation::decide_resend_due(it.state, it.rules, it, it.now));
  EXPECT_EQ(resent.send->message, id);
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_TRUE(it.timers.empty());
  it.sent(id, "SM2");
  undelivered("SM2");  // it is sent again only once
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_TRUE(it.timers.empty());
}

// The provider reports that it could not deliver the file of the message part with this id.
ChannelEvent file_refused(const std::string& sid, Millis at) {
  ChannelEvent event = about(Kind::status, sid, at);
  event.status = api::MESSAGE_STATUS_FAILED;
  event.provider_code = "131053";
  event.resend_after = 1000;
  event.file_refused = true;
  return event;
}

TEST_F(ModelSent, AFileThatWasNotTakenGoesOnceMoreAsALink) {
  const Id id = it.send("Look")->send->message;
  it.sent(id, "x1");
  it.take(file_refused("x1", it.now));
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_FAILED);
  it.now += 1000;
  const auto resent = it.apply(conversation::decide_resend_due(it.state, it.rules, it, it.now));
  ASSERT_EQ(resent.send->message, id);
  EXPECT_TRUE(conversation::outbound_of(it.messages.at(id), it.state, it).files_as_links);
}

TEST_F(ModelSent, OfAMessageOfSeveralPartsNothingGoesTwice) {
  const Id id = it.send("Look")->send->message;
  conversation::SendFinished sent;
  sent.message = id;
  sent.outcome.kind = SendOutcome::Kind::sent;
  for (const char* part : {"x1", "x2"}) {
    sent.external_ids.emplace_back(part);
    sent.attempts.emplace_back().set_provider_id(part);
  }
  it.finished(sent);
  it.take(file_refused("x2", it.now));
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_FAILED) << "a person may send it again";
  EXPECT_TRUE(it.timers.empty());
}

TEST_F(ModelSent, AResendThatIsNoLongerWantedIsDropped) {
  const Id id = it.send("Hi")->send->message;
  it.sent(id, "SM1");
  ChannelEvent event = about(Kind::status, "SM1", it.now);
  event.status = api::MESSAGE_STATUS_FAILED;
  event.provider_code = "30003";
  event.resend_after = 1;
  it.take(event);
  ASSERT_TRUE(retry(id).has_value());  // a person retried it first
  const auto due = it.apply(conversation::decide_resend_due(it.state, it.rules, it, it.now));
  EXPECT_FALSE(due.send);
  EXPECT_EQ(it.state.row.resend_due_ms(), 0);
  EXPECT_TRUE(it.timers.empty());
}

TEST_F(ModelSent, EveryCallIsInTheMessagesLog) {
  const Id id = it.send("Hi")->send->message;
  conversation::SendFinished so_far;
  so_far.message = id;
  so_far.external_ids = {"part-1"};
  so_far.attempts.resize(2);
  so_far.attempts[0].set_outcome("sent");
  so_far.attempts[1].set_outcome("rate_limited");
  so_far.attempts[1].set_part(1);
  it.apply(conversation::decide_attempts(it.state, so_far, it));
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(it.externals.at("part-1").message, id) << "receipts of the part find it";
  it.finished(failed_send(id, 1));
  const api::Message shown = it.view(id);
  ASSERT_EQ(shown.attempts_size(), 3);
  EXPECT_EQ(shown.attempts(0).number(), 1u);
  EXPECT_EQ(shown.attempts(2).number(), 3u);
  EXPECT_EQ(shown.attempts(2).http_status(), 400);
}

TEST_F(ModelSent, TheLogIsBoundedAndKeepsWhatWasAccepted) {
  const Id id = it.send("Hi")->send->message;
  conversation::SendFinished so_far;
  so_far.message = id;
  so_far.attempts.resize(80);
  for (auto& attempt : so_far.attempts) attempt.set_outcome("retry");
  so_far.attempts[0].set_outcome("sent");
  it.apply(conversation::decide_attempts(it.state, so_far, it));
  ASSERT_EQ(it.view(id).attempts_size(), limits::kMessageAttempts);
  EXPECT_EQ(it.view(id).attempts(0).outcome(), "sent");
  EXPECT_EQ(it.view(id).attempts(limits::kMessageAttempts - 1).number(), 80u);
}

TEST_F(ModelSent, ARetryByHandSendsAnewAndForgetsWhatWasSaidOfTheEarlierTry) {
  const Id id = it.send("Hi")->send->message;
  EXPECT_EQ(retry(id).error().code, Errc::conflict) << "it did not fail";
  it.sent(id, "x1");
  ChannelEvent rejected = about(Kind::status, "x1", t0 + 5);
  rejected.status = api::MESSAGE_STATUS_FAILED;
  it.take(rejected);
  const auto again = retry(id);
  ASSERT_TRUE(again.has_value()) << again.error().detail;
  EXPECT_EQ(again->send->message, id);
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(it.take(rejected).ignored, "retried");
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_QUEUED);
  it.sent(id, "x2");
  EXPECT_EQ(it.view(id).external_id(), "x2");
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(ModelSent, AnEarlierTrysIdIsRetiredOnce) {
  const Id id = it.send("Hi")->send->message;
  for (const char* external : {"x1", "x2", "x3"}) {
    conversation::SendFinished sent;
    sent.message = id;
    sent.outcome.kind = SendOutcome::Kind::sent;
    sent.external_ids = {external};
    sent.attempts.emplace_back().set_provider_id(external);
    it.finished(sent);
    ChannelEvent rejected = about(Kind::status, external, it.now);
    rejected.status = api::MESSAGE_STATUS_FAILED;
    it.take(rejected);
    ASSERT_TRUE(retry(id).has_value());
  }
  EXPECT_EQ(it.messages.at(id).row.retired_externals_size(), 3);
}

// The connection reports the end of a send again, because the answer to its first report was lost.
TEST_F(ModelSent, WhatIsToldTwiceIsInTheLogOnce) {
  const Id id = it.send("Hi")->send->message;
  auto finished = failed_send(id);
  finished.attempts[0].set_started_at(it.now);
  it.finished(finished);
  it.finished(finished);
  EXPECT_EQ(it.view(id).attempts_size(), 1);
  finished.attempts[0].set_started_at(it.now + 1);
  it.finished(finished);
  EXPECT_EQ(it.view(id).attempts_size(), 2);
}

TEST_F(ModelSent, ARetryGoesOnWhereTheSendStopped) {
  const Id id = it.send("Hi")->send->message;
  auto half = failed_send(id, 1);
  half.external_ids = {"x1"};
  it.finished(half);
  const auto again = retry(id);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(conversation::outbox_row(*again, it.state, it.rules, it.now).parts_sent(), 1);
  EXPECT_EQ(it.view(id).external_id(), "x1");
}

TEST_F(ModelSent, NobodyRetriesOutsideTheWindow) {
  const Id id = it.send("Hi")->send->message;
  it.finished(failed_send(id));
  it.now = t0 + 8 * kDay;
  EXPECT_EQ(retry(id).error().code, Errc::window_closed);
  EXPECT_EQ(retry(derived_id({"other"})).error().code, Errc::not_found);
}

TEST_F(ModelSent, AnUnknownSendIsProvedByItsEchoInEitherOrder) {
  for (const bool echo_first : {false, true}) {
    MemoryConversation one;
    one.use(channel);
    one.take(text_of("m1", t0));
    const Id id = one.send("Hi")->send->message;
    ChannelEvent echo = text_of("x1", t0 + 5);
    echo.echo = echo.own_echo = true;
    echo.metadata = format_id(IdType::message, id);
    auto unknown = failed_send(id);
    unknown.outcome.error_code = conversation::kUnknown;
    if (echo_first) one.take(echo);
    one.finished(unknown);
    if (!echo_first) one.take(echo);
    EXPECT_EQ(one.view(id).status(), api::MESSAGE_STATUS_SENT) << echo_first;
  }
}

TEST_F(ModelSent, WhomNothingReachesIsMarkedUntilTheyWriteAgain) {
  const Id id = it.send("Hi")->send->message;
  conversation::SendFinished refused = failed_send(id);
  refused.outcome.error_code = "invalid_recipient";
  it.finished(refused);
  EXPECT_EQ(it.shown().unreachable(), "invalid_recipient");
  it.take(text_of("late", it.now - 1));
  EXPECT_TRUE(it.shown().has_unreachable()) << "written before";
  it.take(text_of("m2", it.now + 1));
  EXPECT_FALSE(it.shown().has_unreachable());
  it.now += 1000;
  const Id other = it.send("Hi")->send->message;
  conversation::SendFinished window = failed_send(other);
  window.outcome.error_code = "window_closed";
  it.finished(window);
  EXPECT_FALSE(it.shown().has_unreachable()) << "says nothing about the person";
}

TEST_F(ModelSent, AReceiptShowsThatSomethingReachesTheContactAgain) {
  const Id id = it.send("Hi")->send->message;
  it.sent(id, "x1");
  ChannelEvent failed = about(Kind::status, "x1", it.now);
  failed.status = api::MESSAGE_STATUS_FAILED;
  failed.error_code = "unreachable";
  const auto decision = it.take(failed);
  EXPECT_EQ(it.shown().unreachable(), "unreachable");
  EXPECT_TRUE(std::any_of(decision.feed.begin(), decision.feed.end(), [](const auto& change) {
    return change.kind == record::Feed::KIND_CONVERSATION_UPDATED;
  }));
  const Id second = it.send("Hi again")->send->message;
  it.sent(second, "x2");
  ChannelEvent delivered = about(Kind::status, "x2", it.now + 1);
  delivered.status = api::MESSAGE_STATUS_DELIVERED;
  it.take(delivered);
  EXPECT_FALSE(it.shown().has_unreachable());
}

TEST_F(ModelSent, OnlyMessengerOffersThePersonsOwnNumber) {
  api::MessageInput input;
  input.set_text("How can we reach you?");
  input.add_quick_replies()->set_type("phone");
  EXPECT_TRUE(it.send(input).has_value());
  it.rules.channel_type = api::CHANNEL_TYPE_INSTAGRAM;
  const auto refused = it.send(input);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::unsupported);
  EXPECT_EQ(refused.error().field, "/quick_replies/0/type");
}

}  // namespace
}  // namespace aura::test
