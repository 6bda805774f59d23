#include "actors/media/upload_allowance.h"

#include <gtest/gtest.h>

#include "config/limits.h"

namespace aura {
namespace {

constexpr Millis kNow = 1'790'000'000'000;
constexpr std::int64_t kFile = limits::kMediaBytes;

class UploadAllowanceTest : public testing::Test {
 protected:
  // Each call uses a new visitor token.
  Result<void> take(const std::string& address, std::int64_t bytes, Millis now = kNow) {
    return allowance_.take({derived_id({"ch"}), derived_id({std::to_string(++visitors_)}), address},
                           bytes, now);
  }
  UploadAllowance allowance_;
  int visitors_ = 0;
};

TEST_F(UploadAllowanceTest, ANewTokenIsNoNewAllowance) {
  std::int64_t stored = 0;
  while (take("203.0.113.7", kFile)) stored += kFile;
  EXPECT_LE(stored, limits::kAddressUploadBytes);
  EXPECT_GT(stored, 0);
  EXPECT_TRUE(take("203.0.113.8", kFile)) << "others may";
  for (int i = 0; i < 1000; ++i)
    if (take("203.0.113." + std::to_string(i % 200), kFile)) stored += kFile;
  EXPECT_LE(stored, limits::kChannelUploadBytes);
  EXPECT_FALSE(take("203.0.113.201", kFile)) << "the web chat's own bound";
  EXPECT_TRUE(take("203.0.113.201", kFile, kNow + 24 * 3'600'000));
}

TEST_F(UploadAllowanceTest, WhoIsRefusedTakesNoMemory) {
  while (take("203.0.113.7", kFile)) {
  }
  const auto before = allowance_.entries();
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(take("203.0.113.7", kFile));
  EXPECT_EQ(allowance_.entries(), before);
}

TEST_F(UploadAllowanceTest, SmallFilesAreCountedToo) {
  std::int64_t files = 0;
  while (files <= limits::kChannelUploads && take("", 1)) ++files;
  EXPECT_EQ(files, limits::kChannelUploads);
}

TEST_F(UploadAllowanceTest, WhoUsedItUpIsToldWhenTheNextDayBegins) {
  constexpr Millis kDay = 24 * 3'600'000;
  const Millis evening = (kNow / kDay + 1) * kDay - 90'500;
  while (take("203.0.113.7", kFile, evening)) continue;
  const auto refused = take("203.0.113.7", kFile, evening);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::rate_limited);
  EXPECT_EQ(refused.error().retry_after, std::chrono::seconds(91));
  EXPECT_TRUE(take("203.0.113.7", kFile, evening + 91'000));
}

}  // namespace
}  // namespace aura
