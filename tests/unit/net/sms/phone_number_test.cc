// Normalisation of phone numbers.
#include "net/providers/phone_number.h"

#include <gtest/gtest.h>

namespace aura::net {
namespace {

TEST(PhoneNumber, InternationalForms) {
  for (const char* text :
       {"+15557654321", "+1 (555) 765-4321", "+1.555.765.4321", "＋１5557654321"}) {
    EXPECT_EQ(to_e164(text), "+15557654321") << text;
  }
  EXPECT_EQ(to_e164("+351 912 345 678"), "+351912345678");
  EXPECT_EQ(to_e164("+44 (0)20 7946 0958"), "+442079460958");
}

TEST(PhoneNumber, NationalFormsNeedARegion) {
  EXPECT_EQ(to_e164("912 345 678"), std::nullopt);
  EXPECT_EQ(to_e164("912 345 678", "PT"), "+351912345678");
  EXPECT_EQ(to_e164("(212) 555-0100", "US"), "+12125550100");
  EXPECT_EQ(to_e164("00351912345678", "DE"), "+351912345678");
  EXPECT_EQ(to_e164("+351912345678", "US"), "+351912345678");
}

TEST(PhoneNumber, WhatIsNone) {
  for (const std::string& text :
       {std::string(), std::string("+"), std::string("ACME"), std::string("+1"),
        std::string("+999123456789"), std::string("+1555"), std::string(200, '1')}) {
    EXPECT_EQ(to_e164(text), std::nullopt) << text;
  }
}

TEST(PhoneNumber, BrazilsNinthDigitAndMexicosOneAreOneIdentity) {
  EXPECT_EQ(phone_identity("+55 11 8765-4321"), "+5511987654321");
  EXPECT_EQ(phone_identity("+5511987654321"), "+5511987654321");
  EXPECT_EQ(phone_identity("+55 11 3765-4321"), "+551137654321");  // a land line
  EXPECT_EQ(phone_identity("+52 1 55 1234 5678"), "+525512345678");
  EXPECT_EQ(phone_identity("+525512345678"), "+525512345678");
  EXPECT_EQ(phone_identity("+15557654321"), "+15557654321");
}

// Normalising twice gives the same result as once.
TEST(PhoneNumber, FoldingIsIdempotent) {
  for (const char* number : {"+551187654321", "+5215512345678", "+351912345678", "+521551234567"}) {
    const std::string once = fold_e164(number);
    EXPECT_EQ(fold_e164(once), once) << number;
  }
}

}  // namespace
}  // namespace aura::net
