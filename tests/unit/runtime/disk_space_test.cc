#include "runtime/disk_space.h"

#include <gtest/gtest.h>

#include <limits>

namespace aura {
namespace {

TEST(DiskSpace, IsEnoughAboveTheBoundOnly) {
  EXPECT_TRUE(DiskSpace("/", 1).enough());
  EXPECT_FALSE(DiskSpace("/", std::numeric_limits<std::int64_t>::max()).enough());
}

TEST(DiskSpace, WithoutABoundAPartOfTheFileSystemIsKept) {
  EXPECT_TRUE(DiskSpace("/proc", 0).enough()) << "of no blocks, a part is nothing";
}

TEST(DiskSpace, AnUnreadablePathStopsNobody) {
  EXPECT_TRUE(DiskSpace("/no/such/folder", std::numeric_limits<std::int64_t>::max()).enough());
}

}  // namespace
}  // namespace aura
