#include "net/webhooks/envelope.h"

#include <gtest/gtest.h>

#include <string>

#include "config/limits.h"
#include "net/json.h"

namespace aura::net {
namespace {

std::vector<InboundItem> slice(std::string_view body) {
  auto items = slice_meta_body(body);
  EXPECT_TRUE(items.has_value()) << items.error().detail;
  return items ? std::move(*items) : std::vector<InboundItem>{};
}

TEST(Envelope, OneItemAnElementOfEveryListOfEveryEntry) {
  const auto items = slice(
      R"({"object":"page","entry":[)"
      R"({"id":"1","time":1790000000123,"messaging":[{"a":1}, { "b" : [1, {"c":"]}"}] }],"standby":[{"d":2}]},)"
      R"({"changes":[{"field":"feed","value":{}}],"time":5,"id":"2"}]})");
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(
      items[0].payload,
      R"({"object":"page","entry_id":"1","entry_time":1790000000123,"list":"messaging","item":{"a":1}})");
  EXPECT_EQ(items[0].account, "1");
  EXPECT_EQ(items[0].source, "meta.page");
  EXPECT_EQ(items[0].channel_type, api::CHANNEL_TYPE_MESSENGER);
  EXPECT_EQ(
      items[1].payload,
      R"({"object":"page","entry_id":"1","entry_time":1790000000123,"list":"messaging","item":{ "b" : [1, {"c":"]}"}] }})");
  EXPECT_EQ(
      items[2].payload,
      R"({"object":"page","entry_id":"1","entry_time":1790000000123,"list":"standby","item":{"d":2}})");
  EXPECT_EQ(items[3].account, "2");
  EXPECT_EQ(
      items[3].payload,
      R"({"object":"page","entry_id":"2","entry_time":5,"list":"changes","item":{"field":"feed","value":{}}})");
}

TEST(Envelope, HalfOfASurrogatePairSpoilsNoItem) {
  const std::string items[] = {R"({"text":"\ud83d end"})", R"({"\uDC00":"\\ud83d"})",
                               R"("\udbff")"};
  const auto sliced = slice(R"({"object":"page","entry":[{"id":"1","messaging":[)" + items[0] +
                            "," + items[1] + "," + items[2] + "]}]}");
  ASSERT_EQ(sliced.size(), 3u);
  for (const InboundItem& item : sliced) EXPECT_EQ(item.account, "1");
  EXPECT_TRUE(sliced[0].payload.ends_with(items[0] + "}")) << "as it came";
  EXPECT_TRUE(sliced[1].payload.ends_with(items[1] + "}"));
  EXPECT_TRUE(sliced[2].payload.ends_with("\"\uFFFD\"}"));
}

TEST(Envelope, TheObjectMayComeAfterItsEntries) {
  const auto items = slice(R"({"entry":[{"messaging":[{}],"id":"7"}],"object":"instagram"})");
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].channel_type, api::CHANNEL_TYPE_INSTAGRAM);
  EXPECT_EQ(items[0].account, "7");
  EXPECT_EQ(items[0].source, "meta.instagram");
}

TEST(Envelope, NumericIdsKeepTheirLiteralText) {
  const auto items =
      slice(R"({"object":"page","entry":[{"id":123456789012345678901,"messaging":[{}]}]})");
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].account, "123456789012345678901");
}

TEST(Envelope, WhatsAppIsRoutedByItsPhoneNumber) {
  const auto items = slice(
      R"({"object":"whatsapp_business_account","entry":[{"id":"33","changes":[)"
      R"({"value":{"metadata":{"display_phone_number":"1","phone_number_id":"440000000000001"}},"field":"messages"},)"
      R"({"value":{"event":"APPROVED","other":{"phone_number_id":"9"}},"field":"account_update"}]}]})");
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].account, "440000000000001");
  EXPECT_EQ(items[1].account, "33");
  EXPECT_EQ(items[0].channel_type, api::CHANNEL_TYPE_WHATSAPP);
}

TEST(Envelope, FieldAndValueDirectlyInTheEntryAreAChange) {
  const auto items = slice(
      R"({"object":"instagram","entry":[{"id":"1","time":2,"field":"comm\"ents","value":{"id":"3"}}]})");
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(
      items[0].payload,
      R"({"object":"instagram","entry_id":"1","entry_time":2,"list":"changes","item":{"field":"comm\"ents","value":{"id":"3"}}})");
}

TEST(Envelope, ChangedFieldsAreOneItem) {
  const auto items =
      slice(R"({"object":"page","entry":[{"id":"1","changed_fields":["feed","name"]}]})");
  ASSERT_EQ(items.size(), 1u);
  EXPECT_NE(items[0].payload.find(R"("list":"changed_fields","item":["feed","name"])"),
            std::string::npos);
}

// Malformed parts are kept whole: as their entry, or as the body.
struct Odd {
  const char* name;
  const char* body;
  const char* list;
  const char* account;
};
class OddEnvelope : public testing::TestWithParam<Odd> {};
TEST_P(OddEnvelope, IsKept) {
  const auto items = slice(GetParam().body);
  ASSERT_EQ(items.size(), 1u);
  EXPECT_NE(items[0].payload.find(std::string(R"("list":")") + GetParam().list + "\""),
            std::string::npos)
      << items[0].payload;
  EXPECT_EQ(items[0].account, GetParam().account);
  EXPECT_TRUE(parse_json(items[0].payload, {8 << 20, 100}).has_value()) << items[0].payload;
}
INSTANTIATE_TEST_SUITE_P(
    All, OddEnvelope,
    testing::Values(
        Odd{"null", "null", "body", ""}, Odd{"text", "\"x\"", "body", ""},
        Odd{"number", " 5 ", "body", ""}, Odd{"list", "[1,{}]", "body", ""},
        Odd{"empty", "{}", "body", ""}, Odd{"no_entry", R"({"object":"page"})", "body", ""},
        Odd{"entry_null", R"({"object":"page","entry":null})", "body", ""},
        Odd{"entry_object", R"({"object":"page","entry":{"id":"1"}})", "body", ""},
        Odd{"entry_empty", R"({"object":"page","entry":[]})", "body", ""},
        Odd{"unknown_object", R"({"object":"user","entry":[{"id":"1","messaging":[{}]}]})", "body",
            ""},
        Odd{"object_number", R"({"object":5,"entry":[{"id":"1","messaging":[{}]}]})", "body", ""},
        Odd{"entry_of_text", R"({"object":"page","entry":["x"]})", "entry", ""},
        Odd{"entry_of_null", R"({"object":"page","entry":[null]})", "entry", ""},
        Odd{"entry_of_list", R"({"object":"page","entry":[[1]]})", "entry", ""},
        Odd{"entry_bare", R"({"object":"page","entry":[{"id":"1","time":1}]})", "entry", "1"},
        Odd{"messaging_empty", R"({"object":"page","entry":[{"id":"1","messaging":[]}]})", "entry",
            "1"},
        Odd{"messaging_object", R"({"object":"page","entry":[{"id":"1","messaging":{"a":1}}]})",
            "entry", "1"},
        Odd{"messaging_text", R"({"object":"page","entry":[{"id":"1","messaging":"a"}]})", "entry",
            "1"},
        Odd{"element_text", R"({"object":"page","entry":[{"id":"1","messaging":["a\"b"]}]})",
            "messaging", "1"},
        Odd{"element_null", R"({"object":"page","entry":[{"id":"1","messaging":[null]}]})",
            "messaging", "1"},
        Odd{"element_list", R"({"object":"page","entry":[{"id":"1","standby":[[1]]}]})", "standby",
            "1"},
        Odd{"unknown_list", R"({"object":"page","entry":[{"id":"1","calls":[{"a":1}]}]})", "entry",
            "1"}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Envelope, SignedTextThatIsNotJsonIsRefused) {
  for (const std::string_view body :
       {std::string_view(""), std::string_view("{"), std::string_view("{\"object\":\"page\""),
        std::string_view("{} x"), std::string_view("{\"a\":\"\xff\"}"),
        std::string_view("{\"a\":1}\0", 8), std::string_view("{\"a\":\"\0\"}", 9),
        std::string_view("{'a':1}"), std::string_view("{\"a\":01}"), std::string_view("{\"a\":1,}"),
        std::string_view("hello")}) {
    const auto items = slice_meta_body(body);
    ASSERT_FALSE(items.has_value()) << body;
    EXPECT_EQ(items.error().code, Errc::invalid);
  }
}

TEST(Envelope, DeepNestingIsSlicedWithoutRecursion) {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  const auto items = slice(R"({"object":"page","entry":[{"id":"1","messaging":[{"x":)" + deep +
                           R"(},{"y":1}]}]})");
  ASSERT_EQ(items.size(), 2u);
  EXPECT_GT(items[0].payload.size(), deep.size());
  EXPECT_NE(items[1].payload.find(R"("item":{"y":1})"), std::string::npos);
  EXPECT_EQ(slice(deep).size(), 1u);
  const std::string too_deep(1'000'000, '[');
  EXPECT_FALSE(slice_meta_body(too_deep).has_value());
}

TEST(Envelope, MoreEventsThanTheBoundAreKeptAsOne) {
  std::string body = R"({"object":"page","entry":[{"id":"1","messaging":[{})";
  for (int i = 0; i < limits::kEventsPerBody; ++i) body += ",{}";
  body += "]}]}";
  EXPECT_EQ(slice(body).size(), 1u);
}

TEST(Envelope, RepeatedKeysLoseNothing) {
  const auto items = slice(
      R"({"object":"page","entry":[{"id":"1","messaging":[{"a":1}],"messaging":[{"b":1}]}],"entry":[{"id":"2","messaging":[{}]}]})");
  EXPECT_EQ(items.size(), 3u);
}

}  // namespace
}  // namespace aura::net
