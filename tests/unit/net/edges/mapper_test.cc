// API messages to JSON and back, by the conventions at the top of api.proto.
#include <gtest/gtest.h>

#include <limits>

#include "net/api/json_mapper.h"
#include "net/api/rfc3339.h"

namespace aura::net {
namespace {

template <class Input>
Result<Input> read(std::string_view text) {
  const auto json = parse_json(text);
  EXPECT_TRUE(json.has_value()) << text;
  Input input;
  if (const auto done = read_json(*json, input); !done) return tl::unexpected(done.error());
  return input;
}

TEST(JsonWriter, EveryConvention) {
  api::Conversation conversation;
  conversation.set_id("cv_1");
  conversation.mutable_contact()->set_name("Ada \"A\"\n");
  conversation.set_channel_type(api::CHANNEL_TYPE_MESSENGER);
  conversation.set_handler(api::HANDLER_HUMAN);
  conversation.set_unread(-2);
  conversation.set_window_expires_at(1'790'000'000'123);
  EXPECT_EQ(
      to_json(conversation),
      R"({"id":"cv_1","contact":{"id":"","name":"Ada \"A\"\n","email":null,"phone":null,"identities":[],"created_at":null,"updated_at":null,"merged_into":null,"merged_ids":[]},"channel_id":"","channel_type":"messenger","status":"open","handler":"human","unread":-2,"last_message":null,"window_expires_at":"2026-09-21T14:13:20.123Z","handover_deadline_at":null,"created_at":null,"updated_at":null,"human_window_expires_at":null,"referral":null,"comment":null,"comment_expires_at":null,"opted_out":null,"consent":null,"unreachable":null,"continued_in":null})");
}

// The only time that a caller tells.
TEST(JsonReader, TimesAreRfc3339) {
  const auto told = [](const std::string& value) {
    const auto input =
        read<api::ChannelInput>(R"({"credentials":{"token_expires_at":)" + value + "}}");
    return input ? input->credentials().token_expires_at() : -1;
  };
  EXPECT_EQ(told(R"("2026-09-21T14:13:20.123Z")"), 1'790'000'000'123);
  EXPECT_EQ(told(R"("2026-09-21T14:13:20Z")"), 1'790'000'000'000);
  EXPECT_EQ(told(R"("2026-09-21t14:13:20.1239z")"), 1'790'000'000'123);
  EXPECT_EQ(told(R"("2026-09-21T16:13:20+02:00")"), 1'790'000'000'000);
  EXPECT_EQ(told(R"("2026-09-21T08:43:20-05:30")"), 1'790'000'000'000);
  for (const char* wrong :
       {"1790000000123", "true", R"("")", R"("2026-09-21")", R"("2026-09-21T14:13:20")",
        R"("2026-02-30T14:13:20Z")", R"("2026-09-21T24:13:20Z")", R"("2026-09-21T14:13:20.Z")",
        R"("2026-09-21T14:13:20+2:00")", R"("2026-09-21T14:13:20Zx")", R"("26-09-21T14:13:20Z")"})
    EXPECT_EQ(told(wrong), -1) << wrong;
}

TEST(JsonWriter, ItemsWithMoneyAndRawOptions) {
  api::Item item;
  item.set_name("Café 😀");
  item.set_kind(api::ITEM_KIND_MENU_ITEM);
  item.mutable_price()->set_amount_minor(9'007'199'254'740'993);
  item.mutable_price()->set_currency("USD");
  item.mutable_options()->set_json(R"({"sizes":["S","L"]})");
  item.add_image_urls("https://a.test/1");
  item.set_revision(std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(
      to_json(item),
      R"({"id":"","kind":"menu_item","name":"Café 😀","description":"","price":{"amount_minor":9007199254740993,"currency":"USD"},"sku":null,"available":false,"options":{"sizes":["S","L"]},"image_urls":["https://a.test/1"],"revision":18446744073709551615,"created_at":null,"updated_at":null})");
}

TEST(JsonWriter, UnspecifiedAndUnknownEnumsAndOddNumbersAreNull) {
  api::Channel channel;
  EXPECT_NE(to_json(channel).find(R"("type":null)"), std::string::npos);
  channel.set_type(static_cast<api::ChannelType>(99));
  EXPECT_NE(to_json(channel).find(R"("type":null)"), std::string::npos);
  api::Attachment attachment;
  attachment.set_latitude(std::numeric_limits<double>::quiet_NaN());
  attachment.set_longitude(1.5);
  EXPECT_NE(to_json(attachment).find(R"("latitude":null,"longitude":1.5)"), std::string::npos);
}

TEST(JsonWriter, TimesAreUtcWithMilliseconds) {
  EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(rfc3339(1'790'000'000'000), "2026-09-21T14:13:20.000Z");
  EXPECT_EQ(rfc3339(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(rfc3339(951'782'400'007), "2000-02-29T00:00:00.007Z");
}

TEST(JsonReader, ReadsAnItem) {
  const auto item = read<api::ItemInput>(
      R"({"kind":"service","name":"Cut","price":{"amount_minor":1250,"currency":"EUR"},)"
      R"("available":false,"options":{"a":[1,null]},"image_urls":["https://a.test"],"sku":null,"description":null})");
  ASSERT_TRUE(item.has_value()) << item.error().detail;
  EXPECT_EQ(item->kind(), api::ITEM_KIND_SERVICE);
  EXPECT_EQ(item->price().amount_minor(), 1250);
  EXPECT_TRUE(item->has_available());
  EXPECT_FALSE(item->available());
  EXPECT_EQ(item->options().json(), R"({"a":[1,null]})");
  EXPECT_EQ(item->image_urls(0), "https://a.test");
  ASSERT_EQ(item->cleared_size(), 2);
  EXPECT_EQ(item->cleared(0), "sku");
  EXPECT_EQ(item->cleared(1), "description");
  EXPECT_FALSE(item->has_sku());
}

TEST(JsonReader, AnEmptyArrayClearsWhereThatIsNoted) {
  const auto item = read<api::ItemInput>(R"({"image_urls":[]})");
  ASSERT_TRUE(item.has_value());
  ASSERT_EQ(item->cleared_size(), 1);
  EXPECT_EQ(item->cleared(0), "image_urls");
}

TEST(JsonReader, NullIsRefusedInAChangeThatCannotNoteIt) {
  api::DocumentInput document;
  EXPECT_EQ(read_json(*parse_json(R"({"title":null})"), document, Nulls::refused).error().field,
            "/title");
  api::ItemInput item;
  EXPECT_TRUE(read_json(*parse_json(R"({"name":null})"), item, Nulls::refused).has_value());
  EXPECT_EQ(item.cleared(0), "name");
  api::WorkspaceInput workspace;
  const auto nested = parse_json(R"({"business":{"phone":null}})");
  EXPECT_TRUE(read_json(*nested, workspace, Nulls::refused).has_value());
  EXPECT_EQ(workspace.business().cleared(0), "phone");
}

TEST(JsonReader, NullLeavesAnOptionalFieldUnset) {
  const auto input = read<api::WorkspaceInput>(R"({"name":null,"business":null})");
  ASSERT_TRUE(input.has_value());
  EXPECT_FALSE(input->has_name());
  EXPECT_FALSE(input->has_business());
}

struct Bad {
  const char* body;
  const char* pointer;
};
class BadItem : public testing::TestWithParam<Bad> {};
TEST_P(BadItem, NamesItsField) {
  const auto item = read<api::ItemInput>(GetParam().body);
  ASSERT_FALSE(item.has_value());
  EXPECT_EQ(item.error().code, Errc::invalid);
  EXPECT_EQ(item.error().field, GetParam().pointer);
  EXPECT_NE(item.error().detail.find(GetParam().pointer), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(
    All, BadItem,
    testing::Values(
        Bad{R"({"name":5})", "/name"}, Bad{R"({"name":["a"]})", "/name"},
        Bad{R"({"name":"a\u0000b"})", "/name"}, Bad{R"({"colour":"red"})", "/colour"},
        Bad{R"({"a/b~c":1})", "/a~1b~0c"}, Bad{R"({"cleared":["name"]})", "/cleared"},
        Bad{R"({"kind":"PRODUCT"})", "/kind"}, Bad{R"({"kind":0})", "/kind"},
        Bad{R"({"kind":""})", "/kind"}, Bad{R"({"available":"true"})", "/available"},
        Bad{R"({"available":1})", "/available"}, Bad{R"({"price":12})", "/price"},
        Bad{R"({"price":{"amount_minor":"1250","currency":"USD"}})", "/price/amount_minor"},
        Bad{R"({"price":{"amount_minor":12.5,"currency":"USD"}})", "/price/amount_minor"},
        Bad{R"({"price":{"amount_minor":9223372036854775808,"currency":"USD"}})",
            "/price/amount_minor"},
        Bad{R"({"price":{"amount_minor":null,"currency":"USD"}})", "/price/amount_minor"},
        Bad{R"({"price":{"currency":"USD"}})", "/price/amount_minor"},
        Bad{R"({"price":{"amount_minor":1}})", "/price/currency"},
        Bad{R"({"price":{"amount_minor":1,"currency":"USD","x":1}})", "/price/x"},
        Bad{R"({"image_urls":"a"})", "/image_urls"}, Bad{R"({"image_urls":[1]})", "/image_urls/0"},
        Bad{R"({"image_urls":["a",null]})", "/image_urls/1"}));

TEST(JsonReader, OtherMessages) {
  EXPECT_EQ(read<api::ChannelInput>(R"({"type":"unspecified"})").error().field, "/type");
  EXPECT_EQ(read<api::MessageInput>(R"({"attachments":[{"type":"image"},7]})").error().field,
            "/attachments/1");
  EXPECT_EQ(read<api::MessageInput>(R"({"attachments":[{"latitude":"1"}]})").error().field,
            "/attachments/0/latitude");
  EXPECT_EQ(read<api::ConversationInput>(R"({"unread":2147483648})").error().field, "/unread");
  EXPECT_EQ(read<api::Item>(R"({"created_at":5})").error().field, "/created_at");
  EXPECT_TRUE(read<api::ConversationInput>(R"({"handler":"none","status":"closed"})").has_value());
}

}  // namespace
}  // namespace aura::net
