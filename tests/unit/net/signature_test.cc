// The test vectors of RFC 2202.
#include "net/signature.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "runtime/hex.h"

namespace aura::net {
namespace {

TEST(SignatureTest, Sha1AndEncodings) {
  EXPECT_EQ(to_hex(as_view(hmac_sha1("Jefe", "what do ya want for nothing?"))),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(to_base64("a"), "YQ==");
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
  EXPECT_EQ(from_base64("YQ=="), "a");
  EXPECT_EQ(from_base64(""), "");
  for (const char* const wrong : {"YQ=", "YQ", "YR==", "Y Q=", "====", "YQ==YQ=="}) {
    EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
  }
  EXPECT_TRUE(constant_time_equal("ab", "ab"));
  EXPECT_FALSE(constant_time_equal("ab", "a"));
}

// What an attacker could measure: a comparison that stops at the first difference takes a
// ten-thousandth of the time if that is the first byte.
TEST(SignatureTest, AWrongByteTakesTheSameTimeWhereverItIs) {
  const std::string right(256 * 1024, 'a');
  std::string first = right, last = right;
  first.front() = last.back() = 'b';
  const auto took = [&](const std::string& wrong) {
    const auto began = std::chrono::steady_clock::now();
    EXPECT_FALSE(constant_time_equal(right, wrong));
    return std::chrono::steady_clock::now() - began;
  };
  std::vector<std::chrono::steady_clock::duration> early, late;
  for (int i = 0; i < 201; ++i) {
    early.push_back(took(first));
    late.push_back(took(last));
  }
  for (auto* times : {&early, &late})
    std::nth_element(times->begin(), times->begin() + 100, times->end());
  EXPECT_LT(late[100], 2 * early[100]);
  EXPECT_LT(early[100], 2 * late[100]);
}

}  // namespace
}  // namespace aura::net
