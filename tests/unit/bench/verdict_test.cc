// The verdict of a scenario: each kind of fault is detected.
#include "bench/scenario/verdict.h"

#include <gtest/gtest.h>

#include "bench/scenario/runner.h"

namespace aura::bench {
namespace {

// One customer's question and its answer, with everything correct.
class VerdictTest : public ::testing::Test {
 protected:
  VerdictTest() {
    provider_.posted = {"in_1"};
    provider_.acknowledged = {{"in_1", "whatsapp"}};
    provider_.asked = {{"15557654321", "whatsapp"}};
    provider_.told = {{"out_1", Progress::delivered}};
    send("out_1", "15557654321");
    engine_.messages = {{"whatsapp", true, "in_1", {}, "received", false},
                        {"whatsapp", false, "out_1", {}, "delivered", false}};
    engine_.received = engine_.finished = 2;
  }
  void send(const std::string& id, const std::string& to) {
    AcceptedSend entry;
    entry.channel = Channel::whatsapp;
    entry.kind = "message";
    entry.message_id = id;
    entry.recipient = to;
    ledger_.append(entry);
  }
  Verdict verdict() const { return compare(provider_, ledger_, engine_); }
  bool right() const {
    ScenarioResult result;
    result.verdict = verdict();
    return is_right(Scenario{}, result);
  }

  ProviderTruth provider_;
  Ledger ledger_;
  EngineTruth engine_;
};

TEST_F(VerdictTest, AllIsRight) {
  EXPECT_TRUE(right());
  EXPECT_TRUE(verdict().examples.empty());
  EXPECT_EQ(verdict().channels.at("whatsapp").stored, 1u);
}

TEST_F(VerdictTest, AnAcknowledgedMessageThatIsNotStoredIsLost) {
  engine_.messages.erase(engine_.messages.begin());
  EXPECT_EQ(verdict().total().lost, 1u);
  EXPECT_FALSE(right());
}

TEST_F(VerdictTest, AnAnswerToWhomeverSaidStopMayBeRefused) {
  EngineMessage refused{"sms", false, "", {}, "failed", false};
  refused.contact = "+15557654321";
  refused.error = "opted_out";
  engine_.messages.push_back(refused);
  EXPECT_EQ(verdict().total().failed, 1u) << "nobody said STOP";
  provider_.muted = {"+15557654321"};
  EXPECT_TRUE(right());
}

TEST_F(VerdictTest, AMessageThatIsStoredTwiceIsDoubled) {
  engine_.messages.push_back(engine_.messages[0]);
  EXPECT_EQ(verdict().total().doubled, 1u);
  EXPECT_FALSE(right());
}

TEST_F(VerdictTest, AMessageNobodySentIsInvented) {
  engine_.messages[0].external_id = "in_2";
  provider_.acknowledged.clear();
  EXPECT_EQ(verdict().total().invented, 1u);
  EXPECT_FALSE(right());
}

TEST_F(VerdictTest, WhatWasPostedWithoutAnAnswerMayBeStored) {
  provider_.acknowledged.clear();
  EXPECT_TRUE(right());
}

TEST_F(VerdictTest, ASendThatNoMessageClaimsIsADouble) {
  send("out_2", "15557654321");
  EXPECT_EQ(verdict().total().unclaimed, 1u);
  EXPECT_FALSE(right());
  engine_.messages[1].provider_ids = {"out_1", "out_2"};
  EXPECT_TRUE(right()) << "the second part of one message";
}

TEST_F(VerdictTest, ASentMessageTheProviderNeverTookIsUnproved) {
  engine_.messages.push_back({"whatsapp", false, "out_9", {}, "sent", false});
  EXPECT_EQ(verdict().total().unproved, 1u);
  EXPECT_FALSE(right());
  provider_.echoes = {"out_9"};
  EXPECT_TRUE(right()) << "a person wrote it in the provider's own inbox";
}

TEST_F(VerdictTest, WhatStillWaitsOrHasFailedIsCounted) {
  engine_.messages.push_back({"whatsapp", false, "", {}, "queued", false});
  EXPECT_EQ(verdict().total().waiting, 1u);
  engine_.messages.back().status = "failed";
  EXPECT_EQ(verdict().total().failed, 1u);
  EXPECT_FALSE(right());
}

TEST_F(VerdictTest, AStatusMayBeAheadButNotBehind) {
  engine_.messages[1].status = "read";
  EXPECT_TRUE(right());
  engine_.messages[1].status = "sent";
  EXPECT_EQ(verdict().total().behind, 1u);
  EXPECT_FALSE(right());
  provider_.told["out_1"] = Progress::failed;
  EXPECT_EQ(verdict().total().behind, 1u);
}

TEST_F(VerdictTest, AQuestionWithoutAnAnswerIsSeenUnlessItMayBe) {
  provider_.asked["15557654322"] = "whatsapp";
  EXPECT_EQ(verdict().total().unanswered, 1u);
  EXPECT_FALSE(right());
  provider_.muted = {"15557654322"};
  EXPECT_TRUE(right());
  provider_.muted.clear();
  AcceptedSend entry;
  entry.channel = Channel::whatsapp;
  entry.kind = "message";
  entry.message_id = "out_2";
  entry.recipient = "US.15557654322";
  entry.recipient_kind = "user_id";
  ledger_.append(entry);
  engine_.messages.push_back({"whatsapp", false, "out_2", {}, "sent", false});
  EXPECT_TRUE(right()) << "answered under the business-scoped id";
}

TEST_F(VerdictTest, WhatACustomerTookBackMayNotBeThere) {
  provider_.unsent = {"in_1"};
  EXPECT_EQ(verdict().total().kept, 1u);
  EXPECT_FALSE(right());
  engine_.messages[0].deleted = true;
  EXPECT_TRUE(right());
}

TEST_F(VerdictTest, EventsThatHaveNotEndedAndDeadLettersAreWrong) {
  engine_.finished = 1;
  EXPECT_FALSE(right());
  engine_.finished = 2;
  engine_.dead = 1;
  EXPECT_FALSE(right());
}

TEST_F(VerdictTest, WebChatIsCountedBecauseItsIdsAreTheEngines) {
  provider_.chat_acknowledged = 2;
  engine_.messages.push_back({"webchat", true, "", {}, "received", false});
  EXPECT_EQ(verdict().channels.at("webchat").lost, 1u);
  engine_.messages.push_back(engine_.messages.back());
  EXPECT_TRUE(right());
}

TEST_F(VerdictTest, CallsOverALimitCountWhereTheScenarioSaysSo) {
  ScenarioResult result;
  result.verdict = verdict();
  result.accepted = 100;
  result.over_a_limit = 6;
  Scenario scenario;
  EXPECT_TRUE(is_right(scenario, result));
  scenario.extra_calls = 0.05;
  EXPECT_FALSE(is_right(scenario, result));
  result.over_a_limit = 5;
  EXPECT_TRUE(is_right(scenario, result));
}

TEST_F(VerdictTest, WhatIsNotSentAlthoughTheLimitAllowsItCountsWhereTheScenarioSaysSo) {
  ScenarioResult result;
  result.verdict = verdict();
  result.goodput = {.taken = 89, .allowed = 100};
  Scenario scenario;
  EXPECT_TRUE(is_right(scenario, result));
  scenario.goodput = 0.9;
  EXPECT_FALSE(is_right(scenario, result));
  result.goodput.taken = 90;
  EXPECT_TRUE(is_right(scenario, result));
  result.goodput = {};
  EXPECT_FALSE(is_right(scenario, result)) << "no limit was met: the storm did not happen";
}

TEST_F(VerdictTest, TheResultIsToldInWordsAndInJson) {
  ScenarioResult result;
  result.verdict = verdict();
  result.right = true;
  EXPECT_NE(result_text(Scenario{}, result).find("verdict: right"), std::string::npos);
  EXPECT_NE(result_json(Scenario{}, result).find(R"("whatsapp":{"acknowledged":1,"stored":1)"),
            std::string::npos);
}

}  // namespace
}  // namespace aura::bench
