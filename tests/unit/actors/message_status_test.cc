// The status of a message that was sent in one part or in several.
#include "actors/conversation/message_status.h"

#include <algorithm>

#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;
using S = api::MessageStatus;
constexpr S queued = api::MESSAGE_STATUS_QUEUED, sent = api::MESSAGE_STATUS_SENT,
            delivered = api::MESSAGE_STATUS_DELIVERED, read = api::MESSAGE_STATUS_READ,
            failed = api::MESSAGE_STATUS_FAILED;

TEST(Climb, EachStatusGoesWhereItMay) {
  const std::map<S, std::vector<S>> allowed = {{sent, {delivered, read, failed}},
                                               {delivered, {read}},
                                               {read, {}},
                                               {failed, {delivered, read}}};
  for (const auto& [from, to_list] : allowed) {
    for (const S to : {api::MESSAGE_STATUS_RECEIVED, queued, sent, delivered, read, failed}) {
      const bool may = std::find(to_list.begin(), to_list.end(), to) != to_list.end();
      record::Message row;
      conversation::add_part(row, "x1");
      record::ParentedEvent event;
      event.set_status(from);
      conversation::take_status(row, "x1", event);
      ASSERT_EQ(row.status(), from);
      event.set_status(to);
      EXPECT_EQ(conversation::take_status(row, "x1", event), may) << from << " to " << to;
      EXPECT_EQ(row.status(), may ? to : from);
    }
  }
}

TEST(HeldBack, IsNotSentUntilAStatusSaysSo) {
  for (const S later : {sent, delivered, read, failed}) {
    for (const bool status_first : {false, true}) {
      MemoryConversation it;
      it.take(text_of("m1", it.now));
      const Id id = it.send("Hi")->send->message;
      ChannelEvent status = about(Kind::status, "x1", it.now + 5);
      status.status = later;
      if (later == failed) status.error_code = "template_paused";
      conversation::SendFinished held;
      held.message = id;
      held.outcome.kind = SendOutcome::Kind::sent;
      held.outcome.held = true;
      held.outcome.error_code = "held";
      held.outcome.error_detail = "It waits.";
      held.external_ids = {"x1"};
      if (status_first) it.take(status);
      it.finished(held);
      if (!status_first) {
        EXPECT_EQ(it.view(id).status(), queued);
        EXPECT_EQ(it.view(id).error().code(), "held");
        it.take(status);
      }
      EXPECT_EQ(it.view(id).status(), later) << status_first;
      EXPECT_EQ(it.view(id).error().code(), later == failed ? "template_paused" : "");
    }
  }
}

// Vector of the WhatsApp page: read (t=9), sent (t=5), delivered (t=7) → read, three times kept.
TEST(ReceiptTimes, EachStatusKeepsItsOwnInAnyOrder) {
  std::vector<std::pair<S, Millis>> told{{read, 9}, {sent, 5}, {delivered, 7}};
  std::sort(told.begin(), told.end());
  do {
    MemoryConversation it;
    it.take(text_of("m1", it.now));
    const Id id = it.send("Hi")->send->message;
    it.sent(id, "x1");
    for (const auto& [status, at] : told) {
      ChannelEvent event = about(Kind::status, "x1", it.now + at);
      event.status = status;
      EXPECT_TRUE(it.take(event).changed);
      event.at += 100;
      EXPECT_FALSE(it.take(event).changed) << "what is told again later is no news";
    }
    ChannelEvent late = about(Kind::status, "x1", it.now + 10);
    late.status = failed;
    late.provider_code = "131000";
    it.take(late);
    const api::Message shown = it.view(id);
    EXPECT_EQ(shown.status(), read);
    EXPECT_EQ(shown.sent_at(), it.now + 5);
    EXPECT_EQ(shown.delivered_at(), it.now + 7);
    EXPECT_EQ(shown.read_at(), it.now + 9);
  } while (std::next_permutation(told.begin(), told.end()));
}

TEST(ReceiptTimes, AMessageOfSeveralPartsHasTheLastOnesAndOnlyWhatAllHave) {
  MemoryConversation it;
  it.take(text_of("m1", it.now));
  const Id id = it.send("Hi")->send->message;
  conversation::SendFinished finished;
  finished.message = id;
  finished.outcome.kind = SendOutcome::Kind::sent;
  finished.external_ids = {"x1", "x2"};
  it.finished(finished);
  const auto tell = [&](const char* part, S status, Millis at) {
    ChannelEvent event = about(Kind::status, part, it.now + at);
    event.status = status;
    it.take(event);
  };
  tell("x1", sent, 5);
  tell("x2", sent, 6);
  tell("x1", delivered, 7);
  EXPECT_EQ(it.view(id).sent_at(), it.now + 6);
  EXPECT_FALSE(it.view(id).has_delivered_at());
}

class SeveralParts : public ::testing::Test {
 protected:
  SeveralParts() { it.take(text_of("m1", it.now)); }
  // The send ended after the provider accepted this many parts, with ids x1, x2, …
  conversation::SendFinished taken(const Id& id, int parts) const {
    conversation::SendFinished what;
    what.message = id;
    what.outcome.kind = SendOutcome::Kind::sent;
    for (int i = 1; i <= parts; ++i) {
      const std::string part = "x" + std::to_string(i);
      what.external_ids.push_back(part);
      what.attempts.emplace_back().set_provider_id(part);
      what.attempts.back().set_outcome("sent");
    }
    return what;
  }
  static ChannelEvent status(const std::string& part, S reached) {
    ChannelEvent event = about(Kind::status, part, 1);
    event.status = reached;
    if (reached == failed) {
      event.error_code = "unreachable";
      event.error_detail = "no such phone";
      event.provider_code = "30005";
    }
    return event;
  }
  MemoryConversation it;
};

TEST_F(SeveralParts, OneThatFailedFailsTheMessageInAnyOrder) {
  for (const bool failure_first : {false, true}) {
    const Id id = it.send("Long")->send->message;
    it.finished(taken(id, 3));
    const std::vector<ChannelEvent> order = {status("x1", delivered), status("x2", failed),
                                             status("x3", read)};
    if (failure_first)
      std::for_each(order.rbegin(), order.rend(), [&](const auto& event) { it.take(event); });
    else
      std::for_each(order.begin(), order.end(), [&](const auto& event) { it.take(event); });
    const api::Message shown = it.view(id);
    EXPECT_EQ(shown.status(), failed) << failure_first;
    EXPECT_EQ(shown.error().provider_code(), "30005");
    EXPECT_TRUE(conversation::decide_retry(it.state, id, it.rules, it, it.now).has_value());
    it.externals.clear();
  }
}

TEST_F(SeveralParts, TheMessageIsAsFarAsItsLastPart) {
  const Id id = it.send("Long")->send->message;
  it.finished(taken(id, 2));
  it.take(status("x1", read));
  EXPECT_EQ(it.view(id).status(), sent);
  it.take(status("x2", delivered));
  EXPECT_EQ(it.view(id).status(), delivered);
  it.take(status("x2", read));
  EXPECT_EQ(it.view(id).status(), read);
}

TEST_F(SeveralParts, AReceiptProvesThatThePartArrivedAfterAll) {
  const Id id = it.send("Long")->send->message;
  it.finished(taken(id, 2));
  it.take(status("x2", failed));
  it.take(status("x2", delivered));
  EXPECT_EQ(it.view(id).status(), sent);
  EXPECT_FALSE(it.view(id).has_error());
}

TEST_F(SeveralParts, WhoSeesOnePartHasSeenAll) {  // Instagram's read event names only one message
  const Id id = it.send("Long")->send->message;
  it.finished(taken(id, 2));
  it.take(about(Kind::read, "x2", it.now));
  EXPECT_EQ(it.view(id).status(), read);
}

TEST_F(SeveralParts, WhilePartsMayFollowTheMessageIsSentAtMost) {
  const Id id = it.send("Long")->send->message;
  auto so_far = taken(id, 1);
  it.apply(conversation::decide_attempts(it.state, so_far, it));
  it.take(status("x1", read));
  EXPECT_EQ(it.view(id).status(), sent);
  it.finished(taken(id, 2));
  EXPECT_EQ(it.view(id).status(), sent);
  it.take(status("x2", read));
  EXPECT_EQ(it.view(id).status(), read);
}

TEST_F(SeveralParts, ASendThatStoppedMidwayStaysFailedWhateverIsSaidOfItsBeginning) {
  for (const bool receipt_first : {false, true}) {
    const Id id = it.send("Long")->send->message;
    auto half = failed_send(id, 1);
    half.external_ids = {"x1"};
    if (receipt_first) it.take(status("x1", delivered));
    it.finished(half);
    if (!receipt_first) it.take(status("x1", delivered));
    EXPECT_EQ(it.view(id).status(), failed);
    EXPECT_EQ(it.view(id).error().code(), "unreachable");
    it.externals.clear();
  }
}

TEST_F(SeveralParts, WhatWentBeforeFailedTooSoARetrySendsAll) {
  const Id id = it.send("Long")->send->message;
  auto half = failed_send(id, 1);
  half.external_ids = {"x1"};
  it.finished(half);
  it.take(status("x1", failed));
  const auto again = conversation::decide_retry(it.state, id, it.rules, it, it.now);
  ASSERT_TRUE(again.has_value());
  it.apply(*again);
  EXPECT_EQ(conversation::outbox_row(*again, it.state, it.rules, it.now).parts_sent(), 0);
  EXPECT_EQ(it.take(status("x1", failed)).ignored, "retried");
  it.sent(id, "x9");
  EXPECT_EQ(it.view(id).status(), sent);
}

TEST_F(SeveralParts, OneStatusOfAnEarlierVersionIsThatOfEachPart) {
  const Id id = it.send("Long")->send->message;
  it.finished(taken(id, 2));
  auto& row = it.messages.at(id).row;
  row.clear_send();
  row.clear_parts();
  row.set_status(delivered);
  it.take(status("x1", read));
  EXPECT_EQ(it.view(id).status(), delivered);
  it.take(status("x2", read));
  EXPECT_EQ(it.view(id).status(), read);
}

// The first call was cut off, its message sent again as "second"; the first copy's id, "first", is
// told by its statuses.
class Resent : public SeveralParts {
 protected:
  Resent() {
    conversation::SendFinished what;
    what.message = id;
    what.outcome.kind = SendOutcome::Kind::sent;
    what.maybe_duplicate = true;
    what.external_ids = {"second"};
    what.attempts.resize(2);
    what.attempts[0].set_started_at(it.now);
    what.attempts[0].set_outcome(conversation::kUnknown);
    what.attempts[1].set_started_at(it.now + 60'000);
    what.attempts[1].set_outcome("sent");
    what.attempts[1].set_provider_id("second");
    it.finished(what);
  }
  void take_status(const std::string& copy, S what) {
    ChannelEvent event = status(copy, what);
    event.metadata = format_id(IdType::message, id);
    if (what == failed) event.error_code = "unreachable";
    it.take(event);
  }
  const Id id = it.send("Short")->send->message;
};

TEST_F(Resent, TheCopyThatCameFurthestCountsInAnyOrder) {
  using Told = std::vector<std::pair<std::string, S>>;
  const std::vector<std::pair<Told, S>> stories{
      {{{"first", delivered}, {"second", failed}}, delivered},
      {{{"first", read}}, read},
      {{{"first", delivered}, {"first", read}, {"second", delivered}}, read},
      {{{"second", sent}, {"first", delivered}, {"second", failed}}, delivered},
      {{{"first", failed}, {"second", delivered}}, delivered},
      {{{"first", sent}, {"second", failed}}, sent},
      {{{"first", failed}, {"second", failed}}, failed}};
  const MemoryConversation before = it;
  for (auto [told, end] : stories) {
    std::sort(told.begin(), told.end());
    do {
      it = before;
      for (const auto& [copy, what] : told) take_status(copy, what);
      EXPECT_EQ(it.view(id).status(), end) << told.size() << told[0].first << told[0].second;
      EXPECT_EQ(it.view(id).has_error(), end == failed);
      EXPECT_EQ(it.view(id).external_id(), "second");
      EXPECT_TRUE(it.view(id).maybe_duplicate());
    } while (std::next_permutation(told.begin(), told.end()));
  }
}

TEST_F(Resent, TheTimesAreThoseOfTheCopyThatArrived) {
  take_status("first", delivered);
  EXPECT_TRUE(it.view(id).has_delivered_at());
}

}  // namespace
}  // namespace aura::test
