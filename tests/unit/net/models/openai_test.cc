// OpenAI's protocol, and what its imitators write differently (protocols/llm-apis.md).
#include "net/providers/models/openai.h"

#include <gtest/gtest.h>

#include "net/providers/models/http_model.h"
#include "net/providers/models/model_reply.h"

namespace aura::net::models {
namespace {

using Kind = ModelError::Kind;
using Stop = ModelAnswer::Stop;
using std::chrono::milliseconds;

ModelRequest request() {
  ModelRequest out;
  out.system = "You answer for a shop.";
  out.messages = {{ModelMessage::Role::user, "Hi"},
                  {ModelMessage::Role::assistant, "Hello."},
                  {ModelMessage::Role::user, "Is \"A1\" in stock?"}};
  out.max_tokens = 400;
  return out;
}

ProviderReply reply(int status, std::string body,
                    std::vector<std::pair<std::string, std::string>> headers = {}) {
  ProviderReply out;
  out.status = status;
  out.body = std::move(body);
  out.headers = std::move(headers);
  return out;
}

ModelAnswer answer(const std::string& body) {
  const auto result = OpenAiApi({"", "k", "m"}).parse(reply(200, body));
  EXPECT_TRUE(result) << body;
  return result.value_or(ModelAnswer{});
}

ModelError error(int status, const std::string& body,
                 std::vector<std::pair<std::string, std::string>> headers = {}) {
  const auto result = OpenAiApi({"", "k", "m"}).parse(reply(status, body, std::move(headers)));
  EXPECT_FALSE(result) << body;
  return result ? ModelError{} : result.error();
}

TEST(OpenAiTest, ComposesWhatEveryServerKnows) {
  const auto call = OpenAiApi({"http://127.0.0.1:11434/v1", "", "qwen:7b"}).compose(request());
  EXPECT_EQ(call.method, "POST");
  EXPECT_EQ(call.url, "http://127.0.0.1:11434/v1/chat/completions");
  ASSERT_EQ(call.headers.size(), 1u);  // no key: no header
  EXPECT_EQ(
      call.body,
      R"({"model":"qwen:7b","messages":[{"role":"system","content":"You answer for a shop."},)"
      R"({"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."},)"
      R"({"role":"user","content":"Is \"A1\" in stock?"}],"max_tokens":400})");
}

TEST(OpenAiTest, ItsOwnApiGetsTheKeyAndTheNewNameOfTheBound) {
  const auto call = OpenAiApi({"", "sk-1", "m"}).compose(request());
  EXPECT_EQ(call.url, "https://api.openai.com/v1/chat/completions");
  EXPECT_EQ(call.headers.back().first, "Authorization");
  EXPECT_EQ(call.headers.back().second, "Bearer sk-1");
  EXPECT_NE(call.body.find(R"("max_completion_tokens":400})"), std::string::npos);
  EXPECT_EQ(call.url.find("sk-1"), std::string::npos);
}

TEST(OpenAiTest, ABaseWithoutAPathGetsV1) {
  EXPECT_EQ(endpoint("http://a:1", "x"), "http://a:1/v1/x");
  EXPECT_EQ(endpoint("https://a/v1", "x"), "https://a/v1/x");
  EXPECT_EQ(endpoint("https://a/api/v3", "x"), "https://a/api/v3/x");
}

TEST(OpenAiTest, ReadsTheAnswer) {
  const auto result =
      OpenAiApi({"", "k", "m"})
          .parse(reply(
              200,
              R"({"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"M",)"
              R"("choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant",)"
              R"("content":"Yes, caf\u00e9 \ud83d\ude00.","refusal":null,"annotations":[]},"logprobs":null}],)"
              R"("usage":{"prompt_tokens":52,"completion_tokens":6,"total_tokens":58}})",
              {{"X-Request-Id", "req_7"}}));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->text, "Yes, café 😀.");
  EXPECT_EQ(result->stop, Stop::complete);
  EXPECT_EQ(result->usage.input_tokens, 52);
  EXPECT_EQ(result->usage.output_tokens, 6);
  EXPECT_FALSE(result->usage.estimated);
  EXPECT_EQ(result->request_id, "req_7");
}

TEST(OpenAiTest, ReadsWhatImitatorsWriteDifferently) {
  // No usage, no finish_reason, content as parts, thoughts in the text or beside it.
  const auto parts = answer(
      R"({"choices":[{"message":{"content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}}]})");
  EXPECT_EQ(parts.text, "AB");
  EXPECT_EQ(parts.stop, Stop::complete);
  EXPECT_TRUE(parts.usage.estimated);
  EXPECT_EQ(parts.usage.output_tokens, 1);
  const auto text = [](const std::string& content) {
    return answer(R"({"choices":[{"message":{"reasoning_content":"hm","content":")" + content +
                  R"("},"finish_reason":"stop"}],"timings":{},"usage":null})")
        .text;
  };
  EXPECT_EQ(text(R"(<think>\nis it?\n</think>\n\nYes.)"), "Yes.");
  EXPECT_EQ(text(R"(is it? </think> Yes.)"), "Yes.");
  EXPECT_EQ(text(R"(<think>is it? and so on)"), "");
  EXPECT_EQ(text(R"(  Yes. \n)"), "Yes.");
  EXPECT_EQ(answer(R"({"choices":[{"message":{"content":null}}]})").text, "");
}

TEST(OpenAiTest, SaysHowTheAnswerEnded) {
  const auto stop = [](const std::string& reason, const std::string& more = "") {
    return answer(R"({"choices":[{"message":{"content":"x")" + more + R"(},"finish_reason":)" +
                  reason + "}]}")
        .stop;
  };
  EXPECT_EQ(stop("\"stop\""), Stop::complete);
  EXPECT_EQ(stop("\"eos\""), Stop::complete);
  EXPECT_EQ(stop("null"), Stop::complete);
  EXPECT_EQ(stop("\"length\""), Stop::truncated);
  EXPECT_EQ(stop("\"tool_calls\""), Stop::truncated);
  EXPECT_EQ(stop("\"function_call\""), Stop::truncated);
  EXPECT_EQ(stop("\"content_filter\""), Stop::refused);
  EXPECT_EQ(stop("\"stop\"", R"(,"refusal":"I can't help with that.")"), Stop::refused);
}

TEST(OpenAiTest, SaysWhatAnErrorMeans) {
  const auto coded = [](int status, const std::string& code) {
    return error(status,
                 R"({"error":{"message":"secret words sk-1","type":"t_x","param":null,"code":")" +
                     code + "\"}}");
  };
  const auto quota = coded(429, "insufficient_quota");
  EXPECT_EQ(quota.kind, Kind::broken);
  EXPECT_FALSE(quota.retry);
  EXPECT_EQ(quota.reason, "insufficient_quota");
  const auto rate = coded(429, "rate_limit_exceeded");
  EXPECT_EQ(rate.kind, Kind::busy);
  EXPECT_TRUE(rate.retry);
  EXPECT_EQ(coded(400, "context_length_exceeded").kind, Kind::refused);
  EXPECT_EQ(coded(400, "content_filter").kind, Kind::refused);
  EXPECT_EQ(coded(400, "model_not_found").kind, Kind::broken);
  EXPECT_EQ(coded(401, "invalid_api_key").kind, Kind::broken);
  EXPECT_EQ(
      error(400, R"({"error":{"message":"m","type":"invalid_request_error","code":null}})").reason,
      "invalid_request_error");
  EXPECT_TRUE(error(500, "<html>oops</html>").retry);
  EXPECT_EQ(error(500, "<html>oops</html>").reason, "http_500");
  EXPECT_EQ(error(503, "").kind, Kind::busy);
  EXPECT_TRUE(error(409, "").retry);
  EXPECT_TRUE(error(408, "").retry);
  EXPECT_EQ(error(413, "").kind, Kind::refused);
}

TEST(OpenAiTest, ReadsErrorsOfEveryShape) {
  const auto ollama = error(404, R"({"error":"model 'x' not found"})");
  EXPECT_EQ(ollama.kind, Kind::broken);
  EXPECT_EQ(ollama.reason, "http_404");
  const auto vllm = error(
      404, R"({"object":"error","message":"m","type":"NotFoundError","param":null,"code":404})");
  EXPECT_EQ(vllm.kind, Kind::broken);
  EXPECT_EQ(vllm.reason, "NotFoundError");
  EXPECT_EQ(error(200, R"({"error":{"code":"server_error"}})").reason, "server_error");
  const auto nothing = error(200, "{}");
  EXPECT_EQ(nothing.reason, "unreadable");
  EXPECT_TRUE(nothing.retry);
  EXPECT_EQ(error(200, "not json").reason, "unreadable");
  EXPECT_EQ(error(200, R"({"choices":[]})").reason, "unreadable");
  // A code is logged only if it is a word.
  EXPECT_EQ(error(500, R"({"error":{"code":"your key is sk-1"}})").reason, "http_500");
}

TEST(OpenAiTest, WaitsAsTheProviderSays) {
  const auto wait = [](std::vector<std::pair<std::string, std::string>> headers) {
    return error(429, "{}", std::move(headers)).retry_after;
  };
  EXPECT_EQ(wait({{"retry-after", "7"}}), milliseconds(7000));
  EXPECT_EQ(wait({{"Retry-After", "7"}, {"Retry-After-Ms", "1500"}}), milliseconds(1500));
  EXPECT_EQ(wait({{"Retry-After", "Mon, 23 Nov 2026 22:15:11 GMT"},
                  {"Date", "Mon, 23 Nov 2026 22:15:01 GMT"}}),
            milliseconds(10'000));
  EXPECT_EQ(wait({}), std::nullopt);
  EXPECT_FALSE(error(500, "{}", {{"x-should-retry", "false"}}).retry);
  EXPECT_TRUE(error(400, "{}", {{"x-should-retry", "true"}}).retry);
}

TEST(OpenAiTest, WaitsLongerEachTimeWithinBounds) {
  SeededRandom random(1);
  const std::int64_t longest[] = {500, 1000, 2000, 4000, 8000, 8000};
  for (int n = 0; n < 6; ++n) {
    for (int i = 0; i < 50; ++i) {
      const auto wait = wait_before(n, {}, random).count();
      EXPECT_LE(wait, longest[n]);
      EXPECT_GE(wait, longest[n] * 3 / 4);
    }
  }
}

TEST(OpenAiTest, NoAnswerIsTriedAgainUnlessItCameTooLate) {
  ProviderReply none;
  none.error = Errc::io;
  EXPECT_TRUE(OpenAiApi({"", "k", "m"}).parse(none).error().retry);
  none.error = Errc::timeout;  // of the connection
  EXPECT_TRUE(OpenAiApi({"", "k", "m"}).parse(none).error().retry);
  none.maybe_sent = true;
  EXPECT_EQ(OpenAiApi({"", "k", "m"}).parse(none).error().kind, Kind::timeout);
  EXPECT_FALSE(OpenAiApi({"", "k", "m"}).parse(none).error().retry);
}

}  // namespace
}  // namespace aura::net::models
