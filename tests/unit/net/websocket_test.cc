// WebSocket over the server, with hand-made frames.
#include "net/server/websocket.h"

#include <gtest/gtest.h>

#include <future>

#include "net/server/server.h"
#include "tests/unit/net/raw_client.h"

namespace aura::net {
namespace {

using test::RawClient;
using test::status_of;

constexpr char kUpgrade[] =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

// A client's frame: final, with a mask of zeros (XOR with zero leaves the text unchanged).
std::string frame(char opcode, std::string_view text) {
  std::string out(1, static_cast<char>(0x80 | opcode));
  if (text.size() < 126) {
    out += static_cast<char>(0x80 | text.size());
  } else {
    out += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out += static_cast<char>((text.size() >> shift) & 0xff);
    }
  }
  return out + std::string(4, '\0') + std::string(text);
}

// Reads a short server frame: its opcode and text.
std::pair<int, std::string> read_frame(RawClient& client) {
  const std::string head = client.read_bytes(2);
  if (head.size() < 2) return {-1, ""};
  std::size_t size = static_cast<unsigned char>(head[1]);
  if (size == 126) {
    const std::string more = client.read_bytes(2);
    size = static_cast<unsigned char>(more[0]) * 256U + static_cast<unsigned char>(more[1]);
  }
  return {head[0] & 0x0f, client.read_bytes(size)};
}

int close_code(const std::pair<int, std::string>& f) {
  if (f.first != 8 || f.second.size() < 2) return 0;
  return static_cast<unsigned char>(f.second[0]) * 256 + static_cast<unsigned char>(f.second[1]);
}

struct Shared {
  std::promise<std::shared_ptr<WebSocketPeer>> opened;
  std::promise<void> closed;
};

class EchoHandler final : public WebSocketHandler {
 public:
  explicit EchoHandler(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
  void on_open(std::shared_ptr<WebSocketPeer> peer, const Request& request) override {
    peer_ = std::move(peer);
    peer_->send_text("hello " + std::string(request.param("key")));
    shared_->opened.set_value(peer_);
  }
  void on_text(std::string text) override { peer_->send_text(std::move(text)); }
  void on_close() override { shared_->closed.set_value(); }

 private:
  std::shared_ptr<Shared> shared_;
  std::shared_ptr<WebSocketPeer> peer_;
};

class FailingHandler final : public WebSocketHandler {
 public:
  explicit FailingHandler(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
  void on_open(std::shared_ptr<WebSocketPeer>, const Request&) override {
    throw std::runtime_error("cannot open");
  }
  void on_text(std::string) override {}
  void on_close() override { shared_->closed.set_value(); }

 private:
  std::shared_ptr<Shared> shared_;
};

class WebSocketTest : public testing::Test {
 protected:
  std::string start(ServerLimits limits = {}) {
    router_.websocket("/chat/{key}",
                      [this](const Request& request) -> Result<std::unique_ptr<WebSocketHandler>> {
                        if (request.param("key") == "unknown") {
                          return fail(Errc::not_found, "No such widget.");
                        }
                        if (request.param("key") == "failing")
                          return std::make_unique<FailingHandler>(shared_);
                        return std::make_unique<EchoHandler>(shared_);
                      });
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.limits = limits;
    server_ = std::make_unique<Server>(options, router_);
    return *server_->start();
  }

  static void open(RawClient& client, const std::string& key = "k1") {
    client.send("GET /chat/" + key + " HTTP/1.1\r\nHost: x\r\n" + kUpgrade);
    const std::string response = client.read_until("\r\n\r\n");
    ASSERT_EQ(status_of(response), 101);
    ASSERT_EQ(test::field_of(response, "Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    ASSERT_EQ(test::field_of(response, "Server"), "aura") << "strangers learn no library";
    ASSERT_EQ(read_frame(client), std::make_pair(1, "hello " + key));
  }

  Router router_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::unique_ptr<Server> server_;
};

TEST_F(WebSocketTest, AHandlerThatCannotOpenEndsItsSocket) {
  RawClient client(start());
  client.send(std::string("GET /chat/failing HTTP/1.1\r\nHost: x\r\n") + kUpgrade);
  EXPECT_EQ(status_of(client.read_until("\r\n\r\n")), 101);
  EXPECT_EQ(close_code(read_frame(client)), 1011);
  client.send(frame(8, "\x03\xf3"));
  EXPECT_TRUE(client.read_end());
  EXPECT_EQ(shared_->closed.get_future().wait_for(std::chrono::seconds(10)),
            std::future_status::ready);
}

TEST_F(WebSocketTest, EchoesUntilThePeerLeaves) {
  const std::string address = start();
  {
    RawClient client(address);
    open(client);
    for (int i = 0; i < 10; ++i) {
      client.send(frame(1, "message " + std::to_string(i)));
      EXPECT_EQ(read_frame(client), std::make_pair(1, "message " + std::to_string(i)));
    }
  }
  shared_->closed.get_future().get();
  EXPECT_FALSE(shared_->opened.get_future().get()->send_text("gone"));
}

TEST_F(WebSocketTest, RefusesWithAProblemBeforeTheUpgrade) {
  RawClient client(start());
  client.send(std::string("GET /chat/unknown HTTP/1.1\r\nHost: x\r\n") + kUpgrade);
  EXPECT_EQ(status_of(client.read_response()), 404);
}

TEST_F(WebSocketTest, APlainGetIsToldToUpgrade) {
  RawClient client(start());
  client.send("GET /chat/k HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(client.read_response()), 426);
}

TEST_F(WebSocketTest, RefusesWhatIsTooLargeBinaryOrNotUtf8) {
  const std::string address = start();
  RawClient large(address);
  open(large);
  large.send(frame(1, std::string(64 * 1024 + 1, 'x')));
  EXPECT_EQ(close_code(read_frame(large)), 1009);
  shared_ = std::make_shared<Shared>();
  RawClient binary(address);
  open(binary);
  binary.send(frame(2, "bytes"));
  EXPECT_EQ(close_code(read_frame(binary)), 1003);
  shared_ = std::make_shared<Shared>();
  RawClient broken(address);
  open(broken);
  broken.send(frame(1, "\xff\xfe"));
  EXPECT_EQ(close_code(read_frame(broken)), 1007);
}

TEST_F(WebSocketTest, ClosesAReaderWhoseQueueIsFull) {
  ServerLimits limits;
  limits.websocket_queue_bytes = 10'000;
  RawClient client(start(limits));
  open(client);
  const auto peer = shared_->opened.get_future().get();
  EXPECT_FALSE(peer->send_text(std::string(20'000, 'x')));
  EXPECT_FALSE(peer->send_text("closed already"));
  EXPECT_EQ(close_code(read_frame(client)), 1013);
}

TEST_F(WebSocketTest, SendsFromOtherThreadsInOrder) {
  RawClient client(start());
  open(client);
  const auto peer = shared_->opened.get_future().get();
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(peer->send_text(std::to_string(i)));
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(read_frame(client), std::make_pair(1, std::to_string(i)));
  }
  peer->close(1000, "bye");
  EXPECT_EQ(close_code(read_frame(client)), 1000);
}

TEST_F(WebSocketTest, PingsASilentPeerAndThenLetsItGo) {
  ServerLimits limits;
  limits.websocket_idle = std::chrono::milliseconds(500);
  RawClient client(start(limits));
  open(client);
  EXPECT_EQ(read_frame(client).first, 9);
  shared_->closed.get_future().get();
}

TEST_F(WebSocketTest, DrainSaysGoingAway) {
  RawClient client(start());
  open(client);
  auto drained = std::async(std::launch::async, [&] {
    return server_->drain(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  });
  EXPECT_EQ(close_code(read_frame(client)), 1001);
  client.send(frame(8, "\x03\xe9"));
  client.end_sending();
  EXPECT_TRUE(drained.get());
}

}  // namespace
}  // namespace aura::net
