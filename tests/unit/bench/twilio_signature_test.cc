// X-Twilio-Signature: known forms with their signatures.
#include "bench/sim/twilio_signature.h"

#include <gtest/gtest.h>

namespace aura::bench {
namespace {

constexpr auto kToken = "12345abcdef67890twilio_test_token";

Form inbound() {
  return {{"ApiVersion", "2010-04-01"},
          {"AccountSid", "AC00000000000000000000000000000001"},
          {"Body", "Hello & good day é"},
          {"From", "+15557654321"},
          {"FromCountry", "US"},
          {"MessageSid", "SM00000000000000000000000000000001"},
          {"NumMedia", "0"},
          {"NumSegments", "1"},
          {"SmsSid", "SM00000000000000000000000000000001"},
          {"To", "+15550001111"}};
}

TEST(TwilioSignature, SignsUrlAndSortedParameters) {
  EXPECT_EQ(twilio_signature(kToken, "https://hooks.example.test/twilio/sms?ch=ch_01", inbound()),
            "3T4avzadQzIJSawhfkVkmP9Lv5M=");
  EXPECT_EQ(
      twilio_signature(kToken, "https://hooks.example.test:443/twilio/sms?ch=ch_01", inbound()),
      "TmRlKgHsQ0kh32ut26IQTZrx1kE=");
}

TEST(TwilioSignature, RepeatedParametersCountOnceEachAndSorted) {
  const Form form{{"MediaUrl", "https://b.test/2"},
                  {"MediaUrl", "https://a.test/1"},
                  {"MediaUrl", "https://b.test/2"},
                  {"Z", "1"}};
  EXPECT_EQ(twilio_signature(kToken, "https://hooks.example.test/t", form),
            "gGcQRLHAUgt59XCJgNYZLLw1EwA=");
}

TEST(Form, WhatIsEncodedIsReadBack) {
  EXPECT_EQ(parse_form(encode_form(inbound())), inbound());
  EXPECT_EQ(form_value(parse_form("a=1&b=x+y%21&a=2&c"), "b"), "x y!");
}

}  // namespace
}  // namespace aura::bench
