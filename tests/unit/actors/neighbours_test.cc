#include "actors/engine/neighbours.h"

#include <gtest/gtest.h>

namespace aura::test {
namespace {

using std::chrono::milliseconds;

const Id kOne = derived_id({"workspace", "1"});
const Id kTwo = derived_id({"workspace", "2"});
const Id kThree = derived_id({"workspace", "3"});

Neighbours::Moment at(int ms) {
  return Neighbours::Moment(std::chrono::hours(1) + milliseconds(ms));
}

TEST(Neighbours, AWorkspaceIsNotItsOwnNeighbour) {
  Neighbours neighbours(milliseconds(1000));
  EXPECT_FALSE(neighbours.has(kOne, at(0)));
  neighbours.served(kOne, at(0));
  EXPECT_FALSE(neighbours.has(kOne, at(1)));
  EXPECT_TRUE(neighbours.has(kTwo, at(1)));
}

TEST(Neighbours, OneThatWasServedBeforeThisWorkspaceStillCounts) {
  Neighbours neighbours(milliseconds(1000));
  neighbours.served(kTwo, at(0));
  neighbours.served(kThree, at(100));
  for (int ms = 200; ms < 300; ++ms) neighbours.served(kOne, at(ms));
  EXPECT_TRUE(neighbours.has(kOne, at(1099)));
  EXPECT_FALSE(neighbours.has(kOne, at(1100))) << "served too long ago";
}

}  // namespace
}  // namespace aura::test
