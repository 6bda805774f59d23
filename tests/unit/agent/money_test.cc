#include "actors/agent/money.h"

#include <gtest/gtest.h>

namespace aura::agent {
namespace {

TEST(Money, FollowsLocaleAndCurrency) {
  EXPECT_EQ(format_money(1250, "USD", "en-US"), "$12.50");
  EXPECT_EQ(format_money(1250, "EUR", "de-DE"), "12,50\u00A0€");
  EXPECT_EQ(format_money(123456789, "EUR", "de-DE"), "1.234.567,89\u00A0€");
  EXPECT_EQ(format_money(1250, "GBP", "en-GB"), "£12.50");
  EXPECT_EQ(format_money(1250, "BRL", "pt-BR"), "R$\u00A012,50");
  EXPECT_EQ(format_money(1250, "BRL", "pt_BR"), "R$\u00A012,50");
}

TEST(Money, FollowsTheCurrencysDigits) {
  EXPECT_EQ(minor_digits("JPY"), 0);
  EXPECT_EQ(minor_digits("KWD"), 3);
  EXPECT_EQ(format_money(1250, "JPY", "en-US"), "¥1,250");
  EXPECT_EQ(format_money(5, "USD", "en-US"), "$0.05");
  EXPECT_EQ(format_money(0, "USD", "en-US"), "$0.00");
}

TEST(Money, IsExactForLargeAmounts) {
  EXPECT_EQ(format_money(9'007'199'254'740'993, "USD", "en-US"), "$90,071,992,547,409.93");
}

TEST(Money, SurvivesUnknownCodes) {
  EXPECT_NE(format_money(1250, "???", "not a locale").find("12.50"), std::string::npos);
}

}  // namespace
}  // namespace aura::agent
