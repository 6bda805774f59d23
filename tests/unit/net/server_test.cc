// The server on the wire: keep-alive, pipelining, order, streams, drain.
#include "net/server/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "tests/unit/net/raw_client.h"

namespace aura::net {
namespace {

using test::body_of;
using test::field_of;
using test::RawClient;
using test::status_of;

// A server with an echo, and a "/later/{n}" whose answers the test sends in any order.
class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    router_.add(Method::get, "/hello",
                [](Request&&, const Responder& r) { r.reply(Response::text(200, "hello")); });
    router_.add(Method::post, "/echo",
                [](Request&& q, const Responder& r) { r.reply(Response::text(200, q.body)); });
    router_.add(Method::get, "/later/{n}", [this](Request&& q, Responder r) {
      const std::lock_guard lock(mutex_);
      later_.emplace(std::stoi(std::string(q.param("n"))), std::move(r));
      arrived_.notify_all();
    });
  }

  std::string start(ServerOptions options = {}) {
    options.listen = "127.0.0.1:0";
    server_ = std::make_unique<Server>(options, router_);
    const auto address = server_->start();
    EXPECT_TRUE(address) << address.error().detail;
    return *address;
  }

  void wait_for(std::size_t requests) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(arrived_.wait_for(lock, std::chrono::seconds(10),
                                  [&] { return later_.size() >= requests; }));
  }

  Responder take(int n) {
    const std::lock_guard lock(mutex_);
    auto node = later_.extract(n);
    return std::move(node.mapped());
  }

  Router router_;
  std::unique_ptr<Server> server_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<int, Responder> later_;
};

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
  RawClient client(start());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string response = client.read_response();
    EXPECT_EQ(status_of(response), 200);
    EXPECT_EQ(body_of(response), "hello");
    EXPECT_EQ(field_of(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_FALSE(field_of(response, "Date").empty());
  }
}

TEST_F(ServerTest, AnswersManyRequestsOfOneReadInOrder) {
  RawClient client(start());
  std::string requests;
  for (int i = 0; i < 500; ++i) {
    const std::string body = "body" + std::to_string(i);
    requests += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body;
  }
  client.send(requests);
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(body_of(client.read_response()), "body" + std::to_string(i));
  }
}

TEST_F(ServerTest, KeepsTheOrderWhenHandlersFinishOutOfOrder) {
  RawClient client(start());
  client.send(
      "GET /later/0 HTTP/1.1\r\nHost: x\r\n\r\nGET /later/1 HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /later/2 HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(3);
  std::thread([&] {
    take(2).reply(Response::text(200, "two"));
    take(1).reply(Response::text(200, "one"));
    take(0).reply(Response::text(200, "zero"));
  }).join();
  EXPECT_EQ(body_of(client.read_response()), "zero");
  EXPECT_EQ(body_of(client.read_response()), "one");
  EXPECT_EQ(body_of(client.read_response()), "hello");
  EXPECT_EQ(body_of(client.read_response()), "two");
}

TEST_F(ServerTest, StopsReadingAtThePipelineDepth) {
  ServerOptions options;
  options.limits.pipeline_depth = 4;
  RawClient client(start(options));
  std::string requests;
  for (int i = 0; i < 6; ++i) {
    requests += "GET /later/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  client.send(requests);
  wait_for(4);
  EXPECT_EQ(later_.size(), 4U);
  take(0).reply(Response::text(200, "0"));
  EXPECT_EQ(body_of(client.read_response()), "0");
  wait_for(4);  // the fifth request was read
  for (int i = 1; i < 6; ++i) {
    wait_for(1);
    while (true) {
      const std::lock_guard lock(mutex_);
      if (later_.contains(i)) break;
    }
    take(i).reply(Response::text(200, std::to_string(i)));
    EXPECT_EQ(body_of(client.read_response()), std::to_string(i));
  }
}

TEST_F(ServerTest, ARequestNobodyAnswersGets503) {
  RawClient client(start());
  client.send("GET /later/0 HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(1);
  std::thread([&] { (void)take(0); }).join();
  const std::string response = client.read_response();
  EXPECT_EQ(status_of(response), 503);
  EXPECT_FALSE(field_of(response, "Retry-After").empty());
  EXPECT_EQ(field_of(response, "Content-Type"), "application/problem+json");
  EXPECT_EQ(body_of(client.read_response()), "hello");
}

TEST_F(ServerTest, OnlyTheFirstReplyCounts) {
  router_.add(Method::get, "/twice", [](Request&&, const Responder& r) {
    const Responder copy = r;
    r.reply(Response::text(200, "first"));
    copy.reply(Response::text(500, "second"));
  });
  RawClient client(start());
  client.send("GET /twice HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(body_of(client.read_response()), "first");
  EXPECT_EQ(body_of(client.read_response()), "hello");
}

TEST_F(ServerTest, AThrowingHandlerCostsItsRequestOnly) {
  router_.add(Method::get, "/throw",
              [](Request&&, const Responder&) { throw std::runtime_error("broken"); });
  RawClient client(start());
  client.send("GET /throw HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(client.read_response()), 500);
  EXPECT_EQ(body_of(client.read_response()), "hello");
}

TEST_F(ServerTest, HeadHasNoBodyButItsLength) {
  RawClient client(start());
  client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = client.read_until("\r\n\r\n");
  EXPECT_EQ(field_of(head, "Content-Length"), "5");
  EXPECT_EQ(body_of(client.read_response()), "hello");
}

TEST_F(ServerTest, ClosesWhenAskedAfterTheAnswer) {
  RawClient client(start());
  client.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string response = client.read_response();
  EXPECT_EQ(field_of(response, "Connection"), "close");
  EXPECT_TRUE(client.read_end());
}

TEST_F(ServerTest, AnswersAClientThatEndedItsSending) {
  RawClient client(start());
  client.send("GET /later/0 HTTP/1.1\r\nHost: x\r\n\r\n");
  client.end_sending();
  wait_for(1);
  take(0).reply(Response::text(200, "late"));
  EXPECT_EQ(body_of(client.read_response()), "late");
  EXPECT_TRUE(client.read_end());
}

TEST_F(ServerTest, ReadsAChunkedBodyInPieces) {
  RawClient client(start());
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
  client.send("lo\r\n6;ext=1\r\n world\r\n");
  client.send("0\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(body_of(client.read_response()), "hello world");
  EXPECT_EQ(body_of(client.read_response()), "hello");
}

TEST_F(ServerTest, ReadsALargeBodyAndSendsItBack) {
  RawClient client(start());
  const std::string body(3'000'000, 'x');
  std::thread sender([&] {
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
  });
  const std::string response = client.read_response();
  sender.join();
  EXPECT_EQ(body_of(response), body);
}

TEST_F(ServerTest, SendsContinueBeforeTheBodyComes) {
  RawClient client(start());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(status_of(client.read_until("\r\n\r\n")), 100);
  client.send("ok");
  EXPECT_EQ(body_of(client.read_response()), "ok");
}

TEST_F(ServerTest, StreamsEventsUntilTheReaderLeaves) {
  std::promise<EventStream> opened;
  router_.add(Method::get, "/events",
              [&](Request&&, const Responder& r) { opened.set_value(r.stream()); });
  const std::string address = start();
  std::promise<void> closed;
  EventStream stream;
  {
    RawClient client(address);
    client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    stream = opened.get_future().get();
    stream.on_close([&] { closed.set_value(); });
    EXPECT_TRUE(stream.send(format_event("7", "message.created", "{}")));
    const std::string head = client.read_until("\r\n\r\n");
    EXPECT_EQ(field_of(head, "Content-Type"), "text/event-stream");
    EXPECT_EQ(client.read_bytes(45), "27\r\nid: 7\nevent: message.created\ndata: {}\n\n\r\n");
  }
  closed.get_future().get();
  EXPECT_FALSE(stream.send("more"));
}

TEST_F(ServerTest, AStreamsWriterCanWaitForItsReader) {
  std::promise<EventStream> opened;
  router_.add(Method::get, "/events",
              [&](Request&&, const Responder& r) { opened.set_value(r.stream()); });
  ServerOptions options;
  options.limits.stream_buffer_bytes = 4'000'000;
  RawClient client(start(options));
  client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  const EventStream stream = opened.get_future().get();
  EXPECT_FALSE(stream.wait_for_room([] {})) << "nothing is waiting";
  const std::string event(100'000, 'x');
  std::promise<void> room;
  std::size_t sent = 0;
  while (!stream.wait_for_room([&] { room.set_value(); })) {
    ASSERT_TRUE(stream.send(event));
    sent += event.size();
  }
  client.read_until("\r\n\r\n");
  client.read_bytes(sent);
  EXPECT_EQ(room.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  EXPECT_TRUE(stream.send(event));
}

TEST_F(ServerTest, DrainFinishesWhatIsInFlight) {
  RawClient busy(start());
  busy.send("GET /later/0 HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(1);
  auto drained = std::async(std::launch::async, [&] {
    return server_->drain(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  });
  take(0).reply(Response::text(200, "done"));
  EXPECT_EQ(body_of(busy.read_response()), "done");
  EXPECT_TRUE(busy.read_end());
  busy.end_sending();
  EXPECT_TRUE(drained.get());
}

TEST_F(ServerTest, NothingNewBeginsOnceTheLastAnswerOfADrainIsOut) {
  std::atomic<int> hellos{0};
  router_.add(Method::get, "/count", [&](Request&&, const Responder& r) {
    ++hellos;
    r.reply(Response::text(200, "hello"));
  });
  const std::string address = start();
  RawClient idle(address);
  idle.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.read_response();
  RawClient client(address);
  client.send("GET /later/0 HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(1);
  const std::string large(16'000'000, 'x');
  take(0).reply(Response::text(200, large));
  client.read_bytes(1);  // the answer has begun and does not fit into the socket's buffer
  auto drained = std::async(std::launch::async, [&] {
    return server_->drain(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  });
  EXPECT_TRUE(idle.read_end());  // the drain has begun
  idle.end_sending();
  client.read_until("\r\n\r\n");
  client.read_bytes(large.size());
  client.send("GET /count HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.read_end());
  client.end_sending();
  EXPECT_TRUE(drained.get());
  EXPECT_EQ(hellos, 0);
}

TEST_F(ServerTest, ARepliesAfterTheEndIsDropped) {
  RawClient client(start());
  client.send("GET /later/0 HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(1);
  server_->stop();
  EXPECT_TRUE(client.read_end());
  take(0).reply(Response::text(200, "too late"));
}

}  // namespace
}  // namespace aura::net
