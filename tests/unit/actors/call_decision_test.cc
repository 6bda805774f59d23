// What a call means for its message and its account: one row for each outcome.
#include "actors/connection/call_decision.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "actors/conversation/model.h"
#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura::test {
namespace {

using Kind = SendOutcome::Kind;
using Doubt = OutboxEntry::Doubt;

constexpr Millis kNow = 1'000'000'000;
constexpr Millis kPace = kNow + 7;  // the clock of waits is another one

OutboxEntry entry_of(int attempts = 1) {
  OutboxEntry entry;
  entry.sequence = 1;
  entry.row.set_created_ms(kNow - 1000);
  entry.row.set_attempts(attempts);
  return entry;
}

FinishedCall call_of(SendOutcome outcome) {
  return {.outcome = std::move(outcome), .echo_wait = 30'000, .now = kNow, .pace = kPace};
}

CallDecision decide(const OutboxEntry& entry, FinishedCall call) {
  SeededRandom random(1);
  return decide_call(entry, std::move(call), random);
}

// In words, so that a table can be read.
struct Words {
  std::string operator()(const RecordEnd&) const { return "record"; }
  std::string operator()(const CallNextPart&) const { return "next part"; }
  std::string operator()(const TryAgain& again) const {
    return (again.file_refused    ? "file again in "
            : again.token_doubted ? "token again in "
                                  : "again in ") +
           std::to_string(again.at - kPace);
  }
  std::string operator()(const AwaitEcho& await) const {
    return (await.doubt == Doubt::twice ? "last echo in " : "echo in ") +
           std::to_string(await.until - kPace);
  }
  std::string operator()(const std::monostate&) const { return "as before"; }
  std::string operator()(const CallsTaken& taken) const {
    return taken.paused_until ? "taken, paused for " + std::to_string(*taken.paused_until - kPace)
                              : "taken";
  }
  std::string operator()(const CallsTooFast& fast) const {
    return (fast.whole_app ? "app too fast for " : "too fast for ") +
           std::to_string(fast.until - kPace);
  }
  std::string operator()(const MarketingTooMuch& held) const {
    return "no marketing for " + std::to_string(held.until - kPace);
  }
  std::string operator()(const AwaitReceipt& await) const {
    return "next part in " + std::to_string(await.until - kPace);
  }
  std::string operator()(const TokenDead&) const { return "token dead"; }
  std::string operator()(const Arrived&) const { return "arrived"; }
  std::string operator()(const NotThere&) const { return "not there"; }
  std::string operator()(const AskAgain& again) const {
    return "ask in " + std::to_string(again.at - kPace);
  }
};
template <class Decision>
std::string words(const Decision& decision) {
  return std::visit(Words{}, decision);
}

TEST(CallDecision, EachOutcomeHasOneMeaning) {
  using Scope = SendOutcome::Scope;
  struct Row {
    const char* name;
    SendOutcome outcome;
    const char *message, *account;
  };
  const std::vector<Row> table = {
      {"sent", {.kind = Kind::sent, .external_id = "x"}, "record", "taken"},
      {"sent, slower please",
       {.kind = Kind::sent, .external_id = "x", .retry_after_ms = 900},
       "record",
       "taken, paused for 900"},
      {"failed", {.kind = Kind::failed, .error_code = "invalid"}, "record", "as before"},
      {"file refused",
       {.kind = Kind::failed, .error_code = "media", .file_refused = true},
       "file again in 2000",
       "as before"},
      {"retry at a time",
       {.kind = Kind::retry, .retry_after_ms = 5000},
       "again in 5000",
       "as before"},
      {"contact too fast",
       {.kind = Kind::pause, .pause_scope = Scope::contact},
       "again in 1000",
       "as before"},
      {"contact too fast for a time",
       {.kind = Kind::pause, .retry_after_ms = 300, .pause_scope = Scope::contact},
       "again in 300",
       "as before"},
      {"account too fast", {.kind = Kind::pause}, "again in 60000", "too fast for 60000"},
      {"account too fast for a time",
       {.kind = Kind::pause, .retry_after_ms = 4000},
       "again in 4000",
       "too fast for 4000"},
      {"app too fast",
       {.kind = Kind::pause, .retry_after_ms = 4000, .pause_scope = Scope::app},
       "again in 4000",
       "app too fast for 4000"},
      {"marketing too much",
       {.kind = Kind::pause, .retry_after_ms = 4000, .pause_scope = Scope::marketing},
       "again in 4000",
       "no marketing for 4000"},
      {"token dead", {.kind = Kind::reconnect}, "again in 0", "token dead"},
      {"no answer", {.kind = Kind::ambiguous}, "echo in 30000", "as before"},
      {"a success without an id", {.kind = Kind::sent}, "echo in 30000", "as before"},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.name);
    const CallDecision decision = decide(entry_of(), call_of(row.outcome));
    EXPECT_EQ(words(decision.message), row.message);
    EXPECT_EQ(words(decision.account), row.account);
  }
}

TEST(CallDecision, APartThatWasTakenIsFollowedByTheNext) {
  FinishedCall call = call_of({.kind = Kind::sent, .external_id = "x"});
  call.parts_left = true;
  EXPECT_EQ(words(decide(entry_of(), call).message), "next part");
  call.part_wait = 2000;
  EXPECT_EQ(words(decide(entry_of(), call).message), "next part in 2000");
  call.parts_left = false;
  EXPECT_EQ(words(decide(entry_of(), call).message), "record");
}

TEST(CallDecision, TheAppsAllowanceIsThatOfAllItsAccounts) {
  const CallDecision decision =
      decide(entry_of(), call_of({.kind = Kind::sent,
                                  .external_id = "x",
                                  .retry_after_ms = 900,
                                  .pause_scope = SendOutcome::Scope::app}));
  ASSERT_TRUE(std::holds_alternative<CallsTaken>(decision.account));
  EXPECT_TRUE(std::get<CallsTaken>(decision.account).whole_app);
}

TEST(CallDecision, APassingTroubleIsWaitedForAsLongAsTheProviderSays) {
  FinishedCall call = call_of({.kind = Kind::retry, .retry_after_ms = 1000});
  call.trouble = 900'000;
  OutboxEntry entry = entry_of();
  entry.row.set_created_ms(kNow - 900'000);
  EXPECT_EQ(words(decide(entry, call).message), "record");
  entry.row.set_created_ms(kNow - 899'000);
  EXPECT_EQ(words(decide(entry, call).message), "again in 1000");
  entry.row.set_created_ms(kNow - 900'000);
  call.answered = false;  // out of reach: nobody said anything
  EXPECT_EQ(words(decide(entry, call).message), "again in 1000");
}

TEST(CallDecision, ATokenThatWasReplacedMeanwhileIsNotTheDeadOne) {
  FinishedCall call = call_of({.kind = Kind::reconnect});
  call.token_replaced = true;
  const CallDecision decision = decide(entry_of(), call);
  EXPECT_EQ(words(decision.message), "again in 0");
  EXPECT_EQ(words(decision.account), "as before");
}

TEST(CallDecision, ADoubtedTokenIsTriedOnceMoreThenItIsDead) {
  const SendOutcome refused{.kind = Kind::reconnect, .token_doubted = true};
  OutboxEntry entry = entry_of();
  EXPECT_EQ(words(decide(entry, call_of(refused)).message), "token again in 1000");
  EXPECT_EQ(words(decide(entry, call_of(refused)).account), "as before");
  entry.token_tried_again = true;
  EXPECT_EQ(words(decide(entry, call_of(refused)).message), "again in 0");
  EXPECT_EQ(words(decide(entry, call_of(refused)).account), "token dead");
}

TEST(CallDecision, AFileIsOfferedTwiceMoreThenTheMessageFails) {
  const SendOutcome refused{.kind = Kind::failed, .error_code = "media", .file_refused = true};
  OutboxEntry entry = entry_of();
  entry.file_tries = 1;
  EXPECT_EQ(words(decide(entry, call_of(refused)).message), "file again in 2000");
  entry.file_tries = 2;
  EXPECT_EQ(words(decide(entry, call_of(refused)).message), "record");
}

TEST(CallDecision, AReactionNeedsNoId) {
  OutboxEntry entry = entry_of();
  entry.row.set_reaction(true);
  EXPECT_EQ(words(decide(entry, call_of({.kind = Kind::sent})).message), "record");
}

TEST(CallDecision, AnEchoProvesWhatTheAnswerDenies) {
  OutboxEntry entry = entry_of();
  entry.echoed = "echo-1";
  for (const Kind kind :
       {Kind::failed, Kind::retry, Kind::pause, Kind::reconnect, Kind::ambiguous}) {
    const CallDecision decision = decide(entry, call_of({.kind = kind}));
    EXPECT_EQ(words(decision.message), "record");
    EXPECT_EQ(words(decision.account), "taken");
    EXPECT_EQ(decision.outcome.external_id, "echo-1");
  }
  const auto answered = decide(entry, call_of({.kind = Kind::sent, .external_id = "x"}));
  EXPECT_EQ(answered.outcome.external_id, "x");
}

TEST(CallDecision, WhatDidNotArriveIsTriedForADay) {
  OutboxEntry entry = entry_of();
  const std::vector<SendOutcome> temporary = {
      {.kind = Kind::retry},
      {.kind = Kind::pause},
      {.kind = Kind::pause, .pause_scope = SendOutcome::Scope::contact}};
  for (const SendOutcome& outcome : temporary) {
    entry.row.set_created_ms(kNow - in_ms(limits::kSendLife) + 1);
    EXPECT_NE(words(decide(entry, call_of(outcome)).message), "record");
    entry.row.set_created_ms(kNow - in_ms(limits::kSendLife));
    EXPECT_EQ(words(decide(entry, call_of(outcome)).message), "record");
  }
  EXPECT_EQ(words(decide(entry, call_of({.kind = Kind::pause})).account), "too fast for 60000")
      << "the account is too fast all the same";
}

TEST(CallDecision, TheWaitDoublesWithEachTryAndHasABound) {
  const auto wait = [](int attempts) {
    const auto decision = decide(entry_of(attempts), call_of({.kind = Kind::retry}));
    return std::get<TryAgain>(decision.message).at - kPace;
  };
  const Millis least = in_ms(limits::kSendBackoffMin), most = in_ms(limits::kSendBackoffMax);
  for (const int attempts : {0, 1}) {
    EXPECT_GE(wait(attempts), least * 8 / 10);
    EXPECT_LE(wait(attempts), least * 12 / 10);
  }
  EXPECT_GE(wait(4), 8 * least * 8 / 10);
  EXPECT_LE(wait(4), 8 * least * 12 / 10);
  EXPECT_LE(wait(1000), most);
  EXPECT_GE(wait(1000), most * 8 / 10);
}

TEST(CallDecision, AContactsPauseGrowsFourfold) {
  const auto pause = [](int attempts) {
    const SendOutcome outcome{.kind = Kind::pause, .pause_scope = SendOutcome::Scope::contact};
    return words(decide(entry_of(attempts), call_of(outcome)).message);
  };
  EXPECT_EQ(pause(0), "again in 1000");
  EXPECT_EQ(pause(2), "again in 4000");
  EXPECT_EQ(pause(3), "again in 16000");
  EXPECT_EQ(pause(99), "again in 1024000");
}

TEST(CallDecision, OnlyARepeatedCallThatIsCutOffIsTheLast) {
  OutboxEntry entry = entry_of();
  const auto of = [&](Doubt doubt) {
    entry.doubt = doubt;
    return words(decide(entry, call_of({.kind = Kind::ambiguous})).message);
  };
  EXPECT_EQ(of(Doubt::none), "echo in 30000");
  EXPECT_EQ(of(Doubt::once), "echo in 30000");
  EXPECT_EQ(of(Doubt::resent), "last echo in 30000");
  EXPECT_EQ(of(Doubt::twice), "last echo in 30000");
}

TEST(CallDecision, AnswersToTheQuestionWhetherItArrived) {
  EXPECT_EQ(words(decide_lookup({.kind = Kind::sent, .external_id = "x"}, kPace)), "arrived");
  EXPECT_EQ(words(decide_lookup({.kind = Kind::ambiguous}, kPace)), "not there");
  for (const Kind kind : {Kind::retry, Kind::pause, Kind::reconnect, Kind::failed})
    EXPECT_EQ(words(decide_lookup({.kind = kind}, kPace)), "ask in 5000");
  EXPECT_EQ(words(decide_lookup({.kind = Kind::retry, .retry_after_ms = 70}, kPace)), "ask in 70");
}

TEST(CallDecision, WhatStandsInTheWayOfACall) {
  struct Row {
    const char* name;
    BeforeCall facts;
    Doubt doubt;
    Millis window;
    const char* code;
  };
  const Millis soon = kNow + in_ms(limits::kWindowSafety);
  const std::vector<Row> table = {
      {"nothing", {}, Doubt::none, 0, ""},
      {"the window is open", {}, Doubt::none, soon + 1, ""},
      {"the window closes", {}, Doubt::none, soon, "window_closed"},
      {"the channel is gone",
       {.channel_deleted = true, .erased = true},
       Doubt::none,
       0,
       "channel_deleted"},
      {"the message is gone", {.erased = true, .stopped = true}, Doubt::none, 0, "erased"},
      {"the contact said stop", {.stopped = true}, Doubt::none, soon, "opted_out"},
      {"cut off", {}, Doubt::once, 0, ""},
      {"sent again", {}, Doubt::resent, 0, ""},
      {"cut off twice", {}, Doubt::twice, 0, "unknown"},
      {"cut off twice, can be asked about", {.can_ask = true}, Doubt::twice, 0, ""},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.name);
    OutboxEntry entry = entry_of();
    entry.doubt = row.doubt;
    entry.row.set_window_expires_ms(row.window);
    const auto ended = ended_before_call(entry, row.facts, kNow);
    EXPECT_EQ(ended ? ended->error_code : "", row.code);
    EXPECT_EQ(ended.value_or(SendOutcome()).kind, Kind::failed);
  }
}

TEST(CallDecision, WithoutAnyCallAMessageIsSentOnlyIfItsPartsAre) {
  OutboxEntry entry = entry_of();
  EXPECT_EQ(ended_without_call(entry).error_code, "unsupported");
  entry.accepted.push_back("x");
  EXPECT_EQ(ended_without_call(entry).kind, Kind::sent);
}

}  // namespace
}  // namespace aura::test
