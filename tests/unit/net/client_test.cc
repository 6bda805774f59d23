// The HTTP client against our server and against peers that misbehave.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <future>
#include <set>

#include "net/client/http_client.h"
#include "net/server/server.h"
#include "tests/unit/net/scripted_peer.h"

namespace aura::net {
namespace {

using std::chrono::milliseconds;
using test::read_request;
using test::ScriptedPeer;
using test::write_all;

constexpr char kOk[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

HttpResult call(HttpClient& client, HttpCall what) {
  std::promise<HttpResult> promise;
  client.send(std::move(what), [&](HttpResult r) { promise.set_value(std::move(r)); });
  return promise.get_future().get();
}

// Reads requests at once; answers all of them when `go` is set.
std::function<void(int, int)> answers_after(std::promise<void>& go) {
  return [gone = go.get_future().share()](int fd, int) {
    while (!read_request(fd).empty()) {
      gone.wait();
      write_all(fd, kOk);
    }
  };
}

HttpCall get(const std::string& url) {
  HttpCall what;
  what.url = url;
  return what;
}

HttpCall post(const std::string& url, std::string body = "{}") {
  HttpCall what = get(url);
  what.method = Method::post;
  what.body = std::move(body);
  return what;
}

TEST(HttpClientTest, CallsOurServerManyTimesOverFewConnections) {
  Router router;
  std::atomic<int> seen{0};
  router.add(Method::post, "/echo", [&](Request&& q, const Responder& r) {
    ++seen;
    r.reply(Response::text(200, q.body).with("Retry-After", "7"));
  });
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  Server server(options, router);
  const std::string url = "http://" + *server.start() + "/echo";
  HttpClientOptions few;
  few.connections_per_host = 3;
  HttpClient client(few);
  constexpr int kCalls = 500;
  std::vector<std::future<HttpResult>> results;
  for (int i = 0; i < kCalls; ++i) {
    auto promise = std::make_shared<std::promise<HttpResult>>();
    results.push_back(promise->get_future());
    client.send(post(url, "body" + std::to_string(i)),
                [promise](HttpResult r) { promise->set_value(std::move(r)); });
  }
  for (int i = 0; i < kCalls; ++i) {
    const HttpResult result = results[static_cast<std::size_t>(i)].get();
    ASSERT_TRUE(result) << result.error().error.detail;
    EXPECT_EQ(result->body, "body" + std::to_string(i));
    EXPECT_EQ(result->headers.get("retry-after"), "7");
  }
  EXPECT_EQ(seen, kCalls);
  EXPECT_LE(server.connections(), 3U);
}

TEST(HttpClientTest, RefusesAtOnceWhenTooManyWait) {
  std::promise<void> go;
  ScriptedPeer peer(answers_after(go));
  HttpClientOptions options;
  options.connections_per_host = 1;
  options.waiting_per_host = 1;
  HttpClient client(options);
  std::promise<HttpResult> first;
  std::promise<HttpResult> second;
  client.send(get(peer.url()), [&](HttpResult r) { first.set_value(std::move(r)); });
  client.send(get(peer.url()), [&](HttpResult r) { second.set_value(std::move(r)); });
  const HttpResult third = call(client, get(peer.url()));
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().error.code, Errc::overloaded);
  EXPECT_FALSE(third.error().sent);
  go.set_value();
  EXPECT_TRUE(first.get_future().get());
  EXPECT_TRUE(second.get_future().get());
}

TEST(HttpClientTest, EachWaitingCallHasItsOwnDeadline) {
  std::promise<void> go;
  ScriptedPeer peer(answers_after(go));
  HttpClientOptions options;
  options.connections_per_host = 1;
  HttpClient client(options);
  std::promise<HttpResult> first, second;
  client.send(get(peer.url()), [&](HttpResult r) { first.set_value(std::move(r)); });
  client.send(get(peer.url()), [&](HttpResult r) { second.set_value(std::move(r)); });
  HttpCall hasty = get(peer.url());
  hasty.total_timeout = milliseconds(50);
  const HttpResult third = call(client, hasty);  // waits behind a call with a later deadline
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().error.code, Errc::timeout);
  go.set_value();
  EXPECT_TRUE(first.get_future().get());
  EXPECT_TRUE(second.get_future().get());
}

TEST(HttpClientTest, AStoppedCallFailsSoonAndItsConnectionCloses) {
  std::promise<void> closed;
  ScriptedPeer peer([&](int fd, int n) {
    read_request(fd);
    if (n == 0 && read_request(fd).empty()) closed.set_value();  // nothing more came
  });
  HttpClientOptions one;
  one.connections_per_host = 1;
  HttpClient client(one);
  std::stop_source stop;
  std::promise<HttpResult> asked, waiting, delayed;
  const auto send = [&](std::promise<HttpResult>& to, milliseconds delay) {
    HttpCall what = post(peer.url());
    what.stop = stop.get_token();
    what.delay = delay;
    client.send(std::move(what), [&](HttpResult r) { to.set_value(std::move(r)); });
  };
  send(asked, milliseconds(0));
  send(waiting, milliseconds(0));
  send(delayed, milliseconds(20'000));
  stop.request_stop();
  for (auto* promise : {&asked, &waiting, &delayed}) {
    const HttpResult result = promise->get_future().get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().error.code, Errc::unavailable);
  }
  closed.get_future().get();
}

TEST(HttpClientTest, ADelayedCallWaitsAndItsDelayIsPartOfItsTime) {
  ScriptedPeer peer([](int fd, int) {
    while (!read_request(fd).empty()) write_all(fd, kOk);
  });
  HttpClient client;
  HttpCall what = get(peer.url());
  what.delay = milliseconds(150);
  const auto began = std::chrono::steady_clock::now();
  ASSERT_TRUE(call(client, what));
  EXPECT_GE(std::chrono::steady_clock::now() - began, what.delay);
  what.total_timeout = milliseconds(100);
  const HttpResult late = call(client, what);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().error.code, Errc::timeout);
}

TEST(HttpClientTest, ReadsChunkedAndEndOfStreamBodiesAndInterimAnswers) {
  ScriptedPeer peer([](int fd, int n) {
    read_request(fd);
    write_all(fd, n == 0 ? "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
                           "chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                         : "HTTP/1.1 200 OK\r\n\r\nuntil the end");
  });
  HttpClient client;
  EXPECT_EQ(call(client, get(peer.url()))->body, "abc");
  EXPECT_EQ(call(client, get(peer.url()))->body, "until the end");
}

TEST(HttpClientTest, SaysWhetherAFailedCallMayHaveBeenSeen) {
  ScriptedPeer peer([](int fd, int) { read_request(fd); });  // reads the request, answers nothing
  HttpClient client;
  const HttpResult seen = call(client, post(peer.url()));
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().error.code, Errc::io);
  EXPECT_TRUE(seen.error().sent);
  const HttpResult refused = call(client, post("http://127.0.0.1:1/"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().error.code, Errc::io);
  EXPECT_FALSE(refused.error().sent);
}

// The first connection serves one call and breaks during the second.
void dies_on_second(int fd, int n) {
  read_request(fd);
  write_all(fd, kOk);
  if (n == 0) {
    read_request(fd);
  } else {
    while (!read_request(fd).empty()) write_all(fd, kOk);
  }
}

TEST(HttpClientTest, RepeatsOnlyWhatIsHarmlessOnAStaleConnection) {
  ScriptedPeer harmless(dies_on_second);
  HttpClient client;
  EXPECT_TRUE(call(client, get(harmless.url())));
  EXPECT_TRUE(call(client, get(harmless.url()))) << "a GET is sent again";
  ScriptedPeer effect(dies_on_second);
  EXPECT_TRUE(call(client, post(effect.url())));
  const HttpResult second = call(client, post(effect.url()));
  ASSERT_FALSE(second) << "a POST is not";
  EXPECT_TRUE(second.error().sent);
}

// A POST that follows a first one at once, from the callback: the client's thread runs nothing
// between.
HttpResult follow(HttpClient& client, const std::string& url,
                  const std::function<void()>& between) {
  std::promise<HttpResult> second;
  client.send(post(url), [&](const HttpResult& first) {
    EXPECT_TRUE(first);
    between();
    client.send(post(url), [&](HttpResult r) { second.set_value(std::move(r)); });
  });
  return second.get_future().get();
}

TEST(HttpClientTest, DoesNotWriteToAConnectionThatThePeerHasEnded) {
  std::promise<void> ended;
  ScriptedPeer peer([&](int fd, int n) {
    read_request(fd);
    write_all(fd, kOk);
    if (n == 0) {
      shutdown(fd, SHUT_RDWR);
      ended.set_value();
    }
  });
  HttpClient client;
  const HttpResult second = follow(client, peer.url(), [&] { ended.get_future().get(); });
  EXPECT_TRUE(second) << "the client had not read the end yet, and wrote";
}

TEST(HttpClientTest, UsesNoConnectionBeyondItsIdleTime) {
  std::atomic<int> connections{0};
  ScriptedPeer peer([&](int fd, int) {
    ++connections;
    while (!read_request(fd).empty()) write_all(fd, kOk);
  });
  HttpClientOptions options;
  options.idle_timeout = milliseconds(0);
  HttpClient client(options);
  EXPECT_TRUE(follow(client, peer.url(), [] {}));
  EXPECT_EQ(connections, 2) << "the client's clock had not ticked yet";
}

TEST(HttpClientTest, TimesOutAndBoundsTheReply) {
  std::promise<void> go;
  auto gone = go.get_future().share();
  ScriptedPeer peer([&](int fd, int n) {
    read_request(fd);
    if (n == 0) return gone.wait();
    write_all(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
  });
  HttpClient client;
  HttpCall slow = get(peer.url());
  slow.total_timeout = milliseconds(500);
  const HttpResult late = call(client, slow);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().error.code, Errc::timeout);
  EXPECT_TRUE(late.error().sent);
  go.set_value();
  HttpCall bounded = get(peer.url());
  bounded.max_response_bytes = 999;
  const HttpResult large = call(client, bounded);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().status, 200);
  EXPECT_TRUE(large.error().sent);
}

TEST(HttpClientTest, RefusesAmbiguousReplies) {
  ScriptedPeer peer([](int fd, int) {
    read_request(fd);
    write_all(fd, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!");
  });
  HttpClient client;
  EXPECT_FALSE(call(client, get(peer.url())));
}

TEST(HttpClientTest, FailsWhatIsInFlightWhenItStops) {
  std::promise<void> arrived;
  ScriptedPeer peer([&](int fd, int) {
    read_request(fd);
    arrived.set_value();
    read_request(fd);
  });
  HttpClient client;
  std::promise<HttpResult> promise;
  client.send(post(peer.url()), [&](HttpResult r) { promise.set_value(std::move(r)); });
  arrived.get_future().get();
  client.stop();
  const HttpResult result = promise.get_future().get();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().error.code, Errc::unavailable);
  EXPECT_TRUE(result.error().sent);
  EXPECT_EQ(call(client, get(peer.url())).error().error.code, Errc::unavailable);
}

TEST(UrlTest, TakesApartAndRefuses) {
  const auto url = parse_url("https://graph.example:8443/v25.0/me?x=1");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "graph.example");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(url->target, "/v25.0/me?x=1");
  EXPECT_EQ(parse_url("http://[::1]/a")->host, "::1");
  EXPECT_EQ(parse_url("http://h?x")->target, "/?x");
  for (const char* const wrong :
       {"", "ftp://h/", "http://", "http://u@h/", "http://h/a b", "http://h/\r\nX: y",
        "http://h:port/", "http://[::1/", "http://[::1]x/", "h/a"}) {
    EXPECT_FALSE(parse_url(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace aura::net
