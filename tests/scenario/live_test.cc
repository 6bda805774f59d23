// The live feed when changes come faster than a follower takes them.
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>

#include "actors/live/live_hub.h"
#include "config/limits.h"
#include "storage/keys.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

// A follower that blocks until it is opened.
class SlowFollower {
 public:
  bool take(const Change& change) {
    std::unique_lock lock(mutex_);
    ++asked_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    taken_.push_back(change.cursor);
    changed_.notify_all();
    return true;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_until_asked() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return asked_ > 0; });
  }
  std::vector<std::uint64_t> take_until(std::uint64_t last) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(60),
                      [&] { return !taken_.empty() && taken_.back() >= last; });
    return taken_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int asked_ = 0;
  std::vector<std::uint64_t> taken_;
};

class LiveTest : public ChannelsTest {
 protected:
  // Stores this many changes of the channel and returns the writer's notices.
  std::vector<storage::FeedNotice> change_channel(std::size_t times) {
    record::Feed row;
    row.set_kind(record::Feed::KIND_CHANNEL_UPDATED);
    row.set_channel(std::string(channel_id_.view()));
    row.set_at_ms(clock_.now_ms());
    storage::Commit commit;
    commit.workspace = workspace_;
    for (std::size_t i = 0; i < times; ++i)
      commit.appends.push_back(
          {Family::feed, storage::keys::head(workspace_), row.SerializeAsString()});
    Errc stored = Errc::timeout;
    world_->writer().submit(std::move(commit), [&](const auto& result) { stored = result.code; });
    world_->settle();
    EXPECT_EQ(stored, Errc::ok);
    std::vector<storage::FeedNotice> notices;
    (void)world_->rows().for_each(
        Family::feed, storage::keys::head(workspace_),
        [&](std::string_view key, std::string_view value) {
          const auto at = storage::keys::parse_sequence(key);
          if (at && at->sequence > newest_)
            notices.push_back({workspace_, at->sequence, std::string(value)});
          return true;
        });
    newest_ = notices.back().sequence;
    return notices;
  }
  std::uint64_t newest_ = 0;
};

TEST_F(LiveTest, ChangesThatComeFasterThanTheyAreToldAreBoundedAndNoneIsMissed) {
  connect();
  const auto earlier = change_channel(1);
  LiveHub hub(world_->rows(), world_->queries(), clock_);
  SlowFollower follower;
  const auto following = hub.follow(
      workspace_, std::nullopt, [&](const Change& change) { return follower.take(change); }, [] {},
      {});
  hub.on_feed({earlier.back()});
  follower.wait_until_asked();
  const auto notices = change_channel(2 * limits::kLiveQueue);
  for (const auto& notice : notices) hub.on_feed({notice});
  const double waiting = metrics::gauge("aura_live_waiting", "").value();
  follower.open();
  EXPECT_LE(waiting, static_cast<double>(limits::kLiveQueue + 1));
  EXPECT_GE(waiting, static_cast<double>(limits::kLiveQueue));
  std::vector<std::uint64_t> expected{earlier.back().sequence};
  for (const auto& notice : notices) expected.push_back(notice.sequence);
  EXPECT_EQ(follower.take_until(expected.back()), expected);
  const auto later = change_channel(1);  // from memory again
  hub.on_feed(later);
  expected.push_back(later.back().sequence);
  EXPECT_EQ(follower.take_until(expected.back()), expected);
}

TEST_F(LiveTest, AnExceptionCostsItsFollowersTheirStreamAndNothingElse) {
  connect();
  LiveHub hub(world_->rows(), world_->queries(), clock_);
  std::promise<void> lost;
  const auto broken = hub.follow(
      workspace_, std::nullopt,
      [](const Change&) -> bool { throw std::runtime_error("a broken follower"); },
      [&] { lost.set_value(); }, {});
  hub.on_feed(change_channel(1));
  ASSERT_EQ(lost.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
  SlowFollower follower;
  follower.open();
  const auto following = hub.follow(
      workspace_, std::nullopt, [&](const Change& change) { return follower.take(change); }, [] {},
      {});
  hub.on_feed(change_channel(1));
  // The change that ended the first may still be on its way to whoever follows by now.
  const auto taken = follower.take_until(newest_);
  ASSERT_FALSE(taken.empty());
  EXPECT_EQ(taken.back(), newest_);
}

TEST_F(LiveTest, ACursorIsGoodWhileEveryChangeBehindItIsKept) {
  connect();
  const std::uint64_t old = change_channel(3).front().sequence;
  LiveHub hub(world_->rows(), world_->queries(), clock_);
  const auto keeps = [&](std::uint64_t cursor) { return *hub.keeps_after(workspace_, cursor); };
  EXPECT_TRUE(keeps(old));
  EXPECT_FALSE(keeps(old + 1000)) << "of the time before a restore";
  clock_.advance(std::chrono::hours(4 * 24));
  const std::uint64_t later = change_channel(2).front().sequence;
  EXPECT_TRUE(keeps(old));
  clock_.advance(std::chrono::hours(4 * 24));
  EXPECT_FALSE(keeps(old)) << "what came then may be gone";
  EXPECT_TRUE(keeps(later));
  EXPECT_TRUE(keeps(0)) << "all that is kept";
  clock_.advance(std::chrono::hours(4 * 24));
  EXPECT_FALSE(keeps(later));
  EXPECT_TRUE(keeps(newest_)) << "nothing came behind it";
}

}  // namespace
}  // namespace aura::test
