#include "net/http.h"

#include <gtest/gtest.h>

#include "config/limits.h"
#include "net/json.h"
#include "net/server/problem.h"
#include "net/server/responder.h"

namespace aura::net {
namespace {

TEST(HeadersTest, LooksUpWithoutCaseAndKeepsDuplicates) {
  Headers headers;
  headers.add("Content-Type", "a");
  headers.add("X-One", "1");
  headers.add("x-one", "2");
  EXPECT_EQ(headers.get("content-type"), "a");
  EXPECT_EQ(headers.count("X-ONE"), 2U);
  EXPECT_EQ(headers.all("x-one"), (std::vector<std::string_view>{"1", "2"}));
  headers.set("X-One", "3");
  EXPECT_EQ(headers.count("x-one"), 1U);
  EXPECT_EQ(headers.wire(), "Content-Type: a\r\nX-One: 3\r\n");
}

TEST(HeadersTest, NothingCanEndItsLine) {
  Headers headers;
  headers.add("X", "a\r\nSet-Cookie: b");
  EXPECT_EQ(headers.wire(), "X: aSet-Cookie: b\r\n");
}

TEST(RequestTest, SplitsAndDecodes) {
  Request request;
  request.target = "/webhooks/meta?hub.verify_token=vt%2B01&b=a+c&b=%zz&empty";
  EXPECT_EQ(request.path(), "/webhooks/meta");
  EXPECT_EQ(request.query_param("hub.verify_token"), "vt+01");
  EXPECT_EQ(request.query().all("b"), (std::vector<std::string_view>{"a+c", "%zz"}));
  EXPECT_EQ(request.query_param("empty"), "");
  EXPECT_EQ(request.query_param("missing"), std::nullopt);
  EXPECT_EQ(*parse_form("a=b+c%20d").find("a"), "b c d");
  EXPECT_EQ(percent_decode(percent_encode("a b/ü%")), "a b/ü%");
}

TEST(ProblemTest, IsJsonWithAStableType) {
  const Response response = problem(422, "invalid", "Invalid", "say \"what\"\n", "/a/0");
  EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
  const auto json = parse_json(response.body);
  ASSERT_TRUE(json);
  const JsonRef root(*json);
  EXPECT_EQ(*root.string("type"), "https://aura-de-mer.dev/problems/invalid");
  EXPECT_EQ((*json)["status"].GetInt(), 422);
  EXPECT_EQ(*root.string("detail"), "say \"what\"\n");
  EXPECT_EQ(*JsonRef((*json)["errors"][0]).string("pointer"), "#/a/0");
}

TEST(ProblemTest, DamagedDataTellsNoPathOfThisMachine) {
  const Response response = problem(Error{
      Errc::corrupt, "reading item: block checksum mismatch in /var/lib/aura/db/000062.sst", ""});
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("/var/lib"), std::string::npos) << response.body;
  EXPECT_NE(response.body.find("cannot be read"), std::string::npos) << response.body;
}

TEST(ProblemTest, SaysWhenToTryAgain) {
  const Response busy = problem(Error{Errc::overloaded, "", ""});
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.headers.get("Retry-After"), std::to_string(limits::kRetryAfter.count()));
  Error used_up{Errc::rate_limited, "Too many files today.", ""};
  used_up.retry_after = std::chrono::hours(2);
  const Response refused = problem(used_up);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.all("Retry-After"), std::vector<std::string_view>{"7200"});
  EXPECT_NE(refused.body.find("/problems/rate-limited"), std::string::npos) << refused.body;
}

TEST(ResponderTest, AnswersIntoAFunctionOnce) {
  std::vector<int> statuses;
  {
    const Responder responder([&](const Response& r) { statuses.push_back(r.status); });
    responder.reply(Response::text(200, ""));
    responder.reply(Response::text(500, ""));
  }
  {
    const Responder dropped([&](const Response& r) { statuses.push_back(r.status); });
  }
  EXPECT_EQ(statuses, (std::vector<int>{200, 503}));
}

}  // namespace
}  // namespace aura::net
