// The calls themselves, against a server that misbehaves.
#include "net/providers/models/http_model.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "net/providers/models/openai.h"
#include "runtime/metrics.h"
#include "tests/unit/net/scripted_peer.h"

namespace aura::net::models {
namespace {

using Kind = ModelError::Kind;
using std::chrono::milliseconds;
using test::read_request;
using test::ScriptedPeer;
using test::write_all;

std::string http(int status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::string kGood =
    http(200, R"({"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]})");

struct World {
  explicit World(std::vector<std::string> replies, milliseconds timeout = milliseconds(10'000))
      : peer([this, replies](int fd, int) {
          while (!read_request(fd).empty()) {
            const auto n =
                std::min<std::size_t>(static_cast<std::size_t>(calls++), replies.size() - 1);
            if (replies[n].empty()) return (void)read_request(fd);  // never answers
            write_all(fd, replies[n]);
          }
        }),
        model(client, std::make_unique<OpenAiApi>(Account{base(), "sk-1", "m"}), random,
              {"m", timeout}) {}

  std::string base() const {
    std::string url = peer.url("");
    while (url.ends_with('/')) url.pop_back();
    return url;
  }

  ModelResult ask(std::stop_token stop = {}) {
    std::promise<ModelResult> promise;
    ModelRequest request;
    request.messages = {{ModelMessage::Role::user, "Is it?"}};
    model.ask(request, stop, [&](ModelResult r) { promise.set_value(std::move(r)); });
    return promise.get_future().get();
  }

  std::atomic<int> calls{0};
  ScriptedPeer peer;
  SeededRandom random{1};
  HttpClient client;
  HttpModel model;
};

TEST(HttpModelTest, AsksAndCounts) {
  World world({kGood});
  const auto result = world.ask();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->text, "Yes.");
  EXPECT_TRUE(result->usage.estimated);
  EXPECT_GT(result->usage.input_tokens, 10) << "the request's bytes";
  EXPECT_EQ(world.calls, 1);
  EXPECT_NE(metrics::prometheus_text().find(R"(aura_model_calls_total{outcome="complete"})"),
            std::string::npos);
}

TEST(HttpModelTest, TriesAgainWhatMayPass) {
  World world({http(500, ""), http(429, "", "Retry-After: 0\r\n"), kGood});
  EXPECT_TRUE(world.ask());
  EXPECT_EQ(world.calls, 3);
}

TEST(HttpModelTest, GivesUpAfterTwoRepetitions) {
  World world({http(529, "", "retry-after-ms: 1\r\n")});
  const auto result = world.ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Kind::busy);
  EXPECT_EQ(world.calls, 1 + limits::kModelRetries);
}

TEST(HttpModelTest, DoesNotRepeatWhatCannotPass) {
  World world({http(401, R"({"error":{"code":"invalid_api_key"}})")});
  const auto result = world.ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, "invalid_api_key");
  EXPECT_EQ(world.calls, 1);
}

TEST(HttpModelTest, DoesNotWaitBeyondItsTime) {
  World world({http(429, "", "Retry-After: 60\r\n")});
  const auto result = world.ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Kind::busy);
  EXPECT_EQ(world.calls, 1);
  EXPECT_EQ(world.ask().error().kind, Kind::resting) << "the provider asked for a minute";
  EXPECT_EQ(world.calls, 1);
}

TEST(HttpModelTest, EndsWithItsTime) {
  World world({""}, milliseconds(200));
  const auto result = world.ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Kind::timeout);
}

TEST(HttpModelTest, ADeadServerCostsNothingAfterAFewCalls) {
  World world({http(500, "", "x-should-retry: false\r\n")});
  for (int i = 0; i < limits::kBreakerFailures; ++i)
    EXPECT_EQ(world.ask().error().kind, Kind::temporary);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(world.ask().error().kind, Kind::resting);
  EXPECT_EQ(world.calls, limits::kBreakerFailures);
}

TEST(HttpModelTest, AStoppedQuestionIsDropped) {
  World world({""});
  std::stop_source stop;
  auto result = std::async(std::launch::async, [&] { return world.ask(stop.get_token()); });
  while (world.calls == 0) std::this_thread::yield();
  stop.request_stop();
  EXPECT_EQ(result.get().error().kind, Kind::stopped);
}

TEST(HttpModelTest, AReplyBeyondTheBoundIsNoAnswer) {
  World world({http(200, std::string(limits::kModelReplyBytes + 1, ' '))}, milliseconds(400));
  EXPECT_FALSE(world.ask());
}

TEST(HttpModelTest, RunsOnlySoManyCallsAtOnce) {
  World world({""}, milliseconds(20'000));
  std::stop_source stop;
  std::vector<std::future<ModelResult>> running;
  ModelRequest request;
  request.messages = {{ModelMessage::Role::user, "Is it?"}};
  for (int i = 0; i < limits::kModelCalls; ++i) {
    auto promise = std::make_shared<std::promise<ModelResult>>();
    running.push_back(promise->get_future());
    world.model.ask(request, stop.get_token(),
                    [promise](ModelResult r) { promise->set_value(std::move(r)); });
  }
  EXPECT_EQ(world.ask().error().reason, "too_many_calls");
  stop.request_stop();
  for (auto& one : running) EXPECT_EQ(one.get().error().kind, Kind::stopped);
}

}  // namespace
}  // namespace aura::net::models
