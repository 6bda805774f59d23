// The simulated Twilio API, and the size of text messages.
#include "bench/sim/sms_segments.h"
#include "bench/support/digest.h"
#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

const std::string kSid = "AC00000000000000000000000000000001";
const std::string kAccount = "/api.twilio.com/2010-04-01/Accounts/" + kSid;

std::string basic(const std::string& user, const std::string& secret) {
  return "Authorization: Basic " + to_base64(user + ":" + secret) + "\r\n";
}

class Twilio : public ProviderTest {
 protected:
  HttpAnswer send(const Form& form) {
    return call("POST", kAccount + "/Messages.json", encode_form(form), basic(kSid, "token"));
  }
  static Form hello() {
    return {{"To", "+15557654321"}, {"From", "+15550001111"}, {"Body", "Hi & bye é"}};
  }
  static Form with(Form form, const std::string& name, const std::string& value) {
    for (auto& [key, old] : form) {
      if (key == name) {
        old = value;
        return form;
      }
    }
    form.emplace_back(name, value);
    return form;
  }
};

TEST_F(Twilio, AnAcceptedMessageIsAnsweredRememberedAndListed) {
  const auto answer = send(with(hello(), "StatusCallback", "https://hooks.example.test/s"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_TRUE(holds(answer.body, R"("sid":"SM)"));
  EXPECT_TRUE(holds(answer.body, R"("status":"queued")"));
  EXPECT_TRUE(holds(answer.body, R"("num_segments":"1")"));
  EXPECT_EQ(ledger_.entries()[0].text, "Hi & bye é");
  EXPECT_EQ(ledger_.entries()[0].callback, "https://hooks.example.test/s");
  const auto list = [&](const std::string& query) {
    return call("GET", kAccount + "/Messages.json" + query, "", basic(kSid, "token")).body;
  };
  const auto sid = ledger_.entries()[0].message_id;
  EXPECT_EQ(sid.size(), 34u);
  EXPECT_TRUE(holds(list("?To=%2B15557654321&From=%2B15550001111&DateSent%3E=2026-09-21"), sid));
  EXPECT_FALSE(holds(list("?To=%2B15557654322"), sid));
  EXPECT_FALSE(holds(list("?DateSent%3E=2026-09-22"), sid));
  EXPECT_TRUE(
      holds(call("GET", kAccount + "/Messages/" + sid + ".json", "", basic(kSid, "t")).body, sid));
}

TEST_F(Twilio, EveryFieldIsChecked) {
  std::string emoji;
  for (int i = 0; i < 1601; ++i) emoji += "é";
  auto many = hello();
  for (int i = 0; i < 11; ++i) many.emplace_back("MediaUrl", "https://a.test/1");
  const std::vector<std::pair<Form, int>> cases{
      {with(hello(), "To", ""), 21604},
      {with(hello(), "To", "5557654321"), 21211},
      {with(hello(), "From", ""), 21603},
      {with(hello(), "From", "+0"), 21212},
      {with(hello(), "Body", ""), 21602},
      {with(hello(), "Body", emoji), 21617},
      {with(hello(), "MediaUrl", "file:///x"), 21620},
      {many, 21623},
      {with(hello(), "StatusCallback", "ws://x"), 21609},
      {with(hello(), "ValidityPeriod", "36001"), 20001},
  };
  for (const auto& [form, code] : cases) {
    EXPECT_TRUE(holds(send(form).body, "{\"code\":" + std::to_string(code) + ","));
  }
  EXPECT_EQ(ledger_.size(), 0u);
  EXPECT_EQ(send(with(with(hello(), "Body", ""), "MediaUrl", "https://a.test/1")).status, 201);
  EXPECT_TRUE(ledger_.entries()[0].message_id.starts_with("MM"));
  EXPECT_EQ(send(with(with(hello(), "From", ""), "MessagingServiceSid", "MG1")).status, 201);
}

TEST_F(Twilio, CallersAreChecked) {
  const auto get = [&](const std::string& target, const std::string& headers) {
    return call("GET", target, "", headers);
  };
  const auto self = kAccount + ".json";
  EXPECT_TRUE(holds(get(self, basic(kSid, "t")).body, R"("status":"active")"));
  EXPECT_TRUE(holds(get(self, "").body, R"("code":20003)"));
  EXPECT_EQ(get(self, basic("AC00000000000000000000000000000002", "t")).status, 401);
  EXPECT_EQ(get(self, basic("SK1", "t")).status, 200) << "an API key";
  EXPECT_EQ(get("/2010-04-01/Accounts/AC1.json", basic("AC1", "t")).status, 404);
  set(R"({"sms":{"tokens":{")" + kSid + R"(":"right"}}})");
  EXPECT_EQ(get(self, basic(kSid, "wrong")).status, 401);
  EXPECT_EQ(get(self, basic(kSid, "right")).status, 200);
  set(R"({"sms":{"expired_token":true}})");
  EXPECT_EQ(get(self, basic(kSid, "right")).status, 401);
  set(R"({"sms":null})");
  EXPECT_TRUE(holds(
      get(kAccount + "/IncomingPhoneNumbers.json?PhoneNumber=%2B15550001111", basic(kSid, "t"))
          .body,
      R"("capabilities":{"sms":true)"));
}

TEST_F(Twilio, FaultsHaveItsCodes) {
  set(R"({"sms":{"rate_429":1,"retry_after_seconds":3}})");
  EXPECT_TRUE(holds(send(hello()).body, R"("code":20429)"));
  EXPECT_EQ(send(hello()).extra_headers, "Retry-After: 3\r\n");
  set(R"({"sms":{"rate_429":0,"error_rate":1}})");
  EXPECT_TRUE(holds(send(hello()).body, R"("code":20500)"));
  set(R"({"sms":null})");
  set(R"({"sms":{"recipient_errors":{"+15557654321":"21408"}}})");
  EXPECT_TRUE(holds(send(hello()).body, R"("code":21408)"));
  set(R"({"sms":null})");
  twilio_.opted_out("+15557654321", true);
  EXPECT_TRUE(holds(send(hello()).body, R"("code":21610)"));
  twilio_.opted_out("+15557654321", false);
  EXPECT_EQ(send(hello()).status, 201);
}

TEST_F(Twilio, MediaWantTheAccountAndRedirectToAnotherHost) {
  const auto id = media_.add({"image/png", "png", ""});
  const auto path = kAccount + "/Messages/MM1/Media/" + id;
  EXPECT_EQ(call("GET", path, "", "").status, 401);
  const auto answer = call("GET", path, "", basic(kSid, "t"));
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(answer.extra_headers, "Location: http://localhost:7001/_media/sms/" + id + "\r\n");
  EXPECT_EQ(call("GET", "/_media/sms/" + id, "", "").body, "png");
  EXPECT_EQ(call("DELETE", path, "", basic(kSid, "t")).status, 204);
  EXPECT_EQ(call("GET", path, "", basic(kSid, "t")).status, 404);
}

std::string times(int count, const std::string& text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(SmsSize, TheVectorsOfTheProtocolPage) {
  struct Case {
    std::string text;
    bool gsm;
    int units;
    int parts;
  };
  for (const auto& [text, gsm, units, parts] : std::vector<Case>{
           {times(160, "a"), true, 160, 1},
           {times(161, "a"), true, 161, 2},
           {times(306, "a"), true, 306, 2},
           {times(307, "a"), true, 307, 3},
           {times(80, "€"), true, 160, 1},
           {times(81, "€"), true, 162, 2},
           {times(152, "a") + "€" + times(10, "b"), true, 164, 2},
           {times(70, "é"), true, 70, 1},
           {"ñandú", false, 5, 1},
           {"ç", false, 1, 1},
           {times(70, "Ж"), false, 70, 1},
           {times(71, "Ж"), false, 71, 2},
           {times(134, "Ж"), false, 134, 2},
           {times(135, "Ж"), false, 135, 3},
           {times(35, "😀"), false, 70, 1},
           {times(36, "😀"), false, 72, 2},
           {times(66, "a") + "😀" + times(10, "b"), false, 78, 2},
           {"it’s", false, 4, 1},
       }) {
    const auto size = sms_size(text);
    EXPECT_EQ(size.gsm, gsm) << text;
    EXPECT_EQ(size.units, units) << text;
    EXPECT_EQ(size.parts, parts) << text;
  }
}

TEST(Digest, Base64GoesBothWays) {
  for (const std::string text : {"a", "ab", "abc", "abcd"}) {
    EXPECT_EQ(from_base64(to_base64(text)), text);
  }
  EXPECT_EQ(from_base64("!!!!"), "");
}

}  // namespace
}  // namespace aura::bench
