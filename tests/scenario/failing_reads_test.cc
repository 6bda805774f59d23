// A failed read must never be taken for "not there", "not stopped" or "erased".
#include <future>

#include "actors/engine/engine_operations.h"
#include "actors/live/live_hub.h"
#include "storage/keys.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class FailingReads : public ChannelsTest {
 protected:
  FailingReads() { connect(); }
  // Leaves a message waiting in a channel that is rate limited.
  void queue(const std::string& text) {
    provider_.answers = {reply_of(429)};
    send(text);
    answer();
  }
};

TEST_F(FailingReads, AMessageThatIsRepeatedMeanwhileIsStillTheSame) {
  deliver({event_of(Kind::message, "m1")});
  world_->poison(workspace_, channel_id_, "m1");
  deliver({event_of(Kind::message, "m1")});
  world_->reader_seam().poison.clear();
  pass(30'000);
  EXPECT_EQ(messages().size(), 1u);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(world_->count(Family::dead_letter), 0u);
}

TEST_F(FailingReads, WhoMayHaveStoppedMessagesGetsNoneUntilItIsKnown) {
  deliver({event_of(Kind::message, "m1")});
  queue("An offer");
  world_->reader_seam().fails = Family::consent;
  pass(20'000);
  EXPECT_EQ(calls("send"), 1u);
  world_->reader_seam().fails.reset();
  pass(5'000);
  EXPECT_EQ(calls("send"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);

  queue("Another offer");
  world_->reader_seam().fails = Family::consent;
  ChannelEvent stop = event_of(Kind::consent, "stop");
  stop.consent = ConsentChange{ConsentChange::Scope::all, false, "STOP"};
  deliver({stop});
  pass(20'000);
  world_->reader_seam().fails.reset();
  pass(5'000);
  EXPECT_EQ(calls("send"), 3u);
  EXPECT_EQ(last().error().code(), "opted_out");
}

TEST_F(FailingReads, WhatCannotBeReadBackNowIsNotErased) {
  deliver({event_of(Kind::message, "m1")});
  for (const Family family : {Family::message, Family::conversation}) {
    queue("Your order is ready");
    crash();
    provider_.calls.clear();
    world_->reader_seam().fails = family;
    pass(20'000);
    EXPECT_EQ(calls("send"), 0u);
    world_->reader_seam().fails.reset();
    pass(20'000);
    EXPECT_EQ(calls("send"), 1u);
    EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT) << last().error().code();
  }
}

TEST_F(FailingReads, AMessageThatCannotBeReadIsNotOneThatIsNotThere) {
  deliver({event_of(Kind::message, "m1")});
  const std::string id = last().id();
  EngineSources sources;
  sources.storage_writable = [] { return true; };
  sources.storage_use = [] { return api::StorageUse(); };
  EngineOperations operations(world_->services(), world_->host(), world_->queries(),
                              std::move(sources));
  const auto story = [&] {
    return world_->ask<api::MessageTrace>([&](auto reply) {
      operations.message_trace(std::nullopt, *parse_id(IdType::message, id), {}, std::move(reply));
    });
  };
  world_->reader_seam().fails = Family::message;
  const auto unread = story();
  ASSERT_FALSE(unread.has_value());
  EXPECT_EQ(unread.error().code, Errc::io);
  world_->reader_seam().fails.reset();
  EXPECT_TRUE(story().has_value());
}

// Its client would otherwise wait at a stream that stays silent for ever.
TEST_F(FailingReads, AFollowerWhoseChangesCannotBeReadIsSentAway) {
  deliver({event_of(Kind::message, "m1")});
  std::vector<storage::FeedNotice> notices;
  (void)world_->rows().for_each(Family::feed, storage::keys::head(workspace_),
                                [&](std::string_view key, std::string_view value) {
                                  const auto at = storage::keys::parse_sequence(key);
                                  notices.push_back({workspace_, at->sequence, std::string(value)});
                                  return true;
                                });
  const auto sent_away = [&](Family fails, std::optional<std::uint64_t> after) {
    const StoredQueries queries(world_->reader_seam(), world_->pool(), world_->pool(),
                                world_->services().vault, adapters_);
    LiveHub hub(world_->reader_seam(), queries, clock_);
    world_->reader_seam().fails = fails;
    std::promise<void> lost;
    const auto following = hub.follow(
        workspace_, after, [](const Change&) { return true; }, [&] { lost.set_value(); }, {});
    if (!after) hub.on_feed(notices);
    const bool told =
        lost.get_future().wait_for(std::chrono::seconds(30)) == std::future_status::ready;
    hub.stop();
    world_->reader_seam().fails.reset();
    return told;
  };
  EXPECT_TRUE(sent_away(Family::feed, 0)) << "while it catches up";
  EXPECT_TRUE(sent_away(Family::message, 0));
  EXPECT_TRUE(sent_away(Family::message, std::nullopt)) << "while it follows live";
}

// A missing key is not a destroyed key: otherwise a new contact would start over rows that a backup
// can still decrypt.
TEST_F(FailingReads, AMissingKeyIsNoErasure) {
  deliver({event_of(Kind::message, "m1")});
  crash();
  world_->lose_contact_key(workspace_, contact_of("351900"));
  deliver({event_of(Kind::message, "m2")});
  pass(60'000);
  EXPECT_EQ(world_->count(Family::message), 1u);
  EXPECT_EQ(world_->count(Family::journal) + world_->count(Family::dead_letter), 1u)
      << "it is kept";
}

}  // namespace
}  // namespace aura::test
