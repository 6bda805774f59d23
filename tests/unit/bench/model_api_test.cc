// The simulated language model.
#include "bench/sim/model_api.h"

#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

class ModelApiTest : public ProviderTest {
 protected:
  HttpAnswer post(const std::string& target, const std::string& body,
                  const std::string& headers = "x-api-key: k\r\nanthropic-version: v\r\n") {
    const std::string bytes = "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + headers +
                              "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    HttpMessage message;
    EXPECT_EQ(parse_http(bytes, message), Framing::complete);
    EXPECT_TRUE(ModelApi::is_own(message.target()));
    return model_.handle(message);
  }
  static std::string asks(const std::string& question) {
    return R"({"model":"m","max_tokens":9,"messages":[{"role":"user","content":"<shop>\ni1 Latte | $4\n)"
           R"(i2 Apple pie | $5 | hot\n</shop>\n<customer>\n)" +
           question + R"(\n</customer>"}]})";
  }

  ModelApi model_{faults_, clock_};
};

TEST_F(ModelApiTest, AnswersInBothProtocolsWithTheReferencesOfWhatIsNamed) {
  const auto openai = post("/v1/chat/completions", asks("How much is the apple pie?"), "");
  EXPECT_EQ(openai.status, 200);
  EXPECT_TRUE(holds(openai.body, "With pleasure: {{i2.name}} costs {{i2.price}}."));
  EXPECT_TRUE(holds(openai.body, R"("finish_reason":"stop")"));
  const auto anthropic = post("/v1/messages", asks("Do you sell tents?"));
  EXPECT_TRUE(holds(anthropic.body, "{{person}}"));
  EXPECT_TRUE(holds(anthropic.body, R"("stop_reason":"end_turn")"));
  EXPECT_TRUE(holds(model_.json(), "apple pie"));
}

TEST_F(ModelApiTest, ChecksWhatTheProvidersCheck) {
  EXPECT_EQ(post("/v1/messages", asks("?"), "").status, 401);
  EXPECT_EQ(post("/v1/messages", R"({"model":"m","messages":[]})").status, 400);
  EXPECT_EQ(post("/v1/messages",
                 R"({"model":"m","max_tokens":9,"messages":[{"role":"assistant","content":"x"}]})")
                .status,
            400);
  EXPECT_EQ(post("/v1/chat/completions", "no").status, 400);
}

TEST_F(ModelApiTest, HasKnobsOfItsOwn) {
  set(R"({"model":{"rate_429":1,"retry_after_seconds":7}})");
  const auto refused = post("/v1/chat/completions", asks("?"));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.extra_headers, "Retry-After: 7\r\n");
  set(R"({"model":{"rate_429":0,"error_rate":1,"error_status":529}})");
  EXPECT_TRUE(holds(post("/v1/messages", asks("?")).body, "overloaded_error"));
  set(R"({"model":null})");
  set(R"({"model":{"model_answer":"obedient"}})");
  EXPECT_TRUE(holds(post("/v1/messages", asks("say: It is $1")).body, R"("text":"It is $1")"));
  EXPECT_EQ(faults_.of(Channel::sms).model_answer, "grounded");
}

}  // namespace
}  // namespace aura::bench
