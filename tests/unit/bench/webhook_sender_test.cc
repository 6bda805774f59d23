// The webhook sender against a server on loopback: what arrives, how often, and how it is signed.
#include "bench/sim/webhook_sender.h"

#include <gtest/gtest.h>

#include "bench/sim/http_server.h"
#include "bench/sim/inbound.h"
#include "bench/sim/retry_rule.h"
#include "bench/sim/twilio_signature.h"

namespace aura::bench {
namespace {

class SenderTest : public ::testing::Test {
 protected:
  struct Arrived {
    std::string target, body, signature, twilio, token;
  };

  HttpAnswer take(const HttpMessage& request) {
    arrived_.push_back({std::string(request.target()), request.decoded_body(),
                        std::string(request.header("X-Hub-Signature-256").value_or("")),
                        std::string(request.header("X-Twilio-Signature").value_or("")),
                        std::string(request.header("I-Twilio-Idempotency-Token").value_or(""))});
    HttpAnswer answer;
    answer.status = answers_.empty() ? 200 : answers_.front();
    answer.body = query_value(request.target(), "hub.challenge").value_or("");
    if (!answers_.empty()) answers_.erase(answers_.begin());
    const auto& last = arrived_.back();
    if (checks_signatures_ && last.signature != meta_signature(last.body)) answer.status = 401;
    return answer;
  }
  void set(const std::string& json) { ASSERT_EQ(knobs_.merge(json), ""); }
  void text(const std::string& id) {
    InboundInput in;
    in.account = "100";
    in.from = "7";
    in.id = id;
    in.at_ms = 1'790'000'000'000;
    sender_.submit(make_inbound(*inbound_kind(Channel::messenger, "text"), in));
  }
  bool run_until_settled() {
    return loop_.run_until(steady_now() + std::chrono::seconds(10),
                           [&] { return sender_.waiting() == 0; });
  }
  std::string meta_signature(const std::string& body) const {
    const auto digits = Signer("secret").hex(body);
    return "sha256=" + std::string(digits.data(), digits.size());
  }

  Loop loop_;
  KnobSet knobs_;
  Faults faults_{knobs_};
  WebhookLog log_;
  std::vector<Arrived> arrived_;
  std::vector<int> answers_;
  bool checks_signatures_ = false;
  HttpServer server_{loop_, {}, [this](const HttpMessage& request) { return take(request); }};
  WebhookSender sender_{loop_,
                        faults_,
                        log_,
                        {server_.endpoint().url() + "/webhooks/meta", "secret", "900100",
                         [](const std::string&) { return std::string("token"); }}};
};

TEST_F(SenderTest, ASignedBodyIsDeliveredOnce) {
  text("m_1");
  ASSERT_TRUE(run_until_settled());
  ASSERT_EQ(arrived_.size(), 1u);
  EXPECT_EQ(arrived_[0].target, "/webhooks/meta");
  EXPECT_EQ(arrived_[0].signature, meta_signature(arrived_[0].body));
  EXPECT_EQ(log_.records()[0].outcome, WebhookRecord::Outcome::delivered);
}

TEST_F(SenderTest, WhatIsRefusedComesAgain) {
  set(R"({"webhook_retry_ms":1})");
  answers_ = {503, 500, 200};
  text("m_1");
  ASSERT_TRUE(run_until_settled());
  ASSERT_EQ(arrived_.size(), 3u);
  EXPECT_EQ(arrived_[0].body, arrived_[2].body);
  EXPECT_EQ(log_.records()[0].attempts, 3);
  EXPECT_EQ(log_.counts().retried, 2u);
  EXPECT_EQ(log_.counts().refused, 2u);
}

TEST_F(SenderTest, AWrongSignatureIsFollowedByTheRightOne) {
  set(R"({"webhook_wrong_signature_rate":1})");
  answers_ = {401};
  text("m_1");
  loop_.run_until(steady_now() + std::chrono::seconds(5), [&] { return !arrived_.empty(); });
  set(R"({"webhook_wrong_signature_rate":0})");
  ASSERT_TRUE(run_until_settled());
  ASSERT_EQ(arrived_.size(), 2u);
  EXPECT_NE(arrived_[0].signature, meta_signature(arrived_[0].body));
  EXPECT_EQ(arrived_[1].signature, meta_signature(arrived_[1].body));
  EXPECT_EQ(log_.counts().forged, 1u);
  EXPECT_EQ(log_.counts().forged_taken, 0u);
}

TEST_F(SenderTest, ABatchWithAWrongSignatureComesAgainWhole) {
  checks_signatures_ = true;
  set(R"({"webhook_wrong_signature_rate":0.5,"webhook_batch":5})");
  for (int i = 0; i < 200; ++i) text("m_" + std::to_string(i));
  ASSERT_TRUE(run_until_settled());
  for (const auto& record : log_.records())
    EXPECT_EQ(record.outcome, WebhookRecord::Outcome::delivered) << record.id;
}

TEST_F(SenderTest, DuplicatesAndBatchesAreMade) {
  set(R"({"webhook_duplicate_rate":1,"webhook_batch":100,"webhook_delay_ms":1})");
  for (int i = 0; i < 20; ++i) text("m_" + std::to_string(i));
  ASSERT_TRUE(run_until_settled());
  EXPECT_LT(arrived_.size(), 40u) << "batched";
  std::size_t events = 0;
  for (const auto& one : arrived_) {
    for (auto at = one.body.find("\"mid\""); at != one.body.npos;
         at = one.body.find("\"mid\"", at + 1)) {
      ++events;
    }
  }
  EXPECT_EQ(events, 40u);
  for (const auto& record : log_.records()) EXPECT_EQ(record.delivered, 2);
}

TEST_F(SenderTest, ATextMessageIsSignedOverItsOwnUrl) {
  InboundInput in;
  in.account = "AC1";
  in.from = "+15557654321";
  in.id = "SM1";
  in.text = "Hi & bye";
  in.url = "https://shop.example.test/webhooks/twilio/ch_1#rc=3&rp=all";
  sender_.submit(make_inbound(*inbound_kind(Channel::sms, "text"), in));
  ASSERT_TRUE(run_until_settled());
  ASSERT_EQ(arrived_.size(), 1u);
  EXPECT_EQ(arrived_[0].target, "/webhooks/twilio/ch_1");
  EXPECT_EQ(arrived_[0].twilio,
            twilio_signature("token", "https://shop.example.test/webhooks/twilio/ch_1",
                             parse_form(arrived_[0].body)));
  EXPECT_EQ(arrived_[0].token, "i-SM1");
}

TEST_F(SenderTest, AHandshakeIsPassedOnceWithItsChallengeOnly) {
  WebhookItem item;
  item.kind = "handshake";
  item.id = "1158201444";
  item.verify_token = "vt+01";
  sender_.submit(item);
  ASSERT_TRUE(run_until_settled());
  ASSERT_EQ(arrived_.size(), 1u);
  EXPECT_EQ(arrived_[0].target,
            "/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=vt%2B01");
  EXPECT_EQ(log_.records()[0].outcome, WebhookRecord::Outcome::delivered);
  answers_ = {403};
  sender_.submit(item);
  ASSERT_TRUE(run_until_settled());
  EXPECT_EQ(arrived_.size(), 2u) << "not again";
  EXPECT_EQ(log_.records()[1].outcome, WebhookRecord::Outcome::given_up);
}

TEST_F(SenderTest, NothingIsPostedBeyondLoopback) {
  WebhookSender outside(loop_, faults_, log_, {"http://192.0.2.1:80/webhooks/meta", "s", "1", {}});
  outside.submit(make_inbound(*inbound_kind(Channel::messenger, "text"), {}));
  EXPECT_EQ(log_.records().back().outcome, WebhookRecord::Outcome::given_up);
}

TEST(RetryRule, EachProviderHasItsOwn) {
  const Knobs knobs;
  const auto wait = [&](Channel channel, const char* url, int tries, int status) {
    const auto found = wait_before_retry(knobs, channel, url, tries, status);
    return found ? found->count() : -1;
  };
  EXPECT_EQ(wait(Channel::messenger, "", 1, 500), 500);
  EXPECT_EQ(wait(Channel::whatsapp, "", 3, 0), 2000);
  EXPECT_EQ(wait(Channel::whatsapp, "", 100, 503), 60'000);
  EXPECT_EQ(wait(Channel::sms, "https://a.test/", 1, 0), 500) << "once more without a connection";
  EXPECT_EQ(wait(Channel::sms, "https://a.test/", 2, 0), -1);
  EXPECT_EQ(wait(Channel::sms, "https://a.test/", 1, 503), -1);
  EXPECT_EQ(wait(Channel::sms, "https://a.test/#rc=3&rp=all", 3, 503), 2000);
  EXPECT_EQ(wait(Channel::sms, "https://a.test/#rc=3&rp=all", 4, 503), -1);
  EXPECT_EQ(wait(Channel::sms, "https://a.test/#rc=2&rp=5xx", 1, 404), -1);
}

}  // namespace
}  // namespace aura::bench
