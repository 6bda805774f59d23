// What a server refuses: ambiguous framing (request smuggling), excessive size, slowness.
#include <gtest/gtest.h>

#include <future>

#include "net/server/server.h"
#include "tests/support/log_pipe.h"
#include "tests/unit/net/raw_client.h"

namespace aura::net {
namespace {

using aura::test::LogPipe;
using std::chrono::milliseconds;
using test::body_of;
using test::field_of;
using test::RawClient;
using test::status_of;

class LimitsTest : public testing::Test {
 protected:
  std::string start(ServerLimits limits = {}) {
    router_.add(Method::post, "/echo",
                [](Request&& q, const Responder& r) { r.reply(Response::text(200, q.body)); });
    router_.add(Method::post, "/small",
                [](Request&& q, const Responder& r) { r.reply(Response::text(200, q.body)); },
                {.max_body = 10});
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.limits = limits;
    server_ = std::make_unique<Server>(options, router_);
    return *server_->start();
  }

  Router router_;
  std::unique_ptr<Server> server_;
};

TEST_F(LimitsTest, RefusesAmbiguousFraming) {
  const std::string address = start();
  const char* const corpus[] = {
      // Content-Length and Transfer-Encoding together, both orders
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
      // two lengths, equal or not, or as a list
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 4\r\n\r\n",
      // lengths that are no numbers
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0x4\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n",
      // transfer codings other than chunked, repeated, or disguised
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
      "chunked\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n",
      "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
      // folded lines, bare line feeds, stray characters
      "POST /echo HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nX-A:\r\n\tc\r\n\r\n",
      "POST /echo HTTP/1.1\r\n Host: x\r\n\r\n",
      "POST /echo HTTP/1.1\nHost: x\n\n\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nX-A: b\rc\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\n: empty\r\n\r\n",
      // hosts and targets
      "POST /echo HTTP/1.1\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
      "POST echo HTTP/1.1\r\nHost: x\r\n\r\n",
      // broken chunks
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
  };
  for (const char* const request : corpus) {
    RawClient client(address);
    // The following bytes must never be parsed as a separate request.
    client.send(std::string(request) +
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n"
                "\r\nsmuggled");
    const std::string response = client.read_response();
    EXPECT_EQ(status_of(response), 400) << request;
    EXPECT_EQ(field_of(response, "Connection"), "close") << request;
    EXPECT_EQ(client.read_response(), "") << request;
  }
}

TEST_F(LimitsTest, RefusesByKind) {
  const std::string address = start();
  const auto answer = [&](const std::string& request) {
    RawClient client(address);
    client.send(request);
    return status_of(client.read_response());
  };
  const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(answer(post + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"), 415);
  EXPECT_EQ(answer(post + "Expect: magic\r\nContent-Length: 1\r\n\r\nx"), 417);
  EXPECT_EQ(answer("POST /echo HTTP/2.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(answer("POST /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
  EXPECT_EQ(answer("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
  EXPECT_EQ(answer("BREW /echo HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
  EXPECT_EQ(answer("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"), 404);
}

TEST_F(LimitsTest, RefusesALargeHeaderHoweverItComes) {
  const std::string address = start();
  RawClient at_once(address);
  at_once.send("POST /echo HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n");
  EXPECT_EQ(status_of(at_once.read_response()), 431);
  RawClient endless(address);
  endless.send("POST /echo HTTP/1.1\r\nHost: x\r\n");
  for (int i = 0; i < 40; ++i) endless.send("X: " + std::string(500, 'a') + "\r\n");
  EXPECT_EQ(status_of(endless.read_response()), 431);
  RawClient many(address);
  std::string fields;
  for (int i = 0; i < 200; ++i) fields += "A: b\r\n";
  many.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
  EXPECT_EQ(status_of(many.read_response()), 431);
}

TEST_F(LimitsTest, BoundsTheBodyByRoute) {
  const std::string address = start();
  RawClient client(address);
  client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789");
  EXPECT_EQ(body_of(client.read_response()), "0123456789");
  client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n01234567890");
  EXPECT_EQ(status_of(client.read_response()), 413);
  RawClient chunked(address);
  chunked.send(
      "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "6\r\n012345\r\n5\r\n67890\r\n0\r\n\r\n");
  EXPECT_EQ(status_of(chunked.read_response()), 413);
  RawClient huge(address);
  huge.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 8388609\r\n\r\n");
  EXPECT_EQ(status_of(huge.read_response()), 413) << "refused by its announcement";
}

TEST_F(LimitsTest, RefusesLargeBodiesOverTheTotal) {
  ServerLimits limits;
  limits.bodies_in_memory = 100'000;
  RawClient client(start(limits));
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" +
              std::string(200'000, 'x'));
  const std::string response = client.read_response();
  EXPECT_EQ(status_of(response), 503);
  EXPECT_FALSE(field_of(response, "Retry-After").empty());
}

TEST_F(LimitsTest, CountsSmallBodiesToo) {
  ServerLimits limits;
  limits.bodies_in_memory = 50;
  RawClient client(start(limits));
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n" +
              std::string(60, 'x'));
  EXPECT_EQ(status_of(client.read_response()), 503);
}

TEST_F(LimitsTest, TimesOutABodyThatTricklesOnAndOn) {
  ServerLimits limits;
  limits.body_timeout = milliseconds(50);
  limits.body_progress_bytes = 0;  // each window has enough bytes
  limits.body_rate = std::size_t{1} << 30;
  RawClient client(start(limits));
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" +
              std::string(50'000, 'x'));
  EXPECT_EQ(status_of(client.read_response()), 408);
}

TEST_F(LimitsTest, RefusesAtTheHeaderWhomARouteDoesNotKnow) {
  RouteOptions options;
  options.refuses = [](const Request& request) -> std::optional<Response> {
    if (request.param("who") == "friend") return std::nullopt;
    return Response::text(404, "who?");
  };
  router_.add(
      Method::post, "/for/{who}",
      [](Request&& q, const Responder& r) { r.reply(Response::text(200, q.body)); }, options);
  const std::string address = start();
  RawClient stranger(address);
  stranger.send("POST /for/stranger HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
  EXPECT_EQ(status_of(stranger.read_response()), 404) << "before any of its body";
  RawClient client(address);
  client.send("POST /for/friend HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_EQ(body_of(client.read_response()), "hi");
}

TEST_F(LimitsTest, TimesOutASlowHeaderAndASlowBody) {
  ServerLimits limits;
  limits.header_timeout = milliseconds(300);
  limits.body_timeout = milliseconds(300);
  const std::string address = start(limits);
  RawClient header(address);
  header.send("POST /echo HTTP/1.1\r\nHost:");
  EXPECT_EQ(status_of(header.read_response()), 408);
  RawClient body(address);
  body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_EQ(status_of(body.read_response()), 408);
  EXPECT_TRUE(body.read_end());
  RawClient silent(address);
  EXPECT_TRUE(silent.read_end());
}

TEST_F(LimitsTest, ClosesAnIdleConnection) {
  ServerLimits limits;
  limits.idle_timeout = milliseconds(100);
  RawClient client(start(limits));
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_EQ(body_of(client.read_response()), "hi");
  EXPECT_TRUE(client.read_end());
}

TEST_F(LimitsTest, AnswersForAHandlerThatDoesNot) {
  std::vector<Responder> held;
  router_.add(Method::get, "/never", [&](Request&&, const Responder& r) { held.push_back(r); });
  ServerLimits limits;
  limits.reply_timeout = milliseconds(100);
  RawClient client(start(limits));
  client.send("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(client.read_response()), 503);
}

TEST_F(LimitsTest, CutsOffAReaderThatDoesNotRead) {
  std::promise<void> asked;
  router_.add(Method::get, "/large", [&](Request&&, const Responder& r) {
    r.reply(Response::text(200, std::string(8'000'000, 'x')));
    asked.set_value();
  });
  ServerLimits limits;
  limits.write_timeout = milliseconds(200);
  RawClient client(start(limits));
  client.small_receive_buffer();
  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  asked.get_future().get();
  EXPECT_TRUE(server_->drain(std::chrono::steady_clock::now() + std::chrono::seconds(60)))
      << "it waits for the answer to be read";
}

TEST_F(LimitsTest, PausesAcceptingAtTheBoundAndComesBack) {
  ServerLimits limits;
  limits.max_connections = 2;
  const std::string address = start(limits);
  const std::string request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
  auto first = std::make_unique<RawClient>(address);
  auto second = std::make_unique<RawClient>(address);
  first->send(request);
  second->send(request);
  EXPECT_EQ(body_of(first->read_response()), "hi");
  EXPECT_EQ(body_of(second->read_response()), "hi");
  RawClient third(address);  // connected by the kernel, but not accepted by the server
  third.send(request);
  EXPECT_EQ(server_->connections(), 2U);
  first.reset();
  EXPECT_EQ(body_of(third.read_response()), "hi");
}

TEST_F(LimitsTest, ConnectionsThatSayNothingMakeRoomForOthers) {
  ServerLimits limits;
  limits.max_connections = 3;
  const std::string address = start(limits);
  const std::string request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
  RawClient used(address);
  used.send(request);
  EXPECT_EQ(body_of(used.read_response()), "hi");
  RawClient silent(address), stuck(address);
  stuck.send("POST /echo HT");
  RawClient good(address);
  good.send(request);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(body_of(good.read_response()), "hi");
  EXPECT_LT(std::chrono::steady_clock::now() - began, limits.header_timeout / 2);
  EXPECT_TRUE(silent.read_end());
  used.send(request);
  EXPECT_EQ(body_of(used.read_response()), "hi") << "one that had a request stays";
  EXPECT_FALSE(server_->full());
}

TEST_F(LimitsTest, ItSaysWhenNothingCanMakeRoom) {
  ServerLimits limits;
  limits.max_connections = 1;
  const std::string address = start(limits);
  const std::string request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
  auto used = std::make_unique<RawClient>(address);
  used->send(request);
  EXPECT_EQ(body_of(used->read_response()), "hi");
  LogPipe log;
  const auto began = std::chrono::steady_clock::now();
  log.wait_for("http_full");
  EXPECT_GT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1))
      << "a moment is no news";
  EXPECT_TRUE(server_->full());
  used.reset();
  log.wait_for("http_has_room");
  EXPECT_FALSE(server_->full());
}

}  // namespace
}  // namespace aura::net
