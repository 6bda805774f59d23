#include "runtime/fault_points.h"

#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

namespace aura::fault {
namespace {

class FaultPointsTest : public testing::Test {
 protected:
  void TearDown() override { disarm(); }

  void arm_with(const std::string& specification, std::uint64_t seed = 1) {
    auto rules = parse(specification);
    ASSERT_TRUE(rules) << rules.error().detail;
    Effects effects;
    effects.kill = [this] { ++kills_; };
    effects.sleep = [this](std::chrono::milliseconds time) { slept_ += time; };
    arm(*rules, seed, effects);
  }
  static std::vector<int> failing_passes(const char* point_name, int passes) {
    std::vector<int> failed;
    for (int i = 0; i < passes; ++i)
      if (point(point_name)) failed.push_back(i);
    return failed;
  }

  int kills_ = 0;
  std::chrono::milliseconds slept_{0};
};

TEST_F(FaultPointsTest, UnarmedPointsDoNothing) { EXPECT_FALSE(point("S3_wal_written")); }

TEST_F(FaultPointsTest, AnErrorFailsTheNamedPointOnly) {
  arm_with("S3:error");
  EXPECT_TRUE(point("S3_wal_written"));
  EXPECT_TRUE(point("S3"));
  EXPECT_FALSE(point("S30_other"));
  EXPECT_FALSE(point("S4_other"));
  disarm();
  EXPECT_FALSE(point("S3_wal_written"));
}

TEST_F(FaultPointsTest, WholeNamesMatchToo) {
  arm_with("S3_wal_written:error");
  EXPECT_TRUE(point("S3_wal_written"));
  EXPECT_FALSE(point("S3_wal"));
}

TEST_F(FaultPointsTest, CountAndOffsetBoundTheFirings) {
  arm_with("S4:error:n=3:after=2");
  EXPECT_EQ(failing_passes("S4_send", 10), (std::vector<int>{2, 3, 4}));
}

TEST_F(FaultPointsTest, ProbabilityRepeatsWithItsSeed) {
  arm_with("S3:error:p=1/20", 7);
  const auto first = failing_passes("S3_wal", 2000);
  arm_with("S3:error:p=1/20", 7);
  EXPECT_EQ(failing_passes("S3_wal", 2000), first);
  arm_with("S3:error:p=1/20", 8);
  EXPECT_NE(failing_passes("S3_wal", 2000), first);
  EXPECT_GT(first.size(), 60u);
  EXPECT_LT(first.size(), 140u);
}

TEST_F(FaultPointsTest, KillAndDelayUseTheEffects) {
  arm_with("S3:kill:n=1,S8:delay=50ms");
  EXPECT_FALSE(point("S3_wal"));
  EXPECT_FALSE(point("S8_send"));
  EXPECT_FALSE(point("S8_send"));
  EXPECT_EQ(kills_, 1);
  EXPECT_EQ(slept_.count(), 100);
}

TEST_F(FaultPointsTest, KillKills) {
  EXPECT_EXIT(
      {
        arm(*parse("S3:kill"), 1);
        point("S3_wal");
      },
      testing::KilledBySignal(SIGKILL), "");
}

TEST_F(FaultPointsTest, PassesAreCountedForASweep) {
  arm({}, 1);
  point("S1_a");
  point("S2_b");
  point("S2_b");
  EXPECT_EQ(passes(), (std::map<std::string, std::uint64_t>{{"S1_a", 1}, {"S2_b", 2}}));
}

TEST_F(FaultPointsTest, ASpecificationIsReadWhole) {
  const auto rules = parse("S3:kill:p=1/200,S8:delay=50ms,S4:error:n=3");
  ASSERT_TRUE(rules);
  ASSERT_EQ(rules->size(), 3u);
  EXPECT_EQ((*rules)[0].action, Action::kill);
  EXPECT_EQ((*rules)[0].p_numerator, 1u);
  EXPECT_EQ((*rules)[0].p_denominator, 200u);
  EXPECT_EQ((*rules)[1].delay.count(), 50);
  EXPECT_EQ((*rules)[2].at_most, 3u);
  EXPECT_TRUE(parse("")->empty());
}

TEST_F(FaultPointsTest, ANameThatNoPointHasIsRefused) {
  for (const char* known : {"S2", "S10_flush", "S10", "conversation_commit", "S4:error,S9"})
    EXPECT_TRUE(check_names(*parse(std::string(known) + ":kill"))) << known;
  for (const char* unknown : {"S3", "S2_bef", "S1_", "S", "conversatio"}) {
    const auto checked = check_names(*parse(std::string("S4:kill,") + unknown + ":kill"));
    ASSERT_FALSE(checked) << unknown;
    EXPECT_NE(checked.error().detail.find("'" + std::string(unknown) + "'"), std::string::npos);
    EXPECT_NE(checked.error().detail.find("S2_before_write"), std::string::npos);
  }
}

TEST_F(FaultPointsTest, AWrongSpecificationIsRefusedByName) {
  for (const char* wrong : {"S3", "S3:", ":kill", "S3:explode", "S3:delay", "S3:delay=5",
                            "S3:delay=ms", "S3:delay=9999999ms", "S3:kill:p=1", "S3:kill:p=1/0",
                            "S3:kill:n=-1", "S3:kill:n=", "S3:kill:x=1", "S3:kill,,S4:kill"}) {
    const auto rules = parse(wrong);
    ASSERT_FALSE(rules) << wrong;
    EXPECT_EQ(rules.error().code, Errc::invalid);
    EXPECT_EQ(rules.error().field, "AURA_FAILPOINT");
  }
}

}  // namespace
}  // namespace aura::fault
