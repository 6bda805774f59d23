#include "config/syntax.h"

#include <gtest/gtest.h>

namespace aura::config {
namespace {

TEST(Syntax, Endpoints) {
  Endpoint endpoint;
  EXPECT_FALSE(parse_endpoint("127.0.0.1:8080", endpoint));
  EXPECT_EQ(endpoint.host, "127.0.0.1");
  EXPECT_EQ(endpoint.port, 8080);
  EXPECT_FALSE(parse_endpoint("[::1]:0", endpoint));
  EXPECT_EQ(endpoint.host, "::1");
  EXPECT_EQ(endpoint.port, 0);
  EXPECT_FALSE(parse_endpoint("localhost:65535", endpoint));
  EXPECT_EQ(endpoint.host, "localhost");
  for (const char* wrong : {"",
                            ":",
                            ":80",
                            "localhost",
                            "localhost:",
                            "localhost:65536",
                            "a:-1",
                            "a:8x",
                            "a:+8",
                            "a b:80",
                            "::1:80",
                            "[::1]",
                            "[::1]80",
                            "[x]:80",
                            "[]:80",
                            "a:1:2",
                            "http://a:80",
                            "-:1",
                            "chat.example.com:80",
                            "myhost:80",
                            "1.2.3:80",
                            "256.1.1.1:80",
                            "[1::2::3]:80"}) {
    Endpoint untouched{"keep", 1};
    EXPECT_TRUE(parse_endpoint(wrong, untouched)) << wrong;
    EXPECT_EQ(untouched.host, "keep") << wrong;
  }
}

TEST(Syntax, Urls) {
  const std::pair<const char*, const char*> good[] = {
      {"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
      {"https://chat.example.com/", "https://chat.example.com"},
      {"https://example.com/base/path//", "https://example.com/base/path"},
      {"http://[::1]:9000/x", "http://[::1]:9000/x"}};
  for (const auto& [text, expected] : good) {
    std::string url;
    EXPECT_FALSE(parse_url(text, url)) << text;
    EXPECT_EQ(url, expected);
  }
  for (const char* wrong :
       {"", "http://", "http:///", "ftp://a", "example.com", "http://a:0", "http://a:b",
        "http://a:70000", "http://user@a", "http://a?x=1", "http://a/#x", "http://a b",
        "http://a/b c", "HTTP://a", "http://a/<script>", "http://\xc3\xa9"}) {
    std::string url = "keep";
    EXPECT_TRUE(parse_url(wrong, url)) << wrong;
    EXPECT_EQ(url, "keep");
  }
}

TEST(Syntax, ApiVersions) {
  std::string version;
  EXPECT_FALSE(parse_api_version("v25.0", version));
  EXPECT_EQ(version, "v25.0");
  for (const char* wrong : {"", "v", "25.0", "v25", "v.0", "v25.", "v25.0/", "v25.0.1", "v9999.0"})
    EXPECT_TRUE(parse_api_version(wrong, version)) << wrong;
}

TEST(Syntax, Words) {
  std::string level;
  EXPECT_FALSE(parse_log_level("warn", level));
  EXPECT_EQ(level, "warn");
  EXPECT_TRUE(parse_log_level("WARN", level));
  EXPECT_TRUE(parse_log_level("", level));
  std::string provider;
  EXPECT_FALSE(parse_ai_provider("embedded", provider));
  EXPECT_EQ(provider, "embedded");
  EXPECT_FALSE(parse_ai_provider("anthropic", provider));
  EXPECT_FALSE(parse_ai_provider("openai", provider));
  EXPECT_TRUE(parse_ai_provider("gpt", provider));
  EXPECT_EQ(provider, "openai");
}

TEST(Syntax, AModelIsSpokenToUnencryptedOnlyOnTheLocalNetwork) {
  std::string url;
  for (const char* good :
       {"https://api.example.com/v1/", "http://localhost:11434", "http://127.0.0.1:1/v1",
        "http://127.9.9.9", "http://[::1]:8080", "http://ollama:11434/v1"})
    EXPECT_FALSE(parse_model_url(good, url)) << good;
  EXPECT_EQ(url, "http://ollama:11434/v1");
  for (const char* bad : {"http://api.example.com", "http://10.0.0.1", "http://[2001:db8::1]",
                          "http://localhost.example", "ollama:11434", ""})
    EXPECT_TRUE(parse_model_url(bad, url)) << bad;
}

TEST(Syntax, MessagesAreShortAndHarmless) {
  EXPECT_EQ(printable("a\x1b[1m\n"), "a?[1m?");
  EXPECT_EQ(printable(std::string(100, 'x')), std::string(60, 'x') + "...");
}

}  // namespace
}  // namespace aura::config
