// Files that contacts send: the text never waits for the file, the file is fetched again until it
// is stored or lost, a crash loses nothing, and a file that is unsent or erased is deleted.
#include "tests/scenario/media_world.h"

namespace aura::test {
namespace {

using storage::Family;
using Kind = FetchEnd::Kind;

const std::string kJpeg = "\xff\xd8\xff\xe0 the picture";

std::string large_file(std::size_t size) {
  std::string bytes = "\xff\xd8\xff";
  for (std::size_t i = 0; bytes.size() < size; ++i) bytes += static_cast<char>('a' + i * i % 23);
  return bytes;
}

TEST_F(MediaTest, TheTextNeverWaitsForThePicture) {
  receive_file("m1");
  ASSERT_EQ(messages().size(), 1u);
  EXPECT_EQ(messages()[0].text(), "Look at this");
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_PENDING);
  EXPECT_TRUE(attachment().has_media_id());
  ASSERT_EQ(fetcher_.urls, std::vector<std::string>{"https://cdn.test/m1"});
  const auto feed_before = world_->count(Family::feed);
  answer(kJpeg);
  EXPECT_EQ(world_->count(Family::feed), feed_before + 1) << "message.updated";
  const auto shown = attachment();
  EXPECT_EQ(shown.state(), api::MEDIA_STATE_STORED);
  EXPECT_EQ(shown.mime_type(), "image/jpeg");
  EXPECT_EQ(shown.size_bytes(), static_cast<std::int64_t>(kJpeg.size()));
  EXPECT_TRUE(shown.url().starts_with("https://shop.test/media/")) << shown.url();
  const auto file = open(shown.url());
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->bytes, kJpeg);
  EXPECT_EQ(file->content_type, "image/jpeg");
  EXPECT_EQ(world_->count(Family::media_due), 0u);
}

TEST_F(MediaTest, ALargeFileIsStoredInPartsAndReadInRanges) {
  const std::string bytes = large_file(3 * MediaFetcher::kPieceBytes + 12'345);
  receive_file("m1", "person", "file");
  answer(bytes);
  EXPECT_EQ(world_->count(Family::blob), (bytes.size() + 65'535) / 65'536);
  const std::string url = attachment().url();
  EXPECT_EQ(open(url)->bytes, bytes);
  const auto part = open(url, ByteRange{65'000, 66'999});
  EXPECT_EQ(part->bytes, bytes.substr(65'000, 2'000));
  EXPECT_EQ(part->total, static_cast<std::int64_t>(bytes.size()));
  EXPECT_EQ(open(url, ByteRange{std::nullopt, 10})->bytes, bytes.substr(bytes.size() - 10));
  EXPECT_EQ(open(url, ByteRange{1'500'000, std::nullopt})->bytes, bytes.substr(1'500'000));
  EXPECT_TRUE(open(url, ByteRange{9'000'000, std::nullopt})->out_of_range);
}

TEST_F(MediaTest, AFailedFetchIsTriedAgainAndInTheEndShown) {
  receive_file("m1");
  for (int attempt = 1; attempt < limits::kMediaAttempts; ++attempt) {
    ASSERT_EQ(fetcher_.open.size(), 1u) << attempt;
    fetcher_.end(Kind::failed, "The other side fell silent.");
    world_->settle();
    EXPECT_EQ(attachment().state(), api::MEDIA_STATE_PENDING);
    EXPECT_TRUE(fetcher_.open.empty()) << "not at once";
    world_->advance(8 * 3'600'000);
    world_->settle();
  }
  fetcher_.end(Kind::failed, "The other side fell silent.");
  world_->settle();
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_FAILED);
  EXPECT_EQ(attachment().media_error(), "The other side fell silent.");
  EXPECT_EQ(world_->count(Family::media_due), 0u);
  EXPECT_EQ(fetcher_.urls.size(), static_cast<std::size_t>(limits::kMediaAttempts));
}

TEST_F(MediaTest, TheSecondAttemptMaySucceed) {
  receive_file("m1");
  fetcher_.piece(large_file(200'000));
  world_->settle();
  fetcher_.end(Kind::failed, "The answer was cut off.");
  world_->settle();
  pass(4000);
  ASSERT_EQ(fetcher_.open.size(), 1u);
  answer(kJpeg);
  EXPECT_EQ(open(attachment().url())->bytes, kJpeg);
  EXPECT_EQ(world_->count(Family::blob), 1u) << "nothing of the first attempt is left";
}

TEST_F(MediaTest, AChannelThatCannotBeReadIsNotOneThatIsGone) {
  world_->reader_seam().fails = Family::channel;
  deliver(MediaChannel::item("m1", "person", "image", {"", "media-1", "", true}));
  pass(30'000);
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_PENDING);
  EXPECT_TRUE(provider_.lookups.empty());
  world_->reader_seam().fails.reset();
  provider_.lookup_answer.status = 200;
  provider_.lookup_answer.body = "https://lookaside.test/a";
  pass(60'000);
  ASSERT_EQ(provider_.lookups.size(), 1u);
  answer(kJpeg);
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_STORED);
}

TEST_F(MediaTest, WhatIsGoneOrRefusedIsNotTriedAgain) {
  const std::vector<std::pair<Kind, api::MediaState>> table{
      {Kind::gone, api::MEDIA_STATE_EXPIRED},
      {Kind::denied, api::MEDIA_STATE_EXPIRED},
      {Kind::refused, api::MEDIA_STATE_FAILED}};
  int n = 0;
  for (const auto& [kind, state] : table) {
    const std::string who = "person" + std::to_string(n++);
    receive_file("m" + who, who);
    fetcher_.end(kind, "Not public.");
    world_->settle();
    EXPECT_EQ(attachment(who).state(), state);
    EXPECT_FALSE(attachment(who).has_url());
  }
  world_->advance(24 * 3'600'000);
  world_->settle();
  EXPECT_TRUE(fetcher_.open.empty());
}

TEST_F(MediaTest, AnErrorPageIsNoPicture) {
  receive_file("m1");
  answer("<html><body>Please log in</body></html>", "image/jpeg");
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_FAILED);
  EXPECT_EQ(world_->count(Family::blob), 0u);
}

TEST_F(MediaTest, MediaWithAnIdIsAskedForAndItsDigestChecked) {
  provider_.lookup_answer.status = 200;
  provider_.lookup_answer.body = "https://lookaside.test/a";
  // Of `hello media`.
  const std::string digest = "0o0pVP+XrGgFLEvv+MhK0JYNFAhUD8SGJWzdfNaN0f4=";
  deliver(MediaChannel::item("m1", "person", "file", {"", "media-1", digest, true}));
  EXPECT_EQ(provider_.lookups, std::vector<std::string>{"sim:media/media-1"});
  ASSERT_EQ(fetcher_.open.size(), 1u);
  EXPECT_EQ(fetcher_.open.front().target.url, "https://lookaside.test/a");
  EXPECT_EQ(fetcher_.open.front().target.headers.size(), 1u);
  answer("hello mediA", "text/plain");
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_PENDING) << "damaged: once more";
  pass(4000);
  EXPECT_EQ(provider_.lookups.size(), 2u) << "the address is asked for anew";
  answer("hello media", "text/plain");
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_STORED);
  EXPECT_EQ(open(attachment().url())->bytes, "hello media");
}

TEST_F(MediaTest, TheProviderHasItNoMore) {
  provider_.lookup_answer.status = 404;
  deliver(MediaChannel::item("m1", "person", "image", {"", "media-1", "", true}));
  EXPECT_EQ(attachment().state(), api::MEDIA_STATE_EXPIRED);
  EXPECT_TRUE(fetcher_.urls.empty());
}

TEST_F(MediaTest, ACrashBeforeDuringAndAfterAFetchLosesNothing) {
  const std::string bytes = large_file(700'000);
  receive_file("m1");
  crash();
  start();
  ASSERT_EQ(fetcher_.open.size(), 1u) << "found again by its row, nobody wrote";
  fetcher_.piece(bytes.substr(0, MediaFetcher::kPieceBytes));
  world_->settle();
  EXPECT_GT(world_->count(Family::blob), 0u);
  crash();
  start();
  ASSERT_EQ(fetcher_.open.size(), 1u);
  answer(kJpeg);
  EXPECT_EQ(world_->count(Family::blob), 1u) << "the longer attempt before left nothing";
  crash();
  start();
  EXPECT_TRUE(fetcher_.open.empty());
  EXPECT_EQ(open(attachment().url())->bytes, kJpeg);
}

TEST_F(MediaTest, FewAreFetchedAtOnceAndAllInTheEnd) {
  for (int i = 0; i < 20; ++i) receive_file("m" + std::to_string(i), "person" + std::to_string(i));
  EXPECT_EQ(fetcher_.open.size(), static_cast<std::size_t>(limits::kMediaFetches));
  while (!fetcher_.open.empty()) {
    EXPECT_LE(fetcher_.open.size(), static_cast<std::size_t>(limits::kMediaFetches));
    answer(kJpeg);
  }
  EXPECT_EQ(fetcher_.urls.size(), 20u);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(attachment("person" + std::to_string(i)).state(), api::MEDIA_STATE_STORED) << i;
}

TEST_F(MediaTest, UnsendingRemovesTheFile) {
  receive_file("m1");
  answer(kJpeg);
  const std::string url = attachment().url();
  EXPECT_EQ(world_->count(Family::blob), 1u);
  tell(ChannelEvent::Kind::unsend, "u1", "m1");
  EXPECT_EQ(world_->count(Family::media), 0u);
  EXPECT_EQ(world_->count(Family::blob), 0u);
  EXPECT_EQ(open(url).error().code, Errc::not_found);
}

class RemovedWhileFetched : public MediaTest {
 protected:
  // Removes the file in the middle of its fetch, and fetches it to its end.
  void remove_by(const std::function<void()>& removal) {
    receive_file("m1");
    fetcher_.piece(large_file(200'000));
    world_->settle();
    removal();
    fetcher_.piece(large_file(200'000));
    world_->settle();
    fetcher_.end(Kind::complete, {}, "image/jpeg");
    pass(5000);
  }
  void TearDown() override {
    for (const Family family : {Family::media, Family::blob, Family::media_due})
      EXPECT_EQ(world_->count(family), 0u) << static_cast<int>(family);
  }
};

TEST_F(RemovedWhileFetched, UnsendingLeavesNothing) {
  remove_by([this] { tell(ChannelEvent::Kind::unsend, "u1", "m1"); });
}

TEST_F(RemovedWhileFetched, ErasingTheContactLeavesNothing) {
  remove_by([this] {
    const Id contact = conversation::contact_id(channel_id_, "person");
    EXPECT_TRUE(world_->ask<std::monostate>([&](auto reply) {
      world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
    }));
  });
}

TEST_F(MediaTest, UnsendingJustBeforeTheEndLeavesNothing) {
  receive_file("m1");
  fetcher_.piece(kJpeg);
  world_->settle();
  tell(ChannelEvent::Kind::unsend, "u1", "m1");
  fetcher_.end(Kind::complete, {}, "image/jpeg");
  pass(5000);
  EXPECT_EQ(world_->count(Family::media), 0u);
  EXPECT_EQ(world_->count(Family::blob), 0u);
  EXPECT_EQ(world_->count(Family::media_due), 0u);
}

TEST_F(MediaTest, AnUnsendThatComesFirstMeansNoFetch) {
  tell(ChannelEvent::Kind::unsend, "u1", "m1");
  receive_file("m1");
  EXPECT_TRUE(fetcher_.urls.empty());
  EXPECT_EQ(world_->count(Family::media), 0u);
}

TEST_F(MediaTest, UnsendingATryThatWaitsEndsIt) {
  receive_file("m1");
  fetcher_.end(Kind::failed, "later");
  world_->settle();
  tell(ChannelEvent::Kind::unsend, "u1", "m1");
  pass(5000);
  EXPECT_TRUE(fetcher_.open.empty());
  EXPECT_EQ(world_->count(Family::media_due), 0u);
}

TEST_F(MediaTest, ErasingTheContactMakesTheBytesUnreadable) {
  const std::string canary = "CANARY-Qz7Kx9Vw3Jp5";
  receive_file("m1", "person", "file");
  answer(canary + large_file(100'000), "text/plain");
  receive_file("m2", "other", "file");
  answer(canary, "text/plain");
  EXPECT_EQ(canary_file(canary), "") << "never in the clear";
  const std::string url = attachment().url(), kept = attachment("other").url();
  const Id contact = conversation::contact_id(channel_id_, "person");
  const auto gone = world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  });
  ASSERT_TRUE(gone) << gone.error().detail;
  EXPECT_EQ(open(url).error().code, Errc::not_found);
  EXPECT_EQ(world_->services().vault.contact_key(workspace_, contact).error().code,
            Errc::not_found);
  EXPECT_EQ(world_->count(Family::media), 1u);
  EXPECT_EQ(world_->count(Family::blob), 1u);
  EXPECT_EQ(open(kept)->bytes, canary) << "the other contact's file stays";
  crash();
  start();
  EXPECT_EQ(open(url).error().code, Errc::not_found);
}

TEST_F(MediaTest, ALinkOpensOnlyAsItWasMadeAndOnlyForAWhile) {
  receive_file("m1");
  answer(kJpeg);
  std::string url = attachment().url();
  ASSERT_TRUE(open(url));
  std::string other = url;
  other[other.find("/media/") + 80] ^= 1;
  EXPECT_EQ(open(other).error().code, Errc::unauthorized);
  std::string longer = url;
  longer.insert(longer.find("?expires=") + 9, "9");
  EXPECT_EQ(open(longer).error().code, Errc::unauthorized);
  world_->advance(Millis{26} * 3'600'000);
  EXPECT_EQ(open(url).error().code, Errc::unauthorized);
  EXPECT_TRUE(open(attachment().url())) << "a fresh one is had by asking again";
}

}  // namespace
}  // namespace aura::test
