// The simulated provider, called without sockets: what it accepts, refuses and remembers.
#include <gtest/gtest.h>

#include "bench/sim/graph_api.h"
#include "bench/sim/send_request.h"

namespace aura::bench {
namespace {

constexpr const char* kHello =
    R"({"recipient":{"id":"7"},"messaging_type":"RESPONSE","message":{"text":"hello","metadata":"o1"}})";

class GraphApiTest : public ::testing::Test {
 protected:
  HttpAnswer post(const std::string& body, const std::string& query = "?access_token=T",
                  const std::string& headers = "") {
    bytes_ = "POST /v25.0/100/messages" + query + " HTTP/1.1\r\n" + headers +
             "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    HttpMessage message;
    EXPECT_EQ(parse_http(bytes_, message), Framing::complete);
    return api_.handle(message);
  }

  Knobs knobs_;
  Ledger ledger_;
  std::vector<std::string> told_;
  GraphApi api_{knobs_, ledger_, "secret",
                [this](const AcceptedSend& entry) { told_.push_back(entry.text); }};
  std::string bytes_;
};

TEST_F(GraphApiTest, AnAcceptedMessageIsAnsweredAndRemembered) {
  const auto answer = post(kHello);
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find(R"("recipient_id":"7","message_id":"m_sim)"), std::string::npos);
  EXPECT_EQ(told_, std::vector<std::string>{"hello"});
  const auto json = ledger_.json(0, 10);
  EXPECT_NE(json.find(R"("page_id":"100","recipient":"7","kind":"message","text":"hello")"),
            std::string::npos);
  EXPECT_NE(json.find(R"("metadata":"o1")"), std::string::npos);
  EXPECT_NE(ledger_.json(1, 10).find(R"("entries":[])"), std::string::npos);
}

TEST_F(GraphApiTest, TokensAndProofsAreChecked) {
  EXPECT_EQ(post(kHello, "").status, 400);
  EXPECT_EQ(post(kHello, "", "Authorization: Bearer T\r\n").status, 200);
  knobs_.tokens["100"] = "right";
  EXPECT_EQ(post(kHello).status, 401);
  EXPECT_EQ(post(kHello, "?access_token=right").status, 200);
  EXPECT_EQ(post(kHello, "?access_token=right&appsecret_proof=00").status, 400);
  const auto digits = Signer("secret").hex("right");
  EXPECT_EQ(post(kHello,
                 "?access_token=right&appsecret_proof=" + std::string(digits.data(), digits.size()))
                .status,
            200);
  knobs_.require_appsecret_proof = true;
  EXPECT_EQ(post(kHello, "?access_token=right").status, 400);
  knobs_.expired_token = true;
  const auto expired = post(kHello, "?access_token=right");
  EXPECT_EQ(expired.status, 401);
  EXPECT_NE(expired.body.find(R"("code":190,"error_subcode":463)"), std::string::npos);
}

TEST_F(GraphApiTest, FailuresAreMadeToMeasure) {
  knobs_.rate_429 = 1;
  knobs_.retry_after_seconds = 7;
  EXPECT_EQ(post(kHello).status, 429);
  EXPECT_EQ(post(kHello).extra_headers, "Retry-After: 7\r\n");
  knobs_.rate_429 = 0;
  knobs_.error_rate = 1;
  EXPECT_EQ(post(kHello).status, 500);
  knobs_.error_rate = 0;
  knobs_.reset_rate = 1;
  EXPECT_EQ(post(kHello).fate, HttpAnswer::Fate::reset);
  EXPECT_EQ(ledger_.size(), 0u) << "nothing of this was accepted";
  knobs_.reset_rate = 0;
  knobs_.drop_after_accept_rate = 1;
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

}  // namespace
}  // namespace aura::bench
