// The load generator against a server on the same loop.
#include "bench/harness/stream.h"

#include <gtest/gtest.h>

#include "bench/sim/http_server.h"

namespace aura::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Posts final : public Workload {
 public:
  std::uint64_t next(std::string& out, TimePoint) override {
    out += "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
    return sent++;
  }
  bool answered(std::uint64_t, int) override { return ends_with_answer; }
  std::uint64_t sent = 0;
  bool ends_with_answer = true;
};

// A stall of the server delays every request that was due meanwhile. Latency measured from sending
// shows the stall in one request only; measured from the due time, in all of them.
TEST(Stream, AStallIsChargedToEveryRequestThatWasDue) {
  Loop loop;
  int served = 0;
  HttpServer server(loop, {}, [&](const HttpMessage&) {
    HttpAnswer answer;
    if (served++ == 0) answer.delay = milliseconds(200);
    return answer;
  });
  Posts posts;
  Stream stream(loop, server.endpoint(), posts, {.connections = 1, .per_second = 1000});
  stream.start();
  ASSERT_TRUE(loop.run_until(steady_now() + seconds(20), [&] { return served >= 100; }));
  stream.pause();
  ASSERT_TRUE(
      loop.run_until(steady_now() + seconds(20), [&] { return stream.outstanding() == 0; }));
  EXPECT_GE(stream.latency().count(), 100u);
  EXPECT_GT(stream.latency().quantile_us(0.3), 50'000);
}

TEST(Stream, ClosedLoopKeepsToItsBoundsUntilOperationsFinish) {
  Loop loop;
  HttpServer server(loop, {}, [](const HttpMessage&) { return HttpAnswer{}; });
  Posts posts;
  posts.ends_with_answer = false;  // like a job: the workload ends it later
  Stream stream(loop, server.endpoint(), posts, {.connections = 2, .operations = 5});
  stream.start();
  ASSERT_TRUE(
      loop.run_until(steady_now() + seconds(20), [&] { return stream.counts().answered_ok == 5; }));
  loop.run_until(steady_now() + milliseconds(20));
  EXPECT_EQ(posts.sent, 5u);
  stream.finish();
  ASSERT_TRUE(
      loop.run_until(steady_now() + seconds(20), [&] { return stream.counts().answered_ok == 6; }));
  EXPECT_EQ(posts.sent, 6u);
}

TEST(Stream, RefusalsAndBrokenConnectionsAreCountedApart) {
  Loop loop;
  int served = 0;
  HttpServer server(loop, {}, [&](const HttpMessage&) {
    HttpAnswer answer;
    ++served;
    if (served == 2) answer.status = 503;
    if (served == 3) answer.fate = HttpAnswer::Fate::reset;
    return answer;
  });
  Posts posts;
  Stream stream(loop, server.endpoint(), posts, {.connections = 1});
  stream.start();
  ASSERT_TRUE(
      loop.run_until(steady_now() + seconds(20), [&] { return stream.counts().answered_ok >= 2; }));
  EXPECT_EQ(stream.counts().refused, 1u);
  EXPECT_EQ(stream.counts().failed, 1u);
}

}  // namespace
}  // namespace aura::bench
