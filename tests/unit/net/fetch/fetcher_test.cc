// The fetcher against peers on this machine (trusted, like a configured simulator) and against
// names that resolve to forbidden addresses.
#include "net/fetch/fetcher.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <map>
#include <mutex>

#include "tests/unit/net/fetch/blocked_urls.h"
#include "tests/unit/net/scripted_peer.h"

namespace aura::net {
namespace {

using boost::asio::ip::make_address;
using test::read_request;
using test::ScriptedPeer;
using test::write_all;
using Kind = FetchEnd::Kind;
using Addresses = std::vector<boost::asio::ip::address>;

// A scripted resolver; with several answers for a name it gives one after the other and repeats the
// last.
class FakeNames final : public NameLookup {
 public:
  void resolve(const std::string& host, Done done) override {
    Addresses answer;
    {
      const std::lock_guard lock(mutex_);
      ++asked_[host];
      auto& queue = answers_[host];
      if (!queue.empty()) answer = queue.front();
      if (queue.size() > 1) queue.erase(queue.begin());
    }
    done(std::move(answer));
  }
  void say(const std::string& host, Addresses answer) {
    const std::lock_guard lock(mutex_);
    answers_[host].push_back(std::move(answer));
  }
  int asked(const std::string& host) {
    const std::lock_guard lock(mutex_);
    return asked_[host];
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<Addresses>> answers_;
  std::map<std::string, int> asked_;
};

struct Fetched {
  FetchEnd end;
  std::string body;
  std::vector<std::size_t> pieces;
};

class FetcherTest : public ::testing::Test {
 protected:
  Fetcher& fetcher(const std::vector<std::string>& trusted) {
    FetcherOptions options;
    options.trusted_urls = trusted;
    options.names = &names_;
    options.connect_timeout = connect_;
    options.quiet_timeout = quiet_;
    options.total_timeout = std::chrono::seconds(60);
    options.on_connect = [this](const boost::asio::ip::address& address) {
      const std::lock_guard lock(mutex_);
      connected_.push_back(address.to_string());
    };
    fetcher_ = std::make_unique<Fetcher>(options);
    return *fetcher_;
  }
  Fetched fetch(MediaTarget target, std::int64_t max_bytes = 1 << 20) {
    auto fetched = std::make_shared<Fetched>();
    std::promise<void> done;
    fetcher_->fetch(std::move(target), max_bytes,
                    {[fetched](std::string bytes, const MediaFetcher::GoOn& go_on) {
                       fetched->pieces.push_back(bytes.size());
                       fetched->body += bytes;
                       go_on(true);
                     },
                     [fetched, &done](FetchEnd end) {
                       fetched->end = std::move(end);
                       done.set_value();
                     }});
    done.get_future().wait();
    return *fetched;
  }
  Fetched fetch(const std::string& url) { return fetch(MediaTarget{.url = url}); }
  std::vector<std::string> connected() {
    const std::lock_guard lock(mutex_);
    return connected_;
  }

  FakeNames names_;
  std::mutex mutex_;
  std::vector<std::string> connected_;
  std::chrono::milliseconds connect_{20'000}, quiet_{20'000};
  std::unique_ptr<Fetcher> fetcher_;
};

std::string ok(const std::string& body, const std::string& type = "image/jpeg") {
  return "HTTP/1.1 200 OK\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string redirect_to(const std::string& location) {
  return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
}

TEST_F(FetcherTest, NoBlockedUrlIsConnectedTo) {
  fetcher({});
  for (const std::string& url : test::blocked_urls())
    EXPECT_EQ(fetch(url).end.kind, Kind::refused) << url;
  EXPECT_EQ(connected(), std::vector<std::string>{});
}

TEST_F(FetcherTest, NoNameLeadsIntoOurNetwork) {
  fetcher({});
  int n = 0;
  for (const std::string& address : test::blocked_addresses()) {
    const std::string host = "n" + std::to_string(n++) + ".example.com";
    names_.say(host, {make_address(address)});
    EXPECT_EQ(fetch("https://" + host + "/").end.kind, Kind::refused) << address;
    const std::string mixed = "m" + host;
    names_.say(mixed, {make_address("93.184.216.34"), make_address(address)});
    EXPECT_EQ(fetch("https://" + mixed + "/").end.kind, Kind::refused) << address;
  }
  EXPECT_EQ(connected(), std::vector<std::string>{});
}

TEST_F(FetcherTest, ARebindingNameIsAskedOnceAndConnectedAsItWas) {
  connect_ = std::chrono::milliseconds(300);  // nobody need answer at that address
  fetcher({});
  names_.say("rebind.example.com", {make_address("93.184.216.34")});
  names_.say("rebind.example.com", {make_address("127.0.0.1")});
  // The result does not matter: that host may be reachable or not.
  (void)fetch("http://rebind.example.com/");
  EXPECT_EQ(names_.asked("rebind.example.com"), 1);
  EXPECT_EQ(connected(), std::vector<std::string>{"93.184.216.34"});
  EXPECT_EQ(fetch("http://rebind.example.com/").end.kind, Kind::refused);
  EXPECT_EQ(connected(), std::vector<std::string>{"93.184.216.34"});
}

// Listens at a local address but never accepts: connecting to it hangs.
class DeafPeer {
 public:
  DeafPeer(const char* address, const std::string& port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    inet_pton(AF_INET, address, &at.sin_addr);
    const auto* to = reinterpret_cast<const sockaddr*>(&at);
    sockets_.push_back(socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_EQ(bind(sockets_.front(), to, sizeof at), 0);
    EXPECT_EQ(listen(sockets_.front(), 0), 0);
    for (int i = 0; i < 4; ++i) {  // fills the accept queue
      sockets_.push_back(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      connect(sockets_.back(), to, sizeof at);
    }
  }
  ~DeafPeer() {
    for (const int fd : sockets_) close(fd);
  }
  DeafPeer(const DeafPeer&) = delete;
  DeafPeer& operator=(const DeafPeer&) = delete;

 private:
  std::vector<int> sockets_;
};

TEST_F(FetcherTest, AnAddressThatDoesNotAnswerLeavesTimeForTheNext) {
  ScriptedPeer peer([](int fd, int) {
    read_request(fd);
    write_all(fd, ok("picture"));
  });
  const std::string port = parse_url(peer.url())->port;
  const DeafPeer deaf("127.0.0.2", port);
  connect_ = std::chrono::seconds(1);
  fetcher({"http://two.example.com:" + port});
  names_.say("two.example.com", {make_address("127.0.0.2"), make_address("127.0.0.1")});
  EXPECT_EQ(fetch("http://two.example.com:" + port + "/").body, "picture");
  EXPECT_EQ(connected(), (std::vector<std::string>{"127.0.0.2", "127.0.0.1"}));
}

TEST_F(FetcherTest, RedirectsAreJudgedAsTheFirstAddress) {
  names_.say("inside.example.com", {make_address("10.0.0.7")});
  std::atomic<int> touched{0};
  ScriptedPeer inside([&](int, int) { ++touched; });
  auto targets = test::blocked_urls();
  std::erase_if(targets, [](const std::string& url) {  // cannot appear in a Location header
    return url.empty() || url.size() > 4000 ||
           url.find_first_of("\r\n\t \x7f#") != std::string::npos ||
           url.find("://") == std::string::npos;
  });
  targets.push_back("http://inside.example.com/");
  targets.push_back(inside.url("/"));
  EXPECT_GE(targets.size(), 200U);
  std::atomic<std::size_t> next{0};
  ScriptedPeer peer([&](int fd, int) {
    read_request(fd);
    write_all(fd, redirect_to(targets[next]));
  });
  fetcher({peer.url("")});
  for (; next < targets.size(); ++next)
    EXPECT_EQ(fetch(peer.url("/a")).end.kind, Kind::refused) << targets[next];
  EXPECT_EQ(touched, 0);
  // Only the trusted peer itself.
  EXPECT_EQ(connected(), std::vector<std::string>(targets.size(), "127.0.0.1"));
}

TEST_F(FetcherTest, FollowsThreeRedirectsAndNoMore) {
  std::string served;
  ScriptedPeer peer([&](int fd, int) {
    const std::string request = read_request(fd);
    const int left = request[5] - '0';
    write_all(fd, left == 0 ? ok("there") : redirect_to("/" + std::to_string(left - 1)));
  });
  fetcher({peer.url("")});
  EXPECT_EQ(fetch(peer.url("/3")).body, "there");
  EXPECT_EQ(fetch(peer.url("/4")).end.kind, Kind::refused);
}

TEST_F(FetcherTest, SecretHeadersStayWithTheirHost) {
  std::string at_other;
  ScriptedPeer other([&](int fd, int) {
    at_other = read_request(fd);
    write_all(fd, ok("bytes"));
  });
  std::string at_first;
  ScriptedPeer first([&](int fd, int) {
    at_first = read_request(fd);
    write_all(fd, redirect_to(other.url("/stored")));
  });
  fetcher({first.url(""), other.url("")});
  MediaTarget target{.url = first.url("/media")};
  target.headers = {{"Authorization", "Basic c2VjcmV0"}};
  EXPECT_EQ(fetch(target).body, "bytes");
  EXPECT_NE(at_first.find("Authorization: Basic c2VjcmV0"), std::string::npos);
  EXPECT_EQ(at_other.find("Authorization"), std::string::npos);
}

TEST_F(FetcherTest, BoundsBytesWhateverTheHeaderSays) {
  std::string answer;
  ScriptedPeer peer([&](int fd, int) {
    read_request(fd);
    write_all(fd, answer);
  });
  fetcher({peer.url("")});
  answer = "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nxx";
  EXPECT_EQ(fetch(peer.url("/")).end.why, "The file is too large.");
  answer = "HTTP/1.1 200 OK\r\n\r\n" + std::string(100, 'x');  // the body ends with the connection
  EXPECT_EQ(fetch({.url = peer.url("/")}, 99).end.kind, Kind::refused);
  EXPECT_EQ(fetch({.url = peer.url("/")}, 100).body.size(), 100U);
  answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n" + std::string(100, 'y') +
           "\r\n0\r\n\r\n";
  EXPECT_EQ(fetch({.url = peer.url("/")}, 99).end.kind, Kind::refused);
  EXPECT_EQ(fetch({.url = peer.url("/")}, 100).body.size(), 100U);
  answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx";
  EXPECT_EQ(fetch(peer.url("/")).end.kind, Kind::refused);
}

TEST_F(FetcherTest, ALargeFileComesInPiecesAndWaitsForItsReader) {
  const std::string large(5 * MediaFetcher::kPieceBytes + 17, 'z');
  ScriptedPeer peer([&](int fd, int) {
    read_request(fd);
    write_all(fd, ok(large));
  });
  fetcher({peer.url("")});
  const Fetched fetched = fetch({.url = peer.url("/")}, 1 << 24);
  EXPECT_EQ(fetched.end.kind, Kind::complete);
  EXPECT_EQ(fetched.end.content_type, "image/jpeg");
  EXPECT_EQ(fetched.body, large);
  EXPECT_GE(fetched.pieces.size(), 5U);
  for (const std::size_t size : fetched.pieces) EXPECT_LT(size, MediaFetcher::kPieceBytes + 65'536);
}

TEST_F(FetcherTest, AReaderMayStopInTheMiddle) {
  const std::string large(4 * MediaFetcher::kPieceBytes, 'z');
  std::promise<void> stopped;
  ScriptedPeer peer([&](int fd, int n) {
    read_request(fd);
    write_all(fd, n == 0 ? ok(large) : ok("next"));
  });
  fetcher({peer.url("")});
  std::atomic<int> pieces{0};
  fetcher_->fetch({.url = peer.url("/")}, 1 << 24,
                  {[&](std::string, const MediaFetcher::GoOn& go_on) {
                     go_on(false);
                     if (++pieces == 1) stopped.set_value();
                   },
                   [](const FetchEnd& end) { ADD_FAILURE() << "nobody waits for: " << end.why; }});
  stopped.get_future().wait();
  EXPECT_EQ(fetch(peer.url("/")).body, "next");
  EXPECT_EQ(pieces, 1);
}

TEST_F(FetcherTest, TellsWhatAnAnswerMeans) {
  std::string answer;
  ScriptedPeer peer([&](int fd, int) {
    read_request(fd);
    write_all(fd, answer);
  });
  fetcher({peer.url("")});
  const std::vector<std::pair<std::string, Kind>> table{
      {"404 Not Found", Kind::gone},   {"410 Gone", Kind::gone},    {"401 No", Kind::denied},
      {"403 No", Kind::denied},        {"400 Bad", Kind::refused},  {"206 Part", Kind::refused},
      {"429 Slow down", Kind::failed}, {"503 Later", Kind::failed}, {"500 Oops", Kind::failed},
  };
  for (const auto& [line, kind] : table) {
    answer = "HTTP/1.1 " + line + "\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n";
    const Fetched fetched = fetch(peer.url("/"));
    EXPECT_EQ(fetched.end.kind, kind) << line;
    EXPECT_EQ(fetched.end.retry_after_ms, 7000) << line;
  }
  answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
  EXPECT_EQ(fetch(peer.url("/")).end.kind, Kind::failed);
  answer = "SSH-2.0-OpenSSH\r\n";
  EXPECT_EQ(fetch(peer.url("/")).end.kind, Kind::failed);
}

TEST_F(FetcherTest, APeerThatFallsSilentIsLeft) {
  quiet_ = std::chrono::milliseconds(200);
  std::promise<void> over;
  auto wait = over.get_future().share();
  ScriptedPeer peer([&](int fd, int) {
    read_request(fd);
    write_all(fd, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal");
    wait.wait();
  });
  fetcher({peer.url("")});
  EXPECT_EQ(fetch(peer.url("/")).end.why, "The other side fell silent.");
  over.set_value();
}

TEST_F(FetcherTest, StopEndsWhatRuns) {
  std::promise<void> over;
  auto wait = over.get_future().share();
  std::promise<void> asked;
  ScriptedPeer peer([&](int fd, int) {
    read_request(fd);
    asked.set_value();
    wait.wait();
  });
  fetcher({peer.url("")});
  std::promise<FetchEnd> end;
  fetcher_->fetch({.url = peer.url("/")}, 100,
                  {[](const std::string&, const MediaFetcher::GoOn&) {},
                   [&](FetchEnd e) { end.set_value(std::move(e)); }});
  asked.get_future().wait();
  fetcher_->stop();
  EXPECT_EQ(end.get_future().get().kind, Kind::failed);
  over.set_value();
}

}  // namespace
}  // namespace aura::net
