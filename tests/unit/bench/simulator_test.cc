// The simulated provider without sockets: what it accepts, refuses and remembers.
#include <gtest/gtest.h>

#include "bench/sim/send_request.h"
#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

constexpr const char* kHello =
    R"({"recipient":{"id":"7"},"messaging_type":"RESPONSE","message":{"text":"hello","metadata":"o1"}})";

class GraphApiTest : public ProviderTest {
 protected:
  HttpAnswer post(const std::string& body, const std::string& query = "?access_token=T",
                  const std::string& headers = "") {
    return call("POST", "/v25.0/100/messages" + query, body, headers);
  }
};

TEST_F(GraphApiTest, AnAcceptedMessageIsAnsweredAndRemembered) {
  const auto answer = post(kHello);
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find(R"("recipient_id":"7","message_id":"m_sim)"), std::string::npos);
  EXPECT_EQ(told_, std::vector<std::string>{"hello"});
  const auto json = ledger_.json(0, 10);
  EXPECT_NE(
      json.find(
          R"("channel":"messenger","page_id":"100","recipient":"7","kind":"message","type":"text",)"
          R"("text":"hello")"),
      std::string::npos);
  EXPECT_NE(json.find(R"("metadata":"o1")"), std::string::npos);
  EXPECT_NE(ledger_.json(1, 10).find(R"("entries":[])"), std::string::npos);
}

TEST_F(GraphApiTest, TokensAndProofsAreChecked) {
  EXPECT_EQ(post(kHello, "").status, 400);
  EXPECT_EQ(post(kHello, "", "Authorization: Bearer T\r\n").status, 200);
  set(R"({"tokens":{"100":"right"}})");
  EXPECT_EQ(post(kHello).status, 401);
  EXPECT_EQ(post(kHello, "?access_token=right").status, 200);
  EXPECT_EQ(post(kHello, "?access_token=right&appsecret_proof=00").status, 400);
  const auto digits = Signer("secret").hex("right");
  EXPECT_EQ(post(kHello,
                 "?access_token=right&appsecret_proof=" + std::string(digits.data(), digits.size()))
                .status,
            200);
  set(R"({"require_appsecret_proof":true})");
  EXPECT_EQ(post(kHello, "?access_token=right").status, 400);
  set(R"({"expired_token":true})");
  const auto expired = post(kHello, "?access_token=right");
  EXPECT_EQ(expired.status, 401);
  EXPECT_NE(expired.body.find(R"("code":190,"error_subcode":463)"), std::string::npos);
}

TEST_F(GraphApiTest, FailuresAreMadeToMeasure) {
  set(R"({"rate_429":1,"retry_after_seconds":7})");
  EXPECT_EQ(post(kHello).status, 429);
  EXPECT_EQ(post(kHello).extra_headers, "Retry-After: 7\r\n");
  set(R"({"rate_429":0,"error_rate":1})");
  EXPECT_EQ(post(kHello).status, 500);
  set(R"({"error_rate":0,"reset_rate":1})");
  EXPECT_EQ(post(kHello).fate, HttpAnswer::Fate::reset);
  EXPECT_EQ(ledger_.size(), 0u) << "nothing of this was accepted";
  set(R"({"reset_rate":0,"drop_after_accept_rate":1})");
  EXPECT_EQ(post(kHello).fate, HttpAnswer::Fate::close_silently);
  EXPECT_EQ(ledger_.size(), 1u) << "accepted, only the answer is missing";
}

TEST(SendRequest, RefusesWhatMetaRefuses) {
  const auto code = [](const std::string& body) {
    AcceptedSend out;
    std::string proof;
    return parse_send(body, out, proof).code;
  };
  EXPECT_EQ(code(kHello), 0);
  EXPECT_EQ(code(R"({"recipient":{"id":"7"},"sender_action":"typing_on"})"), 0);
  for (
      const auto* bad : {
          "not json",
          R"({"message":{"text":"x"}})",
          R"({"recipient":{"id":"7"}})",
          R"({"recipient":{"id":"7"},"message":{}})",
          R"({"recipient":{"id":"7"},"message":{"text":""}})",
          R"({"recipient":{"id":"7"},"message":{"text":"x","attachment":{}}})",
          R"({"recipient":{"id":"7"},"sender_action":"typing_on","message":{"text":"x"}})",
          R"({"recipient":{"id":"7"},"sender_action":"dance"})",
          R"({"recipient":{"id":"7"},"messaging_type":"MESSAGE_TAG","tag":"ACCOUNT_UPDATE","message":{"text":"x"}})",
      }) {
    EXPECT_EQ(code(bad), 100) << bad;
  }
}

TEST(SendRequest, TextIsLimitedInCharactersNotBytes) {
  const auto code = [](std::size_t characters) {
    std::string text;
    for (std::size_t i = 0; i < characters; ++i) text += "é";
    AcceptedSend out;
    std::string proof;
    return parse_send(R"({"recipient":{"id":"7"},"message":{"text":")" + text + R"("}})", out,
                      proof)
        .code;
  };
  EXPECT_EQ(code(2000), 0);
  EXPECT_EQ(code(2001), 100);
}

TEST(Knobs, AMergeChangesOnlyWhatItNamesOrNothing) {
  Knobs knobs;
  EXPECT_EQ(merge_json(knobs, R"({"error_rate":0.5,"tokens":{"1":"a"}})"), "");
  EXPECT_EQ(knobs.error_rate, 0.5);
  EXPECT_EQ(knobs.tokens.at("1"), "a");
  EXPECT_NE(merge_json(knobs, R"({"error_rate":0.1,"no_such_knob":1})"), "");
  EXPECT_NE(merge_json(knobs, R"({"error_rate":"high"})"), "");
  EXPECT_EQ(knobs.error_rate, 0.5);
  Knobs copy;
  EXPECT_EQ(merge_json(copy, to_json(knobs)), "");
  EXPECT_EQ(to_json(copy), to_json(knobs));
}

TEST(Knobs, AChannelHasItsOwnOverThoseOfAll) {
  KnobSet knobs;
  EXPECT_EQ(knobs.merge(R"({"error_rate":0.1,"whatsapp":{"error_rate":0.5,"read":true}})"), "");
  EXPECT_EQ(knobs.of(Channel::messenger).error_rate, 0.1);
  EXPECT_EQ(knobs.of(Channel::whatsapp).error_rate, 0.5);
  EXPECT_EQ(knobs.merge(R"({"error_rate":0.2})"), "");
  EXPECT_EQ(knobs.of(Channel::sms).error_rate, 0.2);
  EXPECT_EQ(knobs.of(Channel::whatsapp).error_rate, 0.5) << "its own value stays";
  EXPECT_NE(knobs.merge(R"({"error_rate":0.9,"sms":{"no_such_knob":1}})"), "");
  EXPECT_EQ(knobs.all().error_rate, 0.2) << "nothing of a wrong change";
  KnobSet copy;
  EXPECT_EQ(copy.merge(knobs.json()), "");
  EXPECT_EQ(copy.json(), knobs.json());
  EXPECT_EQ(knobs.merge(R"({"whatsapp":null})"), "");
  EXPECT_EQ(knobs.of(Channel::whatsapp).error_rate, 0.2);
}

}  // namespace
}  // namespace aura::bench
