#include "runtime/hex.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

TEST(Hex, AnyBytesComeBack) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
  EXPECT_EQ(from_lower_hex(to_hex(bytes)), bytes);
  EXPECT_EQ(to_hex("\x0a\xff"), "0aff");
}

TEST(Hex, OnlyHexadecimalDigits) {
  EXPECT_EQ(from_hex("0aFF"), "\x0a\xff");
  EXPECT_EQ(from_hex(""), "");
  for (const char* bad : {"0", "0g", "0aF", "0 ", "x0", "-1"}) EXPECT_FALSE(from_hex(bad)) << bad;
}

TEST(Hex, OneSpellingOnlyWhereAsked) {
  EXPECT_EQ(from_lower_hex("0aff"), "\x0a\xff");
  EXPECT_FALSE(from_lower_hex("0aFF"));
  EXPECT_FALSE(from_lower_hex("0g"));
}

}  // namespace
}  // namespace aura
