#include "runtime/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace aura {
namespace {

TEST(Utf8, WellFormedTextPasses) {
  for (const char* text : {"", "plain", "Pr\u00fcfung", "\u20ac", "\U0001F600 \U0010FFFF"})
    EXPECT_TRUE(is_utf8(text)) << text;
}

TEST(Utf8, WhatIsNoneDoesNot) {
  for (const char* bytes : {"\xff",
                            "Pr\xfc"
                            "fung",
                            "\xc3", "\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
                            "\xf4\x90\x80\x80", "ok \xe2\x82"})
    EXPECT_FALSE(is_utf8(bytes));
}

}  // namespace
}  // namespace aura
