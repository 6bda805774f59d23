#include "net/json.h"

#include <gtest/gtest.h>

#include <limits>

namespace aura::net {
namespace {

TEST(JsonTest, RefusesWhatIsNotJson) {
  const std::string_view corpus[] = {"",
                                     "{",
                                     "{}x",
                                     "[1,]",
                                     "{\"a\":}",
                                     "nul",
                                     "\"\xff\"",
                                     "\"\xc0\xaf\"",
                                     "\"\xed\xa0\x80\"",
                                     "\"\\ud800\"",
                                     "'a'",
                                     "{\"a\":1,\"a\":2}",
                                     "[[{\"b\":{},\"b\":[]}]]",
                                     "01",
                                     "1e999",
                                     std::string_view("{}\0{}", 5)};
  for (const std::string_view text : corpus) EXPECT_FALSE(parse_json(text)) << text;
}

TEST(JsonTest, RefusesHalfOfASurrogatePair) {
  EXPECT_FALSE(parse_json(R"({"a":"\ude00"})"));
  EXPECT_FALSE(parse_json(R"({"\udfff":1})"));
  EXPECT_FALSE(parse_json(R"({"a":"\ud83d"})"));
  EXPECT_FALSE(parse_json("{\"a\":\"\xED\xA0\x80\"}")) << "as bytes";
  EXPECT_TRUE(parse_json(R"({"a":"\\ud83d"})")) << "a backslash and five letters";
  EXPECT_TRUE(parse_json(R"({"a":"\ud83d\ude00 \ud7ff"})"));
}

TEST(JsonTest, SurvivesAMillionBrackets) {
  const auto deep = parse_json(std::string(1'000'000, '['));
  ASSERT_FALSE(deep);
  EXPECT_NE(deep.error().detail.find("deeper"), std::string::npos);
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
}

TEST(JsonTest, ReadsNumbersExactly) {
  const auto json = parse_json(
      "[0e0100,-0.0e0308,-0,9223372036854775808,-9223372036854775808,1e2,-33.868820,12]");
  ASSERT_TRUE(json);
  const auto& numbers = *json;
  EXPECT_EQ(numbers[0].GetDouble(), 0) << "RapidJSON reads -1.9e146";
  EXPECT_EQ(numbers[1].GetDouble(), 0);
  EXPECT_EQ(numbers[2].GetInt(), 0);
  EXPECT_EQ(numbers[3].GetUint64(), 9223372036854775808u);
  EXPECT_EQ(numbers[4].GetInt64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(numbers[5].IsInt());
  EXPECT_EQ(numbers[6].GetDouble(), -33.868820);
  EXPECT_EQ(numbers[7].GetInt(), 12);
  for (const char* text : {"[1.8e308]", "[1e-400]"})
    EXPECT_EQ(parse_json(text).error().detail, "The JSON text has a number that is out of range.");
}

TEST(JsonTest, FindsDuplicatesInLargeObjects) {
  std::string text = "{";
  for (int i = 0; i < 20; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(parse_json(text + "\"x\":0}"));
  EXPECT_FALSE(parse_json(text + "\"k3\":0}"));
}

TEST(JsonTest, BoundsTheSize) {
  EXPECT_TRUE(parse_json("[1,2,3]", {.max_bytes = 7}));
  EXPECT_FALSE(parse_json("[1,2,3]", {.max_bytes = 6}));
}

TEST(JsonTest, JoinsSurrogatePairs) {
  const auto json = parse_json(R"({"text":"caf\u00e9 \ud83d\ude00 https:\/\/example.test\/a"})");
  ASSERT_TRUE(json);
  EXPECT_EQ(*JsonRef(*json).string("text"), "café 😀 https://example.test/a");
}

TEST(JsonRefTest, NamesThePointerOfWhatIsWrong) {
  const auto json = parse_json(R"({"a/b":[{"n":"1","t":true,"s":"x","z":null}]})");
  ASSERT_TRUE(json);
  const JsonRef item = JsonRef(*json).array("a/b")->at(0);
  EXPECT_EQ(item.array("n").error().field, "/a~1b/0/n");
  EXPECT_EQ(item.string("missing").error().field, "/a~1b/0/missing");
  EXPECT_EQ(*item.string("s"), "x");
  EXPECT_EQ(*item.optional_string("z"), std::nullopt);
  EXPECT_FALSE(item.optional_string("t"));
  EXPECT_FALSE(item.has("z"));
}

}  // namespace
}  // namespace aura::net
