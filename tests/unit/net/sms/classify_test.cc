// Twilio's answers and what they mean.
#include <gtest/gtest.h>

#include "net/providers/sms/sms_adapter.h"
#include "net/providers/sms/twilio_errors.h"
#include "runtime/ids.h"

namespace aura::net::sms {
namespace {

using Kind = SendOutcome::Kind;

const SmsAdapter& adapter() {
  static const SmsAdapter it({"https://api.twilio.test", "https://shop.test", Keywords()});
  return it;
}

ProviderReply reply(int status, std::string body = "",
                    std::vector<std::pair<std::string, std::string>> headers = {}) {
  ProviderReply out;
  out.status = status;
  out.body = std::move(body);
  out.headers = std::move(headers);
  return out;
}

std::string error_body(int code, int status) {
  return "{\"code\":" + std::to_string(code) +
         ",\"message\":\"m\",\"more_info\":\"https://www.twilio.com/docs/errors/1\",\"status\":" +
         std::to_string(status) + "}";
}

TEST(SmsClassify, Accepted) {
  const SendOutcome out = adapter().classify(reply(
      201, R"({"sid":"SM2","status":"queued","num_segments":"1","error_code":null,"price":null})"));
  EXPECT_EQ(out.kind, Kind::sent);
  EXPECT_EQ(out.external_id, "SM2");
}

TEST(SmsClassify, AcceptedButFailedAtOnce) {
  const SendOutcome out =
      adapter().classify(reply(201, R"({"sid":"SM2","status":"failed","error_code":30006})"));
  EXPECT_EQ(out.kind, Kind::failed);
  EXPECT_EQ(out.error_code, "landline");
}

struct Row {
  int code;
  int status;
  Kind kind;
  const char* error_code;
};

TEST(SmsClassify, TheErrorTable) {
  const std::vector<Row> rows{
      {20003, 401, Kind::reconnect, "reconnect"},
      {20404, 404, Kind::reconnect, "reconnect"},
      {20429, 429, Kind::pause, "rate_limited"},
      {14107, 429, Kind::pause, "rate_limited"},
      {20500, 500, Kind::ambiguous, "no_answer"},
      {21211, 400, Kind::failed, "invalid_number"},
      {21604, 400, Kind::failed, "invalid_number"},
      {21614, 400, Kind::failed, "invalid_number"},
      {21612, 400, Kind::failed, "unreachable"},
      {21212, 400, Kind::reconnect, "sender_invalid"},
      {21603, 400, Kind::reconnect, "sender_invalid"},
      {21606, 400, Kind::reconnect, "sender_invalid"},
      {21703, 400, Kind::failed, "sender_invalid"},
      {21704, 400, Kind::failed, "sender_invalid"},
      {21408, 403, Kind::failed, "country_disabled"},
      {21602, 400, Kind::failed, "rejected"},
      {21617, 400, Kind::failed, "too_long"},
      {21620, 400, Kind::failed, "attachment_rejected"},
      {21623, 400, Kind::failed, "attachment_rejected"},
      {21608, 400, Kind::failed, "trial_account"},
      {21609, 400, Kind::failed, "rejected"},
      {21610, 400, Kind::failed, "opted_out"},
      {21611, 429, Kind::pause, "rate_limited"},
      {30001, 400, Kind::retry, "temporary"},
      {30002, 400, Kind::reconnect, "blocked"},
      {30022, 400, Kind::pause, "rate_limited"},
      {30018, 400, Kind::reconnect, "sender_unregistered"},
      {30024, 400, Kind::reconnect, "sender_unregistered"},
      {30032, 400, Kind::reconnect, "sender_unregistered"},
      {30034, 400, Kind::reconnect, "sender_unregistered"},
      {63016, 400, Kind::failed, "window_closed"},
      {63018, 429, Kind::pause, "rate_limited"},
      {99999, 400, Kind::failed, "rejected"},
  };
  for (const Row& row : rows) {
    const SendOutcome out = adapter().classify(reply(row.status, error_body(row.code, row.status)));
    EXPECT_EQ(out.kind, row.kind) << row.code;
    EXPECT_EQ(out.error_code, row.error_code) << row.code;
    EXPECT_EQ(out.provider_code, std::to_string(row.code));
    EXPECT_FALSE(out.error_detail.empty()) << row.code;
  }
}

TEST(SmsClassify, AFileThatCannotBeUsedIsSaidToBeTheReason) {
  EXPECT_TRUE(adapter().classify(reply(400, R"({"code":21620})")).file_refused);
  EXPECT_FALSE(adapter().classify(reply(400, R"({"code":21614})")).file_refused);
}

TEST(SmsClassify, WhatTheOwnerMustKnowIsMarked) {
  for (const char* code : {"30022", "21408", "21703"})
    EXPECT_TRUE(adapter().classify(reply(400, R"({"code":)" + std::string(code) + "}")).for_owner)
        << code;
  EXPECT_FALSE(adapter().classify(reply(400, R"({"code":21614})")).for_owner);
}

TEST(SmsClassify, WithoutACodeTheStatusDecides) {
  EXPECT_EQ(adapter().classify(reply(401)).kind, Kind::reconnect);
  EXPECT_EQ(adapter().classify(reply(404)).kind, Kind::reconnect);
  EXPECT_EQ(adapter().classify(reply(429)).kind, Kind::pause);
  EXPECT_EQ(adapter().classify(reply(500, "<html>")).kind, Kind::ambiguous);
  EXPECT_EQ(adapter().classify(reply(503)).kind, Kind::ambiguous);
  EXPECT_EQ(adapter().classify(reply(400, "nonsense")).kind, Kind::failed);
  EXPECT_EQ(adapter().classify(reply(400)).provider_code, "http 400");
}

TEST(SmsClassify, WaitsAsLongAsIsTold) {
  EXPECT_EQ(adapter().classify(reply(429, "", {{"retry-after", "7"}})).retry_after_ms, 7000);
  EXPECT_EQ(adapter().classify(reply(429)).retry_after_ms, 2000);
  EXPECT_EQ(adapter().classify(reply(429, error_body(21611, 429))).retry_after_ms, 60'000);
  const SendOutcome refused = adapter().classify(reply(503, "", {{"Retry-After", "3"}}));
  EXPECT_EQ(refused.kind, Kind::retry);
  EXPECT_EQ(refused.retry_after_ms, 3000);
}

TEST(SmsClassify, DailyLimitsWaitForMidnight) {
  const auto out = adapter().classify(
      reply(400, error_body(30023, 400), {{"Date", "Mon, 21 Sep 2026 23:30:00 GMT"}}));
  EXPECT_EQ(out.kind, Kind::pause);
  EXPECT_EQ(out.retry_after_ms, 30 * 60'000);
}

TEST(SmsClassify, Silence) {
  ProviderReply silent;
  EXPECT_EQ(adapter().classify(silent).kind, Kind::retry);
  silent.maybe_sent = true;
  EXPECT_EQ(adapter().classify(silent).kind, Kind::ambiguous);
}

// ---- looking up a send that was cut off

constexpr Millis kMade = 1790000000000;  // Mon, 21 Sep 2026 14:13:20 GMT

OutboundMessage message(std::string text) {
  OutboundMessage out;
  out.recipient = "+15557654321";
  out.message_id = format_id(IdType::message, new_id(kMade));
  out.text = std::move(text);
  return out;
}

std::string listed(const std::string& sid, const std::string& body, const std::string& at,
                   const std::string& direction = "outbound-api") {
  return R"({"sid":")" + sid + R"(","body":")" + body + R"(","date_created":")" + at +
         R"(","direction":")" + direction + R"("})";
}
SendOutcome look_up(const OutboundMessage& message, const ProviderReply& reply,
                    const std::string& taken = {}) {
  return adapter().classify_lookup(message, reply,
                                   [&](const std::string& id) { return id == taken; });
}
std::string list(const std::string& messages) { return R"({"messages":[)" + messages + "]}"; }

TEST(SmsLookup, FindsTheMessage) {
  const std::string at = "Mon, 21 Sep 2026 14:13:21 +0000";
  const SendOutcome out = look_up(
      message("Hi"), reply(200, list(listed("SM1", "Other", at) + "," + listed("SM2", "Hi", at))));
  EXPECT_EQ(out.kind, Kind::sent);
  EXPECT_EQ(out.external_id, "SM2");
}

TEST(SmsLookup, OlderOrIncomingOnesAreNotIt) {
  for (const std::string& messages :
       {list(""), list(listed("SM1", "Hi", "Mon, 21 Sep 2026 14:11:00 +0000")),
        list(listed("SM1", "Hi", "Mon, 21 Sep 2026 14:13:21 +0000", "inbound")),
        list(listed("SM1", "hi", "Mon, 21 Sep 2026 14:13:21 +0000")), std::string("{}")}) {
    EXPECT_EQ(look_up(message("Hi"), reply(200, messages)).kind, Kind::ambiguous) << messages;
  }
}

TEST(SmsLookup, AnotherMessageWithTheSameWordsIsNotIt) {
  const std::string at = "Mon, 21 Sep 2026 14:13:21 +0000";
  const auto answer = reply(200, list(listed("SM2", "Hi", at) + "," + listed("SM1", "Hi", at)));
  EXPECT_EQ(look_up(message("Hi"), answer, "SM2").external_id, "SM1");
  EXPECT_EQ(look_up(message("Hi"), reply(200, list(listed("SM2", "Hi", at))), "SM2").kind,
            Kind::ambiguous);
}

TEST(SmsLookup, AllPartsMustBeThere) {
  const std::string a(600, 'a');
  const std::string b(600, 'b');
  const std::string at = "Mon, 21 Sep 2026 14:13:21 +0000";
  const auto first = listed("SM1", a, at);
  const auto second = listed("SM2", b, at);
  EXPECT_EQ(look_up(message(a + " " + b), reply(200, list(first))).kind, Kind::ambiguous);
  const SendOutcome both = look_up(message(a + " " + b), reply(200, list(second + "," + first)));
  EXPECT_EQ(both.kind, Kind::sent);
  EXPECT_EQ(both.external_id, "SM2");
  // The same text twice is two messages.
  EXPECT_EQ(look_up(message(a + " " + a), reply(200, list(first))).kind, Kind::ambiguous);
}

TEST(SmsLookup, WithoutAnAnswerAskAgain) {
  EXPECT_EQ(look_up(message("x"), ProviderReply{}).kind, Kind::retry);
  const auto limited = look_up(message("x"), reply(429, "", {{"Retry-After", "4"}}));
  EXPECT_EQ(limited.kind, Kind::retry);
  EXPECT_EQ(limited.retry_after_ms, 4000);
}

// ---- the daily check of the account

TEST(SmsToken, AliveDeadAndUnknown) {
  using Token = TokenState::Kind;
  const std::vector<std::tuple<int, std::string, Token>> rows{
      {200, R"({"incoming_phone_numbers":[{"sid":"PN1","capabilities":{"sms":true}}]})",
       Token::alive},
      {200, R"({"incoming_phone_numbers":[{"sid":"PN1","capabilities":{"sms":false}}]})",
       Token::dead},
      {200, R"({"incoming_phone_numbers":[]})", Token::dead},
      {200, R"({"sid":"AC1","status":"active"})", Token::alive},
      {200, R"({"sid":"AC1","status":"suspended"})", Token::dead},
      {401, error_body(20003, 401), Token::dead},
      {404, error_body(20404, 404), Token::dead},
      {403, "", Token::unknown},
      {500, "", Token::unknown},
      {0, "", Token::unknown},
  };
  for (const auto& [status, body, kind] : rows) {
    const TokenState state = adapter().read_token(reply(status, body), 0);
    EXPECT_EQ(state.kind, kind) << status << body;
    EXPECT_EQ(state.detail.empty(), kind != Token::dead);
  }
}

TEST(SmsErrors, EveryVerdictSpeaksToTheOwner) {
  for (int code = 10'000; code < 64'000; ++code) {
    const Verdict verdict = verdict_of(code, 400);
    ASSERT_NE(verdict.code, nullptr);
    ASSERT_GT(std::string_view(verdict.detail).size(), 20u) << code;
  }
}

}  // namespace
}  // namespace aura::net::sms
