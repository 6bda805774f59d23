// The protocol's complete error table, accepted sends, lost answers and rate limits.
#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

using Outcome = SendOutcome::Kind;

ProviderReply reply(int status, std::string body) {
  ProviderReply out;
  out.status = status;
  out.body = std::move(body);
  return out;
}

SendOutcome error(std::int64_t code, int status = 400) {
  return adapter().classify(reply(
      status,
      R"({"error":{"message":"(#1) m","type":"OAuthException","code":)" + std::to_string(code) +
          R"(,"error_data":{"messaging_product":"whatsapp","details":"d"},"fbtrace_id":"f"}})"));
}

TEST(WhatsAppClassify, WhatTheOwnerMustKnowIsMarked) {
  for (const int code : {131037, 131042, 131048, 131063, 131064, 130497})
    EXPECT_TRUE(error(code, 400).for_owner) << code;
  for (const int code : {131026, 131047, 130429}) EXPECT_FALSE(error(code, 400).for_owner);
}

struct Case {
  std::int64_t code;
  int status;
  Outcome kind;
  const char* error_code;
};
class WhatsAppErrorTable : public testing::TestWithParam<Case> {};
TEST_P(WhatsAppErrorTable, IsActedOn) {
  const SendOutcome out = error(GetParam().code, GetParam().status);
  EXPECT_EQ(out.kind, GetParam().kind);
  EXPECT_EQ(out.error_code, GetParam().error_code);
  EXPECT_FALSE(out.error_detail.empty());
  EXPECT_EQ(out.provider_code, std::to_string(GetParam().code));
}
INSTANTIATE_TEST_SUITE_P(All, WhatsAppErrorTable,
                         testing::Values(Case{0, 401, Outcome::reconnect, "reconnect"},
                                         Case{190, 401, Outcome::reconnect, "reconnect"},
                                         Case{10, 403, Outcome::reconnect, "permission"},
                                         Case{200, 403, Outcome::reconnect, "permission"},
                                         Case{299, 403, Outcome::reconnect, "permission"},
                                         Case{3, 500, Outcome::reconnect, "permission"},
                                         Case{131005, 403, Outcome::reconnect, "permission"},
                                         Case{1, 400, Outcome::retry, "temporary"},
                                         Case{2, 503, Outcome::retry, "temporary"},
                                         Case{131000, 500, Outcome::retry, "temporary"},
                                         Case{131016, 500, Outcome::retry, "temporary"},
                                         Case{133004, 503, Outcome::retry, "temporary"},
                                         Case{131057, 500, Outcome::pause, "maintenance"},
                                         Case{4, 400, Outcome::pause, "rate_limited"},
                                         Case{80007, 400, Outcome::pause, "rate_limited"},
                                         Case{130429, 400, Outcome::pause, "rate_limited"},
                                         Case{133016, 400, Outcome::pause, "rate_limited"},
                                         Case{131056, 400, Outcome::pause, "pair_rate_limited"},
                                         Case{131048, 400, Outcome::pause, "spam_limit"},
                                         Case{131049, 400, Outcome::failed, "frequency_limit"},
                                         Case{131050, 400, Outcome::failed, "opted_out"},
                                         Case{130472, 400, Outcome::failed, "experiment"},
                                         Case{131026, 400, Outcome::failed, "unreachable"},
                                         Case{131047, 400, Outcome::failed, "window_closed"},
                                         Case{131021, 400, Outcome::failed, "invalid_recipient"},
                                         Case{131030, 400, Outcome::failed, "test_number"},
                                         Case{131031, 403, Outcome::reconnect, "blocked"},
                                         Case{368, 403, Outcome::reconnect, "blocked"},
                                         Case{130497, 403, Outcome::failed, "country_restricted"},
                                         Case{131037, 400, Outcome::failed, "display_name"},
                                         Case{131042, 400, Outcome::failed, "payment"},
                                         Case{131045, 500, Outcome::reconnect, "not_registered"},
                                         Case{131008, 400, Outcome::failed, "rejected"},
                                         Case{131009, 400, Outcome::failed, "rejected"},
                                         Case{100, 400, Outcome::failed, "rejected"},
                                         Case{131051, 400, Outcome::failed, "rejected"},
                                         Case{135000, 400, Outcome::failed, "rejected"},
                                         Case{33, 400, Outcome::reconnect, "disconnected"},
                                         Case{131052, 400, Outcome::failed, "attachment_rejected"},
                                         Case{131053, 400, Outcome::failed, "attachment_rejected"},
                                         Case{131062, 400, Outcome::failed, "needs_number"},
                                         Case{131063, 400, Outcome::failed, "marketing_api"},
                                         Case{131064, 400, Outcome::failed, "template_limit"},
                                         Case{132000, 400, Outcome::failed, "template_invalid"},
                                         Case{132001, 404, Outcome::failed, "template_invalid"},
                                         Case{132005, 400, Outcome::failed, "template_invalid"},
                                         Case{132007, 400, Outcome::failed, "template_invalid"},
                                         Case{132008, 400, Outcome::failed, "template_invalid"},
                                         Case{132012, 400, Outcome::failed, "template_invalid"},
                                         Case{132015, 400, Outcome::failed, "template_paused"},
                                         Case{132016, 400, Outcome::failed, "template_disabled"},
                                         Case{132068, 400, Outcome::failed, "flow_blocked"},
                                         Case{132069, 400, Outcome::retry, "temporary"},
                                         Case{133000, 400, Outcome::reconnect, "not_registered"},
                                         Case{133005, 400, Outcome::reconnect, "not_registered"},
                                         Case{133006, 400, Outcome::reconnect, "not_registered"},
                                         Case{133008, 400, Outcome::reconnect, "not_registered"},
                                         Case{133009, 400, Outcome::reconnect, "not_registered"},
                                         Case{133010, 400, Outcome::reconnect, "not_registered"},
                                         Case{133015, 400, Outcome::reconnect, "not_registered"},
                                         Case{134011, 400, Outcome::failed, "not_available"},
                                         Case{134100, 400, Outcome::failed, "not_available"},
                                         Case{134101, 400, Outcome::failed, "not_available"},
                                         Case{134102, 400, Outcome::failed, "not_available"},
                                         Case{137000, 400, Outcome::failed, "identity_changed"},
                                         Case{138000, 400, Outcome::failed, "rejected"},
                                         Case{777777, 503, Outcome::retry, "temporary"},
                                         Case{777777, 429, Outcome::pause, "rate_limited"},
                                         Case{777777, 400, Outcome::failed, "rejected"}));

TEST(WhatsAppClassify, AcceptedIsSentButNotDelivered) {
  const SendOutcome out = adapter().classify(reply(
      200,
      R"({"messaging_product":"whatsapp","contacts":[{"input":"+15557654321","wa_id":"15557654321","user_id":"US.9"}],"messages":[{"id":"wamid.OUT1","message_status":"accepted"}]})"));
  EXPECT_EQ(out.kind, Outcome::sent);
  EXPECT_EQ(out.external_id, "wamid.OUT1");
  EXPECT_FALSE(out.retry_after_ms.has_value());
  EXPECT_EQ(adapter().classify(reply(200, R"({"error":{"code":190}})")).kind, Outcome::reconnect);
}

TEST(WhatsAppClassify, APacedTemplateIsTakenButHeldBack) {
  for (const char* status : {"held_for_quality_assessment", "paused", "accepted", ""}) {
    const SendOutcome out =
        adapter().classify(reply(200, R"({"messages":[{"id":"wamid.OUT1","message_status":")" +
                                          std::string(status) + "\"}]}"));
    EXPECT_EQ(out.kind, Outcome::sent) << status;
    EXPECT_EQ(out.held, std::string_view("held_for_quality_assessment paused").find(status) !=
                                std::string_view::npos &&
                            *status != '\0')
        << status;
    EXPECT_EQ(out.error_detail.empty(), !out.held) << status;
  }
}

TEST(WhatsAppClassify, AFileThatCannotBeUsedIsSaidToBeTheReason) {
  EXPECT_TRUE(adapter().classify(reply(400, R"({"error":{"code":131053}})")).file_refused);
  EXPECT_FALSE(adapter().classify(reply(400, R"({"error":{"code":131026}})")).file_refused);
}

TEST(WhatsAppClassify, APairLimitPausesThatContactOnly) {
  const SendOutcome out = error(131056);
  EXPECT_EQ(out.pause_scope, SendOutcome::Scope::contact);
  EXPECT_FALSE(out.retry_after_ms.has_value());  // the connection itself waits 4^n seconds
  EXPECT_EQ(error(130429).pause_scope, SendOutcome::Scope::account);
  EXPECT_EQ(error(4).pause_scope, SendOutcome::Scope::app);
  EXPECT_EQ(error(131048).pause_scope, SendOutcome::Scope::marketing);
  EXPECT_EQ(error(131048).retry_after_ms, 3'600'000);
}

TEST(WhatsAppClassify, PausesAsLongAsTold) {
  EXPECT_EQ(error(131057, 500).retry_after_ms, 60'000);
  EXPECT_EQ(error(80007).retry_after_ms, 60'000);
  EXPECT_LT(*error(130429).retry_after_ms, 10'000);
  ProviderReply limited = reply(400, R"({"error":{"code":80007}})");
  limited.headers = {
      {"x-business-use-case-usage",
       R"({"1":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":19}]})"}};
  EXPECT_EQ(adapter().classify(limited).retry_after_ms, 1'140'000);
  EXPECT_EQ(adapter().classify(limited).usage_percent, 100);
  limited.headers.emplace_back("Retry-After", "7");
  EXPECT_EQ(adapter().classify(limited).retry_after_ms, 7'000);
  ProviderReply accepted = reply(200, R"({"messages":[{"id":"w"}]})");
  accepted.headers = {{"X-App-Usage", R"({"call_count":28,"total_time":91})"}};
  EXPECT_EQ(adapter().classify(accepted).usage_percent, 91);
  EXPECT_FALSE(adapter().classify(accepted).retry_after_ms.has_value());
}

TEST(WhatsAppClassify, Silence) {
  ProviderReply none;
  none.error = Errc::timeout;
  EXPECT_EQ(adapter().classify(none).kind, Outcome::retry);
  none.maybe_sent = true;
  EXPECT_EQ(adapter().classify(none).kind, Outcome::ambiguous);
  EXPECT_EQ(adapter().classify(reply(502, "<html>")).kind, Outcome::retry);
  EXPECT_EQ(adapter().classify(reply(502, "<html>")).provider_code, "http 502");
  EXPECT_EQ(adapter().classify(reply(400, "")).kind, Outcome::failed);
}

TEST(WhatsAppClassify, ANumberThatIsGoneIsNoBadParameter) {
  EXPECT_EQ(adapter().classify(reply(400, R"({"error":{"code":100,"error_subcode":33}})")).kind,
            Outcome::reconnect);
}

TEST(WhatsAppToken, IsReadFromTheNumbersOwnFields) {
  using State = TokenState::Kind;
  const auto state = [](int status, const std::string& body) {
    return adapter().read_token(reply(status, body), 0);
  };
  EXPECT_EQ(state(200, R"({"verified_name":"Shop","id":"440000000000001"})").kind, State::alive);
  const TokenState dead = state(401, R"({"error":{"code":190}})");
  EXPECT_EQ(dead.kind, State::dead);
  EXPECT_FALSE(dead.detail.empty());
  EXPECT_EQ(state(500, "").kind, State::unknown);
  EXPECT_EQ(state(429, "").kind, State::unknown);
  EXPECT_EQ(state(0, "").kind, State::unknown);
}

}  // namespace
}  // namespace aura::net::whatsapp
