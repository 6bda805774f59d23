#include "actors/agent/text.h"

#include <gtest/gtest.h>

namespace aura::agent {
namespace {

TEST(Text, FoldsCaseDiacriticsWidthAndDigits) {
  EXPECT_EQ(fold("Crème BRÛLÉE"), "creme brulee");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("ｃａｆé１２"), "cafe 12");
  EXPECT_EQ(fold("٣ cakes"), "3 cakes");
  EXPECT_EQ(fold("cafe\xCC\x81"), "cafe");  // combining accent
}

TEST(Text, SplitsWordsAndNumbers) {
  EXPECT_EQ(fold("2lattes, please!"), "2 lattes please");
  EXPECT_EQ(fold("Cola 0,5l"), "cola 0.5 l");
  EXPECT_EQ(fold("d'avoine"), "d avoine");
}

TEST(Text, SurvivesBadBytes) {
  EXPECT_EQ(fold("ca\xFFke \xC3"), "ca ke");
  EXPECT_EQ(fold(std::string("a\0b", 3)), "a b");
  EXPECT_EQ(fold("cho\xE2\x80\x8B"
                 "colate"),
            "chocolate");  // zero-width space
  EXPECT_EQ(fold("😀🎂"), "");
}

TEST(Text, MarksLostDiacritics) {
  Tokens tokens;
  tokens.assign("té te", 8);
  EXPECT_TRUE(tokens[0].accented);
  EXPECT_FALSE(tokens[1].accented);
}

TEST(Text, EditDistanceCountsSwapsAsOne) {
  EXPECT_EQ(edit_distance("cake", "caek", 2), 1);
  EXPECT_EQ(edit_distance("croisant", "croissant", 2), 1);
  EXPECT_EQ(edit_distance("latte", "latte", 1), 0);
  EXPECT_EQ(edit_distance("coffee", "tea", 1), 2);
}

}  // namespace
}  // namespace aura::agent
