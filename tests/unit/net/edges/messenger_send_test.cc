// Outgoing messages, the error table and the usage headers.
#include <gtest/gtest.h>

#include "net/json.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/messenger/split_text.h"
#include "net/providers/provider_client.h"

namespace aura::net::messenger {
namespace {

using Outcome = SendOutcome::Kind;

const MessengerAdapter kAdapter({"https://graph.test/", "v25.0", "555",
                                 "test_app_secret_0123456789abcdef"});

api::Credentials credentials() {
  api::Credentials out;
  out.set_page_id("1029384756");
  out.set_page_access_token("EAATESTTOKEN0001");
  return out;
}

OutboundMessage message(std::string text) {
  OutboundMessage out;
  out.recipient = "7001112223";
  out.message_id = "msg_1";
  out.text = std::move(text);
  return out;
}

api::Attachment attachment(const char* type, const char* url) {
  api::Attachment out;
  out.set_type(type);
  out.set_url(url);
  return out;
}

TEST(MessengerCompose, OneTextMessage) {
  OutboundMessage m = message("Yes, \"in\" stock.");
  m.reply_to_external = "m_2";
  api::QuickReply reply;
  reply.set_title("Order this very large chocolate cake");
  m.quick_replies.push_back(reply);
  const auto calls = kAdapter.compose(m, credentials());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].method, "POST");
  EXPECT_EQ(calls[0].url,
            "https://graph.test/v25.0/1029384756/messages?appsecret_proof="
            "3f8440d83ba968de4973db42c1f1642d77973adcf1f9be75aaf3ef7401adae0e");
  EXPECT_EQ(calls[0].headers[0].second, "Bearer EAATESTTOKEN0001");
  EXPECT_EQ(calls[0].body,
            R"({"recipient":{"id":"7001112223"},"messaging_type":"RESPONSE","message":{)"
            R"("text":"Yes, \"in\" stock.","metadata":"msg_1","quick_replies":[{"content_type":)"
            R"("text","title":"Order this very larg","payload":"Order this very large chocolate)"
            R"( cake"}]},"reply_to":{"mid":"m_2"}})");
}

TEST(MessengerCompose, NoProofWithoutASecret) {
  const MessengerAdapter open({"https://graph.test", "v25.0", "", ""});
  EXPECT_EQ(open.compose(message("a"), credentials())[0].url,
            "https://graph.test/v25.0/1029384756/messages");
}

TEST(MessengerCompose, LongTextIsSplitInOrder) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "This is sentence number " + std::to_string(i) + ". ";
  OutboundMessage m = message(text);
  m.quick_replies.resize(1);
  m.quick_replies[0].set_title("Ok");
  m.reply_to_external = "m_1";
  m.attachments.push_back(attachment("image", "https://f.test/a.jpg"));
  const auto calls = kAdapter.compose(m, credentials());
  ASSERT_GE(calls.size(), 4u);
  std::string joined;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const auto json = parse_json(calls[i].body);
    ASSERT_TRUE(json.has_value());
    const bool last = i + 1 == calls.size();
    EXPECT_EQ((*json)["message"].HasMember("quick_replies"), last);
    EXPECT_EQ(json->HasMember("reply_to"), i == 0);
    EXPECT_STREQ((*json)["message"]["metadata"].GetString(), "msg_1");
    if (last) {
      EXPECT_STREQ((*json)["message"]["attachment"]["payload"]["url"].GetString(),
                   "https://f.test/a.jpg");
    } else {
      const std::string part = (*json)["message"]["text"].GetString();
      EXPECT_LE(part.size(), 2000u);
      EXPECT_TRUE(part.ends_with('.')) << part;
      joined += part + " ";
    }
  }
  EXPECT_EQ(joined, text);
}

TEST(MessengerCompose, AttachmentsWithoutAFormGoAsText) {
  OutboundMessage m = message("");
  api::Attachment place;
  place.set_type("location");
  place.set_latitude(52.5);
  place.set_longitude(13.25);
  m.attachments.push_back(place);
  m.attachments.push_back(attachment("contact_card", "https://f.test/c"));
  const auto calls = kAdapter.compose(m, credentials());
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_NE(calls[0].body.find("maps?q=52.5"), std::string::npos);
  EXPECT_NE(calls[1].body.find(R"("text":"https://f.test/c")"), std::string::npos);
}

TEST(MessengerCompose, Typing) {
  const auto call = kAdapter.compose_typing("7", credentials());
  ASSERT_TRUE(call.has_value());
  EXPECT_EQ(call->body, R"({"recipient":{"id":"7"},"sender_action":"typing_on"})");
}

TEST(SplitText, NeverCutsACodePointAndLosesNothing) {
  std::string emojis;
  for (int i = 0; i < 1001; ++i) emojis += "😀";
  const auto parts = split_text(emojis, 2000);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].size(), 4000u);
  EXPECT_EQ(parts[1], "😀");
  EXPECT_EQ(split_text(std::string(2000, 'a'), 2000).size(), 1u);
  EXPECT_EQ(split_text(std::string(2001, 'a'), 2000).size(), 2u);
  EXPECT_TRUE(split_text(" \n ", 10).empty());
  EXPECT_EQ(split_text("aaaa bbbb", 4), (std::vector<std::string_view>{"aaaa", "bbbb"}));
  EXPECT_EQ(split_text("One. Two words", 10), (std::vector<std::string_view>{"One. Two", "words"}));
  EXPECT_EQ(split_text("One is. Two words", 10),
            (std::vector<std::string_view>{"One is.", "Two words"}));
  for (std::size_t limit = 1; limit < 9; ++limit) {
    std::string joined;
    for (const auto part : split_text("é😀\xff\xf0x。ü\xe2\x82", limit)) joined += part;
    EXPECT_EQ(joined.size() > 0, true);
  }
}

TEST(MessengerAccount, NeedsPageAndToken) {
  EXPECT_EQ(kAdapter.account_of(credentials()).value(), "1029384756");
  api::Credentials none;
  EXPECT_EQ(kAdapter.account_of(none).error().field, "/credentials/page_id");
  none.set_page_id("1");
  EXPECT_EQ(kAdapter.account_of(none).error().field, "/credentials/page_access_token");
  EXPECT_EQ(kAdapter.window_length(), 86'400'000);
}

ProviderReply reply(int status, std::string body) {
  ProviderReply out;
  out.status = status;
  out.body = std::move(body);
  return out;
}

SendOutcome error(std::int64_t code, std::int64_t subcode = 0, int status = 400,
                  bool transient = false) {
  return kAdapter.classify(
      reply(status, R"({"error":{"message":"m","code":)" + std::to_string(code) +
                        (subcode ? ",\"error_subcode\":" + std::to_string(subcode) : "") +
                        (transient ? ",\"is_transient\":true" : "") + "}}"));
}

TEST(MessengerClassify, Accepted) {
  const SendOutcome out =
      kAdapter.classify(reply(200, R"({"recipient_id":"7","message_id":"m_out2"})"));
  EXPECT_EQ(out.kind, Outcome::sent);
  EXPECT_EQ(out.external_id, "m_out2");
  EXPECT_FALSE(out.retry_after_ms.has_value());
}

struct Case {
  std::int64_t code, subcode;
  Outcome kind;
  const char* error_code;
};
class ErrorTable : public testing::TestWithParam<Case> {};
TEST_P(ErrorTable, IsActedOn) {
  const SendOutcome out = error(GetParam().code, GetParam().subcode);
  EXPECT_EQ(out.kind, GetParam().kind);
  EXPECT_EQ(out.error_code, GetParam().error_code);
  EXPECT_FALSE(out.error_detail.empty());
  EXPECT_TRUE(out.provider_code.starts_with(std::to_string(GetParam().code)));
}
INSTANTIATE_TEST_SUITE_P(All, ErrorTable,
                         testing::Values(Case{1, 0, Outcome::retry, "temporary"},
                                         Case{2, 0, Outcome::retry, "temporary"},
                                         Case{4, 0, Outcome::pause, "rate_limited"},
                                         Case{4, 2018354, Outcome::failed, "frequency_limit"},
                                         Case{17, 0, Outcome::pause, "rate_limited"},
                                         Case{32, 0, Outcome::pause, "rate_limited"},
                                         Case{613, 0, Outcome::pause, "rate_limited"},
                                         Case{613, 1893016, Outcome::pause, "rate_limited"},
                                         Case{613, 2018338, Outcome::pause, "abuse_warning"},
                                         Case{80006, 0, Outcome::pause, "rate_limited"},
                                         Case{341, 0, Outcome::pause, "rate_limited"},
                                         Case{9, 2018352, Outcome::failed, "frequency_limit"},
                                         Case{10, 2018278, Outcome::failed, "window_closed"},
                                         Case{10, 2534022, Outcome::failed, "window_closed"},
                                         Case{10, 2018065, Outcome::failed, "window_closed"},
                                         Case{10, 2018108, Outcome::failed, "unreachable"},
                                         Case{10, 1893015, Outcome::failed, "unsubscribed"},
                                         Case{10, 1893063, Outcome::reconnect, "blocked"},
                                         Case{10, 2534077, Outcome::reconnect, "reconnect"},
                                         Case{10, 0, Outcome::reconnect, "reconnect"},
                                         Case{200, 0, Outcome::reconnect, "reconnect"},
                                         Case{299, 0, Outcome::reconnect, "reconnect"},
                                         Case{3, 0, Outcome::reconnect, "reconnect"},
                                         Case{102, 0, Outcome::reconnect, "reconnect"},
                                         Case{190, 0, Outcome::reconnect, "reconnect"},
                                         Case{190, 460, Outcome::reconnect, "reconnect"},
                                         Case{200, 2018028, Outcome::reconnect, "not_approved"},
                                         Case{200, 1545041, Outcome::failed, "unreachable"},
                                         Case{551, 0, Outcome::failed, "unreachable"},
                                         Case{551, 1545041, Outcome::failed, "unreachable"},
                                         Case{100, 2018001, Outcome::failed, "invalid_recipient"},
                                         Case{100, 33, Outcome::reconnect, "reconnect"},
                                         Case{100, 2018008, Outcome::failed, "attachment_rejected"},
                                         Case{100, 2018300, Outcome::failed, "thread_external"},
                                         Case{2018300, 0, Outcome::failed, "thread_external"},
                                         Case{100, 0, Outcome::failed, "rejected"},
                                         Case{368, 0, Outcome::reconnect, "blocked"},
                                         Case{803, 0, Outcome::failed, "invalid_recipient"},
                                         Case{777777, 0, Outcome::failed, "rejected"}));

TEST(MessengerClassify, EveryTokenSubcodeHasItsOwnSentence) {
  std::vector<std::string> sentences;
  for (const std::int64_t subcode : {458, 459, 460, 463, 464, 492}) {
    const SendOutcome out = error(190, subcode, 401);
    EXPECT_EQ(out.kind, Outcome::reconnect);
    for (const std::string& other : sentences) EXPECT_NE(other, out.error_detail);
    sentences.push_back(out.error_detail);
  }
}

TEST(MessengerClassify, TransientAndServerErrorsAreRetried) {
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

TEST(MessengerClassify, NoAnswer) {
  ProviderReply none;
  none.error = Errc::timeout;
  EXPECT_EQ(kAdapter.classify(none).kind, Outcome::retry);
  none.maybe_sent = true;
  EXPECT_EQ(kAdapter.classify(none).kind, Outcome::ambiguous);
}

constexpr const char* kUsage =
    R"({"1":[{"type":"messenger","call_count":100,"total_cputime":3,"total_time":4,"estimated_time_to_regain_access":19}]})";

TEST(MessengerClassify, PausesAsLongAsTheHeadersSay) {
  ProviderReply limited = reply(400, R"({"error":{"code":80006}})");
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 300'000);
  limited.headers = {{"x-business-use-case-usage", kUsage}};
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 1'140'000);
  limited.headers.emplace_back("Retry-After", "7");
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 7'000);
  limited.headers.back().second = "Mon, 21 Sep 2026 14:14:20 GMT";
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 1'140'000);  // no Date to compare with
  limited.headers.emplace_back("Date", "Mon, 21 Sep 2026 14:13:20 GMT");
  EXPECT_EQ(kAdapter.classify(limited).retry_after_ms, 60'000);
  ProviderReply accepted = reply(200, R"({"message_id":"m"})");
  accepted.headers = {{"X-Business-Use-Case-Usage", kUsage}};
  EXPECT_EQ(kAdapter.classify(accepted).kind, Outcome::sent);
  EXPECT_EQ(kAdapter.classify(accepted).retry_after_ms, 1'140'000);
  accepted.headers = {{"X-App-Usage", R"({"call_count":28,"total_time":25,"total_cputime":25})"}};
  EXPECT_FALSE(kAdapter.classify(accepted).retry_after_ms.has_value());
}

TEST(MessengerClassify, RetryAfterOfAServerErrorComesFirst) {
  ProviderReply down = reply(503, "");
  down.headers = {{"Retry-After", "30"}};
  EXPECT_EQ(kAdapter.classify(down).kind, Outcome::retry);
  EXPECT_EQ(kAdapter.classify(down).retry_after_ms, 30'000);
}

TEST(ProviderClientReply, TellsWhetherTheRequestMayHaveArrived) {
  HttpReply answered;
  answered.status = 200;
  answered.body = "x";
  answered.headers.add("Retry-After", "1");
  const ProviderReply ok = provider_reply(std::move(answered));
  EXPECT_EQ(ok.status, 200);
  EXPECT_EQ(ok.headers[0].second, "1");
  HttpError lost;
  lost.error.code = Errc::timeout;
  lost.sent = true;
  const ProviderReply open = provider_reply(tl::unexpected(lost));
  EXPECT_EQ(open.status, 0);
  EXPECT_TRUE(open.maybe_sent);
  EXPECT_EQ(open.error, Errc::timeout);
}

}  // namespace
}  // namespace aura::net::messenger
