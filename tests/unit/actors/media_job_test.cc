// How the end of a fetch is judged.
#include <gtest/gtest.h>

#include "actors/media/fetch_job.h"
#include "config/limits.h"
#include "storage/vault/data_key.h"

namespace aura::media {
namespace {

using Kind = Verdict::Kind;

class FetchJobTest : public ::testing::Test {
 protected:
  void gather(std::string_view bytes) {
    job_.gathered.add(bytes, {}, key_, commit_);
    job_.gathered.finish({}, key_, commit_);
  }
  Kind judged(FetchEnd::Kind kind, const std::string& type = "image/jpeg") {
    FetchEnd end;
    end.kind = kind;
    return judge(job_, end, type).kind;
  }

  storage::AesKey key_{std::string(storage::kDataKeySize, 'k')};
  storage::Commit commit_;
  FetchJob job_;
};

TEST_F(FetchJobTest, BytesAreCutIntoSealedParts) {
  const std::string bytes(2 * limits::kMediaPartBytes + 5, 'x');
  job_.gathered.add(bytes.substr(0, 100), {}, key_, commit_);
  EXPECT_TRUE(commit_.mutations.empty());
  job_.gathered.add(bytes.substr(100), {}, key_, commit_);
  EXPECT_EQ(commit_.mutations.size(), 2u);
  job_.gathered.finish({}, key_, commit_);
  ASSERT_EQ(commit_.mutations.size(), 3u);
  EXPECT_EQ(job_.gathered.size(), static_cast<std::int64_t>(bytes.size()));
  std::string again;
  for (const auto& part : commit_.mutations)
    again += *key_.open(storage::aad(part.family, part.key), part.value);
  EXPECT_EQ(again, bytes);
  EXPECT_FALSE(key_.open(storage::aad(commit_.mutations[0].family, commit_.mutations[0].key),
                         commit_.mutations[1].value))
      << "parts cannot be swapped";
}

TEST_F(FetchJobTest, DigestsAreReadInBothForms) {
  gather("hello media");
  EXPECT_TRUE(job_.gathered.digest_fits("0o0pVP+XrGgFLEvv+MhK0JYNFAhUD8SGJWzdfNaN0f4="));
  EXPECT_TRUE(job_.gathered.digest_fits(
      "d28d2954ff97ac68052c4beff8c84ad0960d1408540fc486256cdd7cd68dd1fe"));
  EXPECT_TRUE(job_.gathered.digest_fits(
      "D28D2954FF97AC68052C4BEFF8C84AD0960D1408540FC486256CDD7CD68DD1FE"));
  EXPECT_TRUE(job_.gathered.digest_fits(""));
  EXPECT_FALSE(job_.gathered.digest_fits("0o0pVP+XrGgFLEvv+MhK0JYNFAhUD8SGJWzdfNaN0f5="));
  EXPECT_FALSE(job_.gathered.digest_fits("d28d"));
}

TEST_F(FetchJobTest, AWholeFileIsStored) {
  job_.stored.body.set_type("image");
  gather("\xff\xd8\xff");
  EXPECT_EQ(judged(FetchEnd::Kind::complete), Kind::stored);
  EXPECT_EQ(judged(FetchEnd::Kind::complete, "text/html"), Kind::failed);
  job_.target.size = 2;
  EXPECT_EQ(judged(FetchEnd::Kind::complete), Kind::failed) << "larger than announced";
  job_.target.size = 3;
  job_.target.sha256 = "00";
  EXPECT_EQ(judged(FetchEnd::Kind::complete), Kind::retry) << "damaged";
}

TEST_F(FetchJobTest, AnEmptyFileIsTriedAgain) {
  EXPECT_EQ(judged(FetchEnd::Kind::complete), Kind::retry);
}

TEST_F(FetchJobTest, WhatIsGoneIsAskedForOnceMoreIfItCanBe) {
  EXPECT_EQ(judged(FetchEnd::Kind::gone), Kind::expired);
  job_.source.provider_id = "1";
  EXPECT_EQ(judged(FetchEnd::Kind::gone), Kind::retry);
  job_.stored.row.set_attempts(1);
  EXPECT_EQ(judged(FetchEnd::Kind::gone), Kind::expired);
}

TEST_F(FetchJobTest, ATokenMayBeRenewedALinkMayNot) {
  EXPECT_EQ(judged(FetchEnd::Kind::denied), Kind::expired);
  job_.target.headers = {{"Authorization", "Bearer t"}};
  EXPECT_EQ(judged(FetchEnd::Kind::denied), Kind::retry);
}

TEST_F(FetchJobTest, PausesGrow) {
  for (int i = 1; i < 10; ++i) EXPECT_LE(backoff(i), backoff(i + 1));
  EXPECT_EQ(backoff(1), 2000);
  EXPECT_EQ(most_bytes("file"), limits::kDocumentBytes);
  EXPECT_EQ(most_bytes("image"), limits::kMediaBytes);
}

}  // namespace
}  // namespace aura::media
