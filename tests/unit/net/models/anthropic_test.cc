#include "net/providers/models/anthropic.h"

#include <gtest/gtest.h>

namespace aura::net::models {
namespace {

using Kind = ModelError::Kind;
using Stop = ModelAnswer::Stop;

ModelResult parse(int status, std::string body,
                  std::vector<std::pair<std::string, std::string>> headers = {}) {
  ProviderReply reply;
  reply.status = status;
  reply.body = std::move(body);
  reply.headers = std::move(headers);
  return AnthropicApi({"", "k", "m"}).parse(reply);
}

TEST(AnthropicTest, Composes) {
  ModelRequest request;
  request.system = "You answer for a shop.";
  request.messages = {{ModelMessage::Role::user, "Hi"},
                      {ModelMessage::Role::assistant, "Hello."},
                      {ModelMessage::Role::user, "A1?"}};
  request.max_tokens = 400;
  const auto call = AnthropicApi({"", "sk-ant-1", "claude-haiku-5-5"}).compose(request);
  EXPECT_EQ(call.url, "https://api.anthropic.com/v1/messages");
  const std::vector<std::pair<std::string, std::string>> headers = {
      {"Content-Type", "application/json"},
      {"anthropic-version", "2023-06-01"},
      {"x-api-key", "sk-ant-1"}};
  EXPECT_EQ(call.headers, headers);
  EXPECT_EQ(call.body,
            R"({"model":"claude-haiku-5-5","max_tokens":400,"system":"You answer for a shop.",)"
            R"("messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."},)"
            R"({"role":"user","content":"A1?"}]})");
  EXPECT_EQ(AnthropicApi({"http://127.0.0.1:8080", "", "m"}).compose(request).url,
            "http://127.0.0.1:8080/v1/messages");
}

TEST(AnthropicTest, ReadsTheAnswer) {
  const auto result =
      parse(200,
            R"({"id":"msg_1","type":"message","role":"assistant","model":"M","content":[)"
            R"({"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"Yes"},)"
            R"({"type":"future_block"},{"type":"text","text":"."}],"stop_reason":"end_turn",)"
            R"("stop_sequence":null,"usage":{"input_tokens":40,"output_tokens":5,)"
            R"("cache_creation_input_tokens":10,"cache_read_input_tokens":100}})",
            {{"request-id", "req_1"}});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->text, "Yes.");
  EXPECT_EQ(result->stop, Stop::complete);
  EXPECT_EQ(result->usage.input_tokens, 150);
  EXPECT_EQ(result->usage.output_tokens, 5);
  EXPECT_FALSE(result->usage.estimated);
  EXPECT_EQ(result->request_id, "req_1");
}

TEST(AnthropicTest, SaysHowTheAnswerEnded) {
  const auto stop = [](const std::string& reason) {
    return parse(200, R"({"content":[{"type":"text","text":"x"}],"stop_reason":")" + reason + "\"}")
        ->stop;
  };
  EXPECT_EQ(stop("end_turn"), Stop::complete);
  EXPECT_EQ(stop("stop_sequence"), Stop::complete);
  EXPECT_EQ(stop("refusal"), Stop::refused);
  for (const char* cut : {"max_tokens", "model_context_window_exceeded", "pause_turn", "tool_use",
                          "something_new", ""})
    EXPECT_EQ(stop(cut), Stop::truncated) << cut;
  const auto bare = parse(200, R"({"content":[{"type":"text","text":"12345678"}]})");
  EXPECT_TRUE(bare->usage.estimated);
  EXPECT_EQ(bare->usage.output_tokens, 2);
}

TEST(AnthropicTest, SaysWhatAnErrorMeans) {
  const auto error = [](int status, const std::string& type) {
    return parse(status, R"({"type":"error","error":{"type":")" + type +
                             R"(","message":"m"},"request_id":"req_9"})")
        .error();
  };
  EXPECT_EQ(error(400, "invalid_request_error").kind, Kind::broken);
  EXPECT_EQ(error(401, "authentication_error").kind, Kind::broken);
  EXPECT_EQ(error(402, "billing_error").kind, Kind::broken);
  EXPECT_EQ(error(403, "permission_error").kind, Kind::broken);
  EXPECT_EQ(error(404, "not_found_error").kind, Kind::broken);
  EXPECT_EQ(error(413, "request_too_large").kind, Kind::refused);
  EXPECT_EQ(error(429, "rate_limit_error").kind, Kind::busy);
  EXPECT_EQ(error(500, "api_error").kind, Kind::temporary);
  EXPECT_EQ(error(504, "timeout_error").kind, Kind::temporary);
  const auto overloaded = error(529, "overloaded_error");
  EXPECT_EQ(overloaded.kind, Kind::busy);
  EXPECT_TRUE(overloaded.retry);
  EXPECT_EQ(overloaded.reason, "overloaded_error");
  EXPECT_EQ(overloaded.request_id, "req_9");
  EXPECT_EQ(parse(200, R"({"type":"error","error":{"type":"overloaded_error"}})").error().reason,
            "overloaded_error");
  EXPECT_EQ(parse(200, "{}").error().reason, "unreadable");
}

}  // namespace
}  // namespace aura::net::models
