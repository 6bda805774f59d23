// The consent ledger: what a contact allows, whatever the order and repetition of the events.
#include <algorithm>

#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;

ChannelEvent consent_of(const std::string& id, Millis at, bool granted, const std::string& word,
                        ConsentChange::Scope scope = ConsentChange::Scope::all) {
  ChannelEvent event = event_of(Kind::consent, id, at);
  event.consent = ConsentChange{scope, granted, word};
  return event;
}

class Consent : public ::testing::Test {
 protected:
  void stop(Millis at = 0) { it.take(consent_of("stop", at == 0 ? t0 : at, false, "STOP")); }
  MemoryConversation it;
  const Millis t0 = it.now;
};

TEST_F(Consent, AStopRefusesSendsWithItsReason) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(it.send("before"));
  const auto decision = it.take(consent_of("stop", t0, false, "STOP"));
  EXPECT_TRUE(decision.changed);
  EXPECT_TRUE(decision.consent_changed);
  ASSERT_EQ(decision.feed.size(), 1u);
  EXPECT_EQ(decision.feed[0].kind, record::Feed::KIND_CONVERSATION_UPDATED);
  const auto refused = it.send("after");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::opted_out);
  EXPECT_NE(refused.error().detail.find("STOP"), std::string::npos);
}

TEST_F(Consent, AStopEndsTheTurnThatWasOwed) {
  it.take(text_of("m1", t0));
  ASSERT_TRUE(it.turn_pending());
  const auto generation = it.generation();
  stop();
  EXPECT_FALSE(it.turn_pending());
  EXPECT_TRUE(it.timers.empty());
  EXPECT_FALSE(it.propose(generation, "an answer"));
}

TEST_F(Consent, WhoHasStoppedIsNotAnswered) {
  stop();
  it.take(text_of("m1", t0 + 1, "hello?"));
  EXPECT_FALSE(it.turn_pending());
  EXPECT_EQ(it.state.row.unread(), 1);  // left for a person
}

TEST_F(Consent, AStartAllowsAgain) {
  it.take(text_of("m1", t0));
  stop();
  it.take(consent_of("start", t0 + 10, true, "START"));
  EXPECT_TRUE(it.send("hello again"));
  EXPECT_EQ(it.state.row.consent().history_size(), 2);
  it.take(text_of("m2", t0 + 20));
  EXPECT_FALSE(it.state.row.consent().stopped());
}

// "Yes" allows messages again. From a contact who had not stopped them it is an ordinary answer.
TEST_F(Consent, YesIsAnsweredOnlyIfNothingWasStopped) {
  it.take(text_of("m1", t0, "Yes"));
  it.take(consent_of("m1:consent", t0, true, "YES"));
  EXPECT_TRUE(it.turn_pending());
  stop(t0 + 5);
  it.take(text_of("m2", t0 + 10, "Yes"));
  it.take(consent_of("m2:consent", t0 + 10, true, "YES"));
  EXPECT_FALSE(it.turn_pending());
  EXPECT_TRUE(it.send("welcome back"));
}

TEST_F(Consent, EachChangeCountsOnce) {
  stop();
  const auto again = it.take(consent_of("stop", t0, false, "STOP"));
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.ignored, "duplicate");
  it.take(consent_of("start", t0 + 10, true, "START"));
  // The webhook of the stop arrives again, later.
  it.take(consent_of("stop", t0 + 20, false, "STOP"));
  EXPECT_FALSE(it.state.row.consent().stopped());
  EXPECT_EQ(it.state.row.consent().history_size(), 2);
}

// Messenger's opt-in to marketing messages: it allows them again, once, and opens the window.
TEST_F(Consent, AnOptInAllowsMarketingAgain) {
  it.take(consent_of("no", t0, false, "STOP NOTIFICATIONS", ConsentChange::Scope::marketing));
  EXPECT_TRUE(it.state.row.consent().marketing_stopped());
  ChannelEvent optin = consent_of("yes", t0 + 5, true, "Offers", ConsentChange::Scope::marketing);
  optin.kind = Kind::optin;
  const auto decision = it.take(optin);
  EXPECT_TRUE(decision.changed && decision.consent_changed);
  EXPECT_FALSE(it.state.row.consent().marketing_stopped());
  EXPECT_EQ(it.state.row.last_inbound_ms(), t0 + 5);
  EXPECT_FALSE(it.take(optin).consent_changed) << "once";
  EXPECT_EQ(it.state.row.consent().history_size(), 2);
}

TEST_F(Consent, AnyOrderEndsAlike) {
  std::vector<ChannelEvent> events{
      consent_of("a", t0 + 1, false, "STOP"),
      consent_of("b", t0 + 2, true, "START"),
      consent_of("c", t0 + 2, false, "QUIT"),
      consent_of("d", t0 + 1, true, "UNSTOP"),
      consent_of("e", t0 + 3, false, "marketing", ConsentChange::Scope::marketing),
  };
  std::vector<int> order{0, 1, 2, 3, 4};
  std::string expected;
  do {
    MemoryConversation other;
    for (const int i : order) other.take(events[static_cast<std::size_t>(i)]);
    const std::string got = other.state.row.consent().SerializeAsString();
    if (expected.empty()) expected = got;
    ASSERT_EQ(got, expected);
    ASSERT_TRUE(other.state.row.consent().stopped());
    ASSERT_EQ(other.state.row.consent().word(), "QUIT");
    ASSERT_TRUE(other.state.row.consent().marketing_stopped());
  } while (std::next_permutation(order.begin(), order.end()));
}

// Fault F7. An SMS has no provider time: it gets the engine's clock.
TEST_F(Consent, AStopIsObeyedAlsoAfterTheClockWasSetBack) {
  it.rules.channel_type = api::CHANNEL_TYPE_SMS;
  const auto say = [&](Millis at, bool granted, const std::string& word) {
    it.now = at;
    it.take(consent_of(word + std::to_string(at), at, granted, word));
    return it.state.row.consent().stopped();
  };
  EXPECT_FALSE(say(t0 + 3'600'000, true, "START"));
  EXPECT_TRUE(say(t0 + 600'000, false, "STOP"));
  EXPECT_FALSE(say(t0 + 660'000, true, "START"));
  EXPECT_TRUE(say(t0 + 720'000, false, "STOP"));
  // The clock has not gone back, so this event is only late and does not count as the newest.
  it.now = t0 + 7'200'000;
  it.take(consent_of("late", t0 + 60'000, true, "START"));
  EXPECT_TRUE(it.state.row.consent().stopped());
}

TEST_F(Consent, AProvidersRefusalCountsAlsoAfterTheClockWasSetBack) {
  it.now = t0 + 3'600'000;
  it.take(consent_of("start", it.now, true, "START"));
  it.now = t0;
  it.take(text_of("m1", t0));
  conversation::SendFinished finished;
  finished.message = it.send("hi")->send->message;
  finished.outcome.kind = SendOutcome::Kind::failed;
  finished.outcome.error_code = conversation::kOptedOut;
  it.finished(finished);
  EXPECT_TRUE(it.state.row.consent().stopped());
}

// Event ids may contain the person's number, and the ledger outlives the person's data.
TEST_F(Consent, TheLedgerNamesNobody) {
  it.take(consent_of("preference:15557654321:stop:1", t0, false, "stop"));
  EXPECT_EQ(it.state.row.SerializeAsString().find("15557654321"), std::string::npos);
}

TEST_F(Consent, ALedgerOfAnEarlierVersionIsUnderstood) {
  it.take(text_of("m1", t0));
  auto& ledger = *it.state.row.mutable_consent();
  ledger.set_at_ms(t0);
  auto& change = *ledger.add_history();
  change.set_at_ms(t0);
  change.set_granted(true);
  change.set_event("start");
  conversation::mark_events(ledger);
  const std::string read = ledger.SerializeAsString();
  conversation::mark_events(ledger);
  EXPECT_EQ(ledger.SerializeAsString(), read) << "nothing is marked twice";
  EXPECT_EQ(it.take(consent_of("start", t0, true, "START")).ignored, "duplicate");
}

TEST_F(Consent, MarketingAloneStopsNoAnswers) {
  it.take(text_of("m1", t0));
  it.take(consent_of("x", t0, false, "stop", ConsentChange::Scope::marketing));
  EXPECT_TRUE(it.turn_pending());
  EXPECT_TRUE(it.send("an answer"));
}

TEST_F(Consent, AChangeMayComeWithTheMessageItself) {
  ChannelEvent event = text_of("m1", t0, "stop");
  event.consent = ConsentChange{ConsentChange::Scope::all, false, "STOP"};
  const auto decision = it.take(event);
  EXPECT_TRUE(decision.consent_changed);
  EXPECT_FALSE(it.turn_pending());
  EXPECT_FALSE(it.send("no"));
}

TEST_F(Consent, AProvidersRefusalStopsToo) {
  it.take(text_of("m1", t0));
  const auto queued = it.send("hi");
  ASSERT_TRUE(queued);
  conversation::SendFinished finished;
  finished.message = queued->send->message;
  finished.outcome.kind = SendOutcome::Kind::failed;
  finished.outcome.error_code = "opted_out";
  finished.outcome.provider_code = "21610";
  it.now += 5;
  const auto decision =
      it.apply(conversation::decide_send_finished(it.state, finished, it.rules, it, it.now));
  EXPECT_TRUE(decision.state_changed);
  EXPECT_TRUE(it.state.row.consent().stopped());
  EXPECT_EQ(it.state.row.consent().word(), "21610");
  EXPECT_EQ(it.view(queued->send->message).error().code(), "opted_out");
  // The same failure again, with the stop already known, changes nothing.
  const auto again =
      it.apply(conversation::decide_send_finished(it.state, finished, it.rules, it, it.now));
  EXPECT_FALSE(again.consent_changed);
}

TEST_F(Consent, TheHistoryIsBounded) {
  for (int i = 0; i < 200; ++i)
    it.take(consent_of("e" + std::to_string(i), t0 + i, i % 2 == 1, "W" + std::to_string(i)));
  const auto& consent = it.state.row.consent();
  EXPECT_EQ(consent.history_size(), 50);
  EXPECT_EQ(consent.history(49).word(), "W199");
  EXPECT_FALSE(consent.stopped());
}

TEST_F(Consent, IsShownWithItsHistory) {
  it.take(text_of("m1", t0));
  const auto shown = [&] {
    return views::conversation(it.rules.conversation, it.state, it.rules, {}, std::nullopt);
  };
  EXPECT_FALSE(shown().has_consent());
  stop();
  it.take(consent_of("start", t0 + 10, true, "START"));
  const api::Conversation view = shown();
  EXPECT_EQ(view.consent().state(), "granted");
  EXPECT_EQ(view.consent().word(), "START");
  EXPECT_EQ(view.consent().changed_at(), t0 + 10);
  ASSERT_EQ(view.consent().history_size(), 2);
  EXPECT_EQ(view.consent().history(0).state(), "stopped");
  EXPECT_EQ(view.consent().history(0).scope(), "all");
  EXPECT_EQ(view.consent().history(0).word(), "STOP");
}

TEST_F(Consent, AStopOfMarketingIsShownAtTheHead) {
  it.take(text_of("m1", t0));
  it.take(consent_of("no", t0 + 5, false, "stop", ConsentChange::Scope::marketing));
  EXPECT_EQ(it.shown().consent().state(), "marketing_stopped");
  EXPECT_EQ(it.shown().consent().word(), "stop");
  EXPECT_EQ(it.shown().consent().changed_at(), t0 + 5);
  EXPECT_FALSE(it.shown().opted_out());
  it.take(consent_of("yes", t0 + 9, true, "resume", ConsentChange::Scope::marketing));
  EXPECT_EQ(it.shown().consent().state(), "granted");
  EXPECT_EQ(it.shown().consent().word(), "resume");
  EXPECT_EQ(it.shown().consent().changed_at(), t0 + 9);
  stop();
  EXPECT_EQ(it.shown().consent().state(), "stopped");
}

conversation::SendFinished refused_send(const Id& id) {
  auto refused = failed_send(id);
  refused.outcome.error_code = conversation::kOptedOut;
  refused.outcome.provider_code = "131050";
  return refused;
}

TEST_F(Consent, WhatsAppRefusesMarketingOnlyAndAnswersGoOn) {
  it.rules.channel_type = api::CHANNEL_TYPE_WHATSAPP;
  it.take(text_of("m1", t0));
  it.finished(refused_send(it.send("x")->send->message));
  EXPECT_FALSE(it.shown().opted_out());
  EXPECT_EQ(it.shown().consent().history(0).scope(), "marketing");
  EXPECT_TRUE(it.send("an answer"));
}

TEST_F(Consent, AnSmsCarrierThatRefusesHasStoppedAll) {
  it.rules.channel_type = api::CHANNEL_TYPE_SMS;
  it.take(text_of("m1", t0));
  it.finished(refused_send(it.send("x")->send->message));
  EXPECT_TRUE(it.shown().opted_out());
  EXPECT_FALSE(it.send("an answer"));
}

TEST_F(Consent, WhoStoppedMarketingGetsNoMarketingTemplate) {
  const auto send = [&](const char* name) {
    api::MessageInput input;
    input.mutable_template_()->set_name(name);
    return it.send(input);
  };
  const WindowedChannel channel;
  it.use(channel);
  it.templates = {{"promo", "approved"}, {"order_ready", "approved"}};
  it.take(text_of("m1", t0));
  const auto before = send("promo");
  ASSERT_TRUE(before);
  it.finished(failed_send(before->send->message));
  it.take(consent_of("stop", t0 + 1, false, "stop", ConsentChange::Scope::marketing));
  const auto refused = send("promo");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::opted_out);
  EXPECT_EQ(refused.error().field, "/template");
  const auto again =
      conversation::decide_retry(it.state, before->send->message, it.rules, it, it.now);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::opted_out);
  EXPECT_TRUE(send("order_ready"));
  it.take(consent_of("start", t0 + 2, true, "resume", ConsentChange::Scope::marketing));
  EXPECT_TRUE(send("promo"));
}

// What the provider holds back as marketing must not hold back an answer.
TEST_F(Consent, AMarketingTemplateGoesBehindAnswers) {
  const auto priority = [&](const char* name) {
    api::MessageInput input;
    input.mutable_template_()->set_name(name);
    const auto decision = it.send(input);
    return conversation::outbox_row(*decision, decision->next, it.rules, it.now).priority();
  };
  const WindowedChannel channel;
  it.use(channel);
  it.templates = {{"promo", "approved"}, {"order_ready", "approved"}};
  it.take(text_of("m1", t0));
  EXPECT_EQ(priority("promo"), api::PRIORITY_BROADCAST);
  EXPECT_EQ(priority("order_ready"), api::PRIORITY_INTERACTIVE);
}

// … and so does what its sender declares, also when it is sent once more.
TEST_F(Consent, TheSenderDeclaresAReminderOrABroadcast) {
  const WindowedChannel channel;
  it.use(channel);
  it.take(text_of("m1", t0));
  for (const auto priority :
       {api::PRIORITY_INTERACTIVE, api::PRIORITY_REMINDER, api::PRIORITY_BROADCAST}) {
    api::MessageInput input;
    input.set_text("Tomorrow at eight");
    if (priority != api::PRIORITY_INTERACTIVE) input.set_priority(priority);
    const auto sent = it.send(input);
    EXPECT_EQ(conversation::outbox_row(*sent, sent->next, it.rules, it.now).priority(), priority);
    EXPECT_EQ(it.view(sent->send->message).priority(), priority);
    conversation::SendFinished refused;
    refused.message = sent->send->message;
    refused.outcome.error_code = "rejected";
    it.finished(refused);
    const auto again =
        conversation::decide_retry(it.state, sent->send->message, it.rules, it, it.now);
    EXPECT_EQ(conversation::outbox_row(*again, again->next, it.rules, it.now).priority(), priority);
  }
}

// A carrier's block (30004) is not the person's own word.
TEST_F(Consent, ABlockByTheCarrierEndsWhenThePersonWrites) {
  it.take(text_of("m1", t0));
  it.take(consent_of("blocked", t0 + 10, false, "30004"));
  ASSERT_FALSE(it.send("after"));
  it.take(text_of("late", t0 + 5));
  EXPECT_FALSE(it.send("after")) << "written before the block";
  it.take(text_of("m2", t0 + 20));
  EXPECT_TRUE(it.send("after"));
  it.take(consent_of("stop", t0 + 30, false, "STOP"));
  it.take(text_of("m3", t0 + 40));
  EXPECT_FALSE(it.send("after")) << "their own word";
}

}  // namespace
}  // namespace aura::test
