#include "runtime/log.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace aura::log {
namespace {

class LogTest : public testing::Test {
 protected:
  void TearDown() override { set_level(Level::info); }

  // Everything after the time in the one line that `write` logs.
  template <class Write>
  std::string line_of(Write write) {
    testing::internal::CaptureStderr();
    write();
    const std::string text = testing::internal::GetCapturedStderr();
    // {"ts":"2026-11-23T22:27:43.123Z", …}
    const std::string shape = "{\"ts\":\"dddd-dd-ddTdd:dd:dd.dddZ\",";
    if (text.size() < shape.size() + 2 || !text.ends_with("}\n")) {
      ADD_FAILURE() << text;
      return {};
    }
    for (std::size_t i = 0; i < shape.size(); ++i)
      EXPECT_TRUE(shape[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == shape[i]) << text;
    const std::string rest = text.substr(shape.size(), text.size() - shape.size() - 2);
    EXPECT_EQ(rest.find('\n'), std::string::npos) << text;
    return rest;
  }
};

TEST_F(LogTest, ALineIsAnObjectWithTypedFields) {
  EXPECT_EQ(line_of([] {
              info("server.ready", {{"port", 8080},
                                    {"tls", false},
                                    {"seconds", 0.25},
                                    {"path", std::string("/healthz")},
                                    {"bytes", std::size_t{12}}});
            }),
            R"("level":"info","event":"server.ready","port":8080,"tls":false,"seconds":0.25,)"
            R"("path":"/healthz","bytes":12)");
}

TEST_F(LogTest, NothingReachesTheTerminalUnescaped) {
  EXPECT_EQ(line_of([] {
              warn("x", {{"v", "a\r\nb\x1b[31m\x7f\"\\\t"}});
            }),
            R"("level":"warn","event":"x","v":"a\u000d\u000ab\u001b[31m\u007f\"\\\u0009")");
  EXPECT_EQ(line_of([] {
              warn("x", {{"v", "C1: \xc2\x9b"}});
            }),
            R"("level":"warn","event":"x","v":"C1: \u009b")");
  EXPECT_EQ(line_of([] {
              warn("x", {{"v", std::string_view("nul\0!", 5)}});
            }),
            R"("level":"warn","event":"x","v":"nul\u0000!")");
}

TEST_F(LogTest, ValidUtf8StaysAndTheRestIsReplaced) {
  const std::string good = "é€😀";
  EXPECT_EQ(line_of([&] {
              info("x", {{"v", good}});
            }),
            "\"level\":\"info\",\"event\":\"x\",\"v\":\"" + good + "\"");
  const std::vector<std::string> wrong = {"\x80",
                                          "\xc3",
                                          "\xc0\xaf",
                                          "\xe0\x80\xaf",
                                          "\xed\xa0\x80",
                                          "\xf4\x90\x80\x80",
                                          "\xf0\x80\x80\x80",
                                          "\xff"};
  for (const std::string& bytes : wrong) {
    std::string expected = R"("level":"info","event":"x","v":")";
    for (std::size_t i = 0; i < bytes.size(); ++i) expected += "\\ufffd";
    EXPECT_EQ(line_of([&] { info("x", {{"v", bytes}}); }), expected + "\"");
  }
}

TEST_F(LogTest, KeysAndEventsAreEscapedToo) {
  EXPECT_EQ(line_of([] {
              info("a\nb", {{"k\"", 1}});
            }),
            R"("level":"info","event":"a\u000ab","k\"":1)");
}

TEST_F(LogTest, NumbersThatJsonDoesNotHaveAreNull) {
  EXPECT_EQ(line_of([] {
              info("x", {{"v", std::numeric_limits<double>::infinity()}});
            }),
            R"("level":"info","event":"x","v":null)");
}

TEST_F(LogTest, TheLevelChoosesAndCanChange) {
  testing::internal::CaptureStderr();
  debug("hidden");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  set_level(Level::debug);
  EXPECT_EQ(line_of([] { debug("shown"); }), R"("level":"debug","event":"shown")");
  set_level(Level::error);
  testing::internal::CaptureStderr();
  warn("hidden");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(LogTest, LevelNames) {
  for (const char* name : {"trace", "debug", "info", "warn", "error"}) {
    Level parsed = Level::info;
    ASSERT_TRUE(parse_level(name, parsed));
    EXPECT_EQ(level_name(parsed), name);
  }
  Level untouched = Level::warn;
  EXPECT_FALSE(parse_level("INFO", untouched));
  EXPECT_FALSE(parse_level("", untouched));
  EXPECT_EQ(untouched, Level::warn);
}

TEST_F(LogTest, LinesOfManyThreadsDoNotMix) {
  testing::internal::CaptureStderr();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([] {
      for (int i = 0; i < 200; ++i) info("thread.line", {{"n", i}});
    });
  for (auto& thread : threads) thread.join();
  const std::string text = testing::internal::GetCapturedStderr();
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size(); ++lines) {
    const std::size_t end = text.find('\n', at);
    ASSERT_EQ(text.compare(at, 7, "{\"ts\":\""), 0);
    ASSERT_EQ(text[end - 1], '}');
    at = end + 1;
  }
  EXPECT_EQ(lines, 800u);
}

}  // namespace
}  // namespace aura::log
