#include <gtest/gtest.h>

#include "bench/harness/visitors.h"
#include "bench/support/http_framing.h"

namespace aura::bench {
namespace {

TEST(HttpFraming, RequestIsCompleteOnlyWithItsWholeBody) {
  const std::string bytes = "POST /a?x=1 HTTP/1.1\r\nHost: h\r\ncontent-length: 5\r\n\r\nhello";
  HttpMessage message;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(parse_http(bytes.substr(0, length), message), Framing::incomplete) << length;
  }
  const auto pipelined = bytes + "POST /next";
  ASSERT_EQ(parse_http(pipelined, message), Framing::complete);
  EXPECT_EQ(message.method(), "POST");
  EXPECT_EQ(message.target(), "/a?x=1");
  EXPECT_EQ(message.body, "hello");
  EXPECT_EQ(message.size, bytes.size());
  EXPECT_EQ(message.header("HOST"), "h");
  EXPECT_TRUE(message.keep_alive());
}

TEST(HttpFraming, ChunkedBodiesAreMeasuredAndDecoded) {
  const std::string bytes =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
      "4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n";
  HttpMessage message;
  EXPECT_EQ(parse_http(bytes.substr(0, bytes.size() - 1), message), Framing::incomplete);
  ASSERT_EQ(parse_http(bytes, message), Framing::complete);
  EXPECT_EQ(message.status(), 200);
  EXPECT_EQ(message.decoded_body(), "Wikipedia");
  EXPECT_EQ(message.size, bytes.size());
  EXPECT_FALSE(message.keep_alive());
}

TEST(HttpFraming, NoContentHasNoBodyAndBadLengthsAreMalformed) {
  HttpMessage message;
  ASSERT_EQ(parse_http("HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n", message),
            Framing::complete);
  EXPECT_EQ(parse_http("POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n", message),
            Framing::malformed);
  EXPECT_EQ(parse_http("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", message),
            Framing::malformed);
}

TEST(HttpFraming, QueryValuesAreDecoded) {
  EXPECT_EQ(query_value("/p?a=1&hub.verify_token=vt%2B01", "hub.verify_token"), "vt+01");
  EXPECT_EQ(query_value("/p?a=x+y", "a"), "x y");
  EXPECT_EQ(query_value("/p?a=1", "b"), std::nullopt);
  EXPECT_EQ(query_value("/p", "a"), std::nullopt);
}

TEST(WebSocketFraming, ServerFramesOfEveryLengthForm) {
  for (const std::size_t size : {0u, 125u, 126u, 65535u, 65536u}) {
    std::string bytes("\x81", 1);
    if (size < 126) {
      bytes += static_cast<char>(size);
    } else if (size < 65536) {
      bytes += {126, static_cast<char>(size >> 8), static_cast<char>(size)};
    } else {
      bytes += {127, 0, 0, 0, 0, 0, 1, 0, 0};
    }
    bytes += std::string(size, 'x');
    EXPECT_EQ(parse_server_frame(std::string_view(bytes).substr(0, bytes.size() - 1)).size, 0u);
    const auto complete_size = bytes.size();
    bytes += "rest";
    const auto frame = parse_server_frame(bytes);
    EXPECT_EQ(frame.opcode, 1u);
    EXPECT_EQ(frame.payload.size(), size);
    EXPECT_EQ(frame.size, complete_size);
  }
}

TEST(WebSocketFraming, ClientFramesAreMasked) {
  const auto frame = client_frame(1, "hi");
  ASSERT_EQ(frame.size(), 8u);
  EXPECT_EQ(static_cast<unsigned char>(frame[1]), 0x82);
  EXPECT_EQ(static_cast<char>(frame[6] ^ frame[2]), 'h');
  EXPECT_EQ(static_cast<char>(frame[7] ^ frame[3]), 'i');
}

}  // namespace
}  // namespace aura::bench
