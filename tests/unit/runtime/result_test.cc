#include "runtime/result.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace aura {
namespace {

TEST(Result, EveryErrorHasItsOwnName) {
  std::set<std::string> names;
  for (int code = 0; code <= static_cast<int>(Errc::rate_limited); ++code)
    EXPECT_TRUE(names.insert(to_string(static_cast<Errc>(code))).second) << code;
  EXPECT_FALSE(names.contains("unknown"));
}

TEST(Result, ANumberOfANewerVersionIsUnknown) {
  EXPECT_STREQ(to_string(static_cast<Errc>(9999)), "unknown");
}

TEST(Result, FailCarriesCodeDetailAndField) {
  const Result<int> result = fail(Errc::invalid, "the name is empty", "/name");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::invalid);
  EXPECT_EQ(result.error().detail, "the name is empty");
  EXPECT_EQ(result.error().field, "/name");
}

}  // namespace
}  // namespace aura
