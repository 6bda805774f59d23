// Replies of the Send API, for Messenger and Instagram alike: the error table, the usage headers,
// and lost answers.
#include <gtest/gtest.h>

#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"

namespace aura::net {
namespace {

using Outcome = SendOutcome::Kind;

const messenger::MessengerAdapter kAdapter({});
const instagram::InstagramAdapter kInstagram({});
const ChannelAdapter* const kBoth[] = {&kAdapter, &kInstagram};

ProviderReply reply(int status, std::string body) {
  ProviderReply out;
  out.status = status;
  out.body = std::move(body);
  return out;
}

SendOutcome error(std::int64_t code, std::int64_t subcode = 0, int status = 400,
                  bool transient = false, const ChannelAdapter& adapter = kAdapter) {
  return adapter.classify(
      reply(status, R"({"error":{"message":"m","code":)" + std::to_string(code) +
                        (subcode ? ",\"error_subcode\":" + std::to_string(subcode) : "") +
                        (transient ? ",\"is_transient\":true" : "") + "}}"));
}

TEST(GraphClassify, Accepted) {
  const SendOutcome out =
      kAdapter.classify(reply(200, R"({"recipient_id":"7","message_id":"m_out2"})"));
  EXPECT_EQ(out.kind, Outcome::sent);
  EXPECT_EQ(out.external_id, "m_out2");
  EXPECT_FALSE(out.retry_after_ms.has_value());
}

TEST(GraphClassify, ALimitOfTheAppIsThatOfAllItsAccounts) {
  using Scope = SendOutcome::Scope;
  for (const std::int64_t of_app : {4, 341}) EXPECT_EQ(error(of_app).pause_scope, Scope::app);
  for (const std::int64_t of_account : {17, 32, 613, 80001, 80006})
    EXPECT_EQ(error(of_account).pause_scope, Scope::account) << of_account;
  ProviderReply taken = reply(200, R"({"message_id":"m_1"})");
  taken.headers = {{"X-App-Usage", R"({"call_count":100,"total_time":3,"total_cputime":1})"}};
  EXPECT_EQ(kAdapter.classify(taken).pause_scope, Scope::app);
  EXPECT_EQ(kAdapter.classify(taken).retry_after_ms, 300'000);
  taken.headers = {
      {"X-App-Usage", R"({"call_count":28})"},
      {"X-Business-Use-Case-Usage",
       R"({"1":[{"type":"messenger","call_count":100,"total_cputime":3,"total_time":4,"estimated_time_to_regain_access":19}]})"}};
  EXPECT_EQ(kAdapter.classify(taken).pause_scope, Scope::account);
  EXPECT_EQ(kAdapter.classify(taken).retry_after_ms, 1'140'000);
}

TEST(GraphProfile, IsANameOrNothing) {
  api::Credentials page;
  page.set_page_id("1");
  page.set_page_access_token("t");
  EXPECT_EQ(kAdapter.compose_profile("7001112223", page)->url,
            "https://graph.facebook.com/v25.0/7001112223?fields=first_name,last_name");
  api::Credentials account;
  account.set_account_id("17");
  account.set_access_token("t");
  EXPECT_EQ(kInstagram.compose_profile("684", account)->url,
            "https://graph.instagram.com/v25.0/684?fields=name,username");
  EXPECT_EQ(kAdapter.read_profile(reply(200, R"({"first_name":"Ada","last_name":"L","id":"7"})")),
            "Ada L");
  EXPECT_EQ(kInstagram.read_profile(reply(200, R"({"username":"ada.l","id":"684"})")), "ada.l");
  EXPECT_EQ(kAdapter.read_profile(reply(200, "{}")), "");
  for (const char* code : {"230", "2018218", "2018247"})
    EXPECT_EQ(kAdapter.read_profile(
                  reply(400, std::string(R"({"error":{"code":)") + code + R"(},"name":"x"})")),
              "");
}

// The documented errors, row by row; each row applies to both channels.
struct Case {
  std::int64_t code, subcode;
  Outcome kind;
  const char* error_code;
};
class ErrorTable : public testing::TestWithParam<Case> {};
TEST_P(ErrorTable, IsActedOnAlikeByBothChannels) {
  for (const ChannelAdapter* adapter : kBoth) {
    const SendOutcome out = error(GetParam().code, GetParam().subcode, 400, false, *adapter);
    EXPECT_EQ(out.kind, GetParam().kind);
    EXPECT_EQ(out.error_code, GetParam().error_code);
    EXPECT_FALSE(out.error_detail.empty());
    EXPECT_EQ(out.error_detail.find('{'), std::string::npos);
    EXPECT_TRUE(out.provider_code.starts_with(std::to_string(GetParam().code)));
  }
}
INSTANTIATE_TEST_SUITE_P(
    All, ErrorTable,
    testing::Values(
        Case{1, 0, Outcome::retry, "temporary"}, Case{2, 0, Outcome::retry, "temporary"},
        Case{4, 0, Outcome::pause, "rate_limited"},
        Case{4, 2018354, Outcome::failed, "frequency_limit"},
        Case{17, 0, Outcome::pause, "rate_limited"}, Case{32, 0, Outcome::pause, "rate_limited"},
        Case{613, 0, Outcome::pause, "rate_limited"},
        Case{613, 1893016, Outcome::pause, "rate_limited"},
        Case{613, 2534040, Outcome::pause, "rate_limited"},
        Case{613, 2018338, Outcome::pause, "abuse_warning"},
        Case{80001, 0, Outcome::pause, "rate_limited"},
        Case{80002, 0, Outcome::pause, "rate_limited"},
        Case{80006, 0, Outcome::pause, "rate_limited"},
        Case{341, 0, Outcome::pause, "rate_limited"},
        Case{9, 2018352, Outcome::failed, "frequency_limit"},
        Case{9, 0, Outcome::failed, "frequency_limit"},
        Case{10, 2018278, Outcome::failed, "window_closed"},
        Case{10, 2534022, Outcome::failed, "window_closed"},
        Case{10, 2018065, Outcome::failed, "window_closed"},
        Case{10, 2018108, Outcome::failed, "unreachable"},
        Case{10, 1893015, Outcome::failed, "unsubscribed"},
        Case{10, 1893063, Outcome::reconnect, "blocked"},
        Case{10, 2534077, Outcome::reconnect, "reconnect"},
        Case{10, 0, Outcome::reconnect, "reconnect"}, Case{200, 0, Outcome::reconnect, "reconnect"},
        Case{250, 0, Outcome::reconnect, "reconnect"},
        Case{299, 0, Outcome::reconnect, "reconnect"}, Case{3, 0, Outcome::reconnect, "reconnect"},
        Case{102, 0, Outcome::reconnect, "reconnect"},
        Case{190, 0, Outcome::reconnect, "reconnect"},
        Case{190, 458, Outcome::reconnect, "reconnect"},
        Case{190, 459, Outcome::reconnect, "reconnect"},
        Case{190, 460, Outcome::reconnect, "reconnect"},
        Case{190, 463, Outcome::reconnect, "reconnect"},
        Case{190, 464, Outcome::reconnect, "reconnect"},
        Case{190, 467, Outcome::reconnect, "reconnect"},
        Case{190, 492, Outcome::reconnect, "reconnect"},
        Case{200, 2018028, Outcome::reconnect, "not_approved"},
        Case{200, 2534041, Outcome::reconnect, "access_off"},
        Case{200, 1545041, Outcome::failed, "unreachable"},
        Case{551, 0, Outcome::failed, "unreachable"},
        Case{551, 1545041, Outcome::failed, "unreachable"},
        Case{100, 2018001, Outcome::failed, "invalid_recipient"},
        Case{100, 2534014, Outcome::failed, "invalid_recipient"},
        Case{100, 33, Outcome::reconnect, "reconnect"},
        Case{100, 2018008, Outcome::failed, "attachment_rejected"},
        Case{100, 2018109, Outcome::failed, "attachment_rejected"},
        Case{100, 2018294, Outcome::failed, "attachment_rejected"},
        Case{100, 2018047, Outcome::failed, "attachment_rejected"},
        Case{100, 2018074, Outcome::failed, "attachment_rejected"},
        Case{100, 2018014, Outcome::failed, "rejected"},
        Case{100, 2534015, Outcome::failed, "rejected"}, Case{100, 0, Outcome::failed, "rejected"},
        Case{100, 4242, Outcome::failed, "rejected"},
        Case{100, 2534013, Outcome::reconnect, "reconnect"},
        Case{100, 2534025, Outcome::failed, "comment_not_eligible"},
        Case{100, 2534029, Outcome::reconnect, "blocked"},
        Case{100, 2534037, Outcome::failed, "thread_external"},
        Case{100, 2018300, Outcome::failed, "thread_external"},
        Case{2018300, 0, Outcome::failed, "thread_external"},
        Case{230, 0, Outcome::failed, "not_available"}, Case{368, 0, Outcome::reconnect, "blocked"},
        Case{100, 2018218, Outcome::failed, "not_available"},
        Case{2018247, 0, Outcome::failed, "not_available"},
        Case{2022, 0, Outcome::failed, "not_available"},
        Case{36103, 0, Outcome::failed, "not_available"},
        Case{10303, 0, Outcome::failed, "not_available"},
        Case{9000001, 0, Outcome::failed, "message_deleted"},
        Case{803, 0, Outcome::failed, "invalid_recipient"},
        Case{777777, 0, Outcome::failed, "rejected"}),
    [](const auto& param) {
      return std::to_string(param.param.code) + "_" + std::to_string(param.param.subcode);
    });

TEST(GraphClassify, AFileThatCannotBeUsedIsSaidToBeTheReason) {
  for (const std::int64_t subcode : {2018008, 2018109, 2018294, 2018047, 2018074})
    EXPECT_TRUE(error(100, subcode).file_refused) << subcode;
  EXPECT_FALSE(error(100, 2534015).file_refused);
}

TEST(GraphClassify, AWarningOfAbuseIsForTheOwner) {
  EXPECT_TRUE(error(613, 2018338).for_owner);
  EXPECT_FALSE(error(613, 0).for_owner);
}

TEST(GraphClassify, EveryTokenSubcodeHasItsOwnSentence) {
  std::vector<std::string> sentences;
  for (const std::int64_t subcode : {458, 459, 460, 463, 464, 467, 492}) {
    const SendOutcome out = error(190, subcode, 401);
    EXPECT_EQ(out.kind, Outcome::reconnect);
    for (const std::string& other : sentences) EXPECT_NE(other, out.error_detail);
    sentences.push_back(out.error_detail);
  }
}

TEST(GraphClassify, TransientAndServerErrorsAreRetried) {
  EXPECT_EQ(error(2, 0, 400, true).kind, Outcome::retry);
  EXPECT_EQ(error(777777, 0, 503).kind, Outcome::retry);
  EXPECT_EQ(error(100, 0, 400, true).kind, Outcome::retry);
  EXPECT_EQ(error(613, 0, 400, true).kind, Outcome::pause);
  EXPECT_EQ(kAdapter.classify(reply(502, "<html>")).kind, Outcome::retry);
  EXPECT_EQ(kAdapter.classify(reply(429, "")).kind, Outcome::pause);
  EXPECT_EQ(kAdapter.classify(reply(401, "")).kind, Outcome::reconnect);
  EXPECT_EQ(kAdapter.classify(reply(400, "nonsense")).kind, Outcome::failed);
  EXPECT_EQ(kAdapter.classify(reply(200, R"({"error":{"code":190}})")).kind, Outcome::reconnect);
}

TEST(GraphClassify, NoAnswer) {
  ProviderReply none;
  none.error = Errc::timeout;
  EXPECT_EQ(kAdapter.classify(none).kind, Outcome::retry);
  none.maybe_sent = true;
  EXPECT_EQ(kAdapter.classify(none).kind, Outcome::ambiguous);
}

constexpr const char* kUsage =
    R"({"1":[{"type":"messenger","call_count":100,"total_cputime":3,"total_time":4,"estimated_time_to_regain_access":19}]})";

TEST(GraphClassify, PausesAsLongAsTheHeadersSay) {
  ProviderReply limited = reply(400, R"({"error":{"code":80006}})");
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 300'000);
  limited.headers = {{"x-business-use-case-usage", kUsage}};
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 1'140'000);
  limited.headers.emplace_back("Retry-After", "7");
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 7'000);
  limited.headers.back().second = "Mon, 21 Sep 2026 14:14:20 GMT";
  // Without a Date header, an absolute Retry-After cannot be used.
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 1'140'000);
  limited.headers.emplace_back("Date", "Mon, 21 Sep 2026 14:13:20 GMT");
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 60'000);
  ProviderReply accepted = reply(200, R"({"message_id":"m"})");
  accepted.headers = {{"X-Business-Use-Case-Usage", kUsage}};
  EXPECT_EQ(kAdapter.classify(accepted).kind, Outcome::sent);
  EXPECT_EQ(kAdapter.classify(accepted).retry_after_ms, 1'140'000);
  EXPECT_EQ(kAdapter.classify(accepted).usage_percent, 100);
  accepted.headers = {{"X-App-Usage", R"({"call_count":28,"total_time":25,"total_cputime":25})"}};
  EXPECT_FALSE(kAdapter.classify(accepted).retry_after_ms.has_value());
  EXPECT_EQ(kAdapter.classify(accepted).usage_percent, 28);
  accepted.headers = {{"X-App-Usage", R"({"call_count":100})"}};
  // The header gives no time: five minutes.
  EXPECT_EQ(kAdapter.classify(accepted).retry_after_ms, 300'000);
}

TEST(GraphClassify, UsageIsTheHighestOfAllThatIsTold) {
  ProviderReply accepted = reply(200, R"({"message_id":"m"})");
  accepted.headers = {
      {"x-app-usage", R"({"call_count":28,"total_time":81,"total_cputime":25})"},
      {"x-business-use-case-usage",
       R"({"1":[{"type":"messenger","call_count":40,"total_cputime":10,"total_time":12,"estimated_time_to_regain_access":0},{"type":"pages","call_count":"96"}],"2":7})"}};
  EXPECT_EQ(kAdapter.classify(accepted).usage_percent, 96);
  EXPECT_FALSE(kAdapter.classify(accepted).retry_after_ms.has_value());
  accepted.headers = {{"x-app-usage", "nonsense"}, {"x-business-use-case-usage", "[1]"}};
  EXPECT_EQ(kAdapter.classify(accepted).usage_percent, 0);
}

TEST(GraphClassify, RetryAfterOfAServerErrorComesFirst) {
  ProviderReply down = reply(503, "");
  down.headers = {{"Retry-After", "30"}};
  EXPECT_EQ(kAdapter.classify(down).kind, Outcome::retry);
  EXPECT_EQ(kAdapter.classify(down).retry_after_ms, 30'000);
}

}  // namespace
}  // namespace aura::net
