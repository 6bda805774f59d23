// Cursors, API keys, accounts and idempotency.
#include <gtest/gtest.h>

#include <map>

#include "actors/access/accounts.h"
#include "actors/access/api_key.h"
#include "actors/access/idempotency.h"
#include "actors/queries/cursor.h"
#include "runtime/random.h"
#include "storage/vault/data_key.h"

namespace aura::test {
namespace {

TEST(Cursor, AnyBytesComeBack) {
  SeededRandom random(1);
  for (std::size_t size = 0; size < 70; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random.next());
    EXPECT_EQ(cursor::decode(cursor::encode(bytes)), bytes);
  }
  for (const char* bad : {"not a cursor!", "AA==", "a+b", "a/b", "é", "AAA\n"})
    EXPECT_FALSE(cursor::decode(bad)) << bad;
}

TEST(Cursor, CountsForItsOwnListOnly) {
  using storage::Family;
  const std::string next = cursor::next(Family::item, "shop", "shop-cake");
  EXPECT_EQ(cursor::begin_of(Family::item, "shop", next), std::string("shop-cake\0", 10));
  EXPECT_EQ(cursor::begin_of(Family::item, "shop", ""), "shop");
  const auto refused = cursor::begin_of(Family::document, "shop", next);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "?after");
  EXPECT_FALSE(cursor::begin_of(Family::item, "pub!", next));
  for (const char* bad : {"A", "AAAA", "not a cursor!", "AAAAAAAA"})
    EXPECT_FALSE(cursor::begin_of(Family::item, "shop", bad)) << bad;
}

TEST(ApiKey, NamesItsWorkspaceAndNothingElseDoes) {
  const Id workspace = new_id(1'790'000'000'000);
  const std::string key = api_key::make(workspace);
  EXPECT_EQ(api_key::workspace_of(key), workspace);
  EXPECT_NE(api_key::make(workspace), key);
  EXPECT_EQ(api_key::hash(key).size(), 32u);
  EXPECT_FALSE(api_key::workspace_of(key + "x"));
  EXPECT_FALSE(api_key::workspace_of("aurb_" + key.substr(5)));
  EXPECT_FALSE(api_key::workspace_of(key.substr(0, key.size() - 1)));
  EXPECT_FALSE(api_key::workspace_of(""));
  std::string foreign = key;
  foreign[7] = 'u';  // not in the alphabet of ids
  EXPECT_FALSE(api_key::workspace_of(foreign));
}

TEST(Accounts, AnAccountBelongsToOneChannel) {
  Accounts accounts;
  const ChannelRoute first{derived_id({"w"}), derived_id({"c1"}), api::CHANNEL_TYPE_MESSENGER};
  const ChannelRoute second{derived_id({"w"}), derived_id({"c2"}), api::CHANNEL_TYPE_MESSENGER};
  EXPECT_TRUE(accounts.add(first, "page"));
  EXPECT_TRUE(accounts.add(first, "page"));
  EXPECT_FALSE(accounts.add(second, "page"));
  EXPECT_FALSE(accounts.find(api::CHANNEL_TYPE_INSTAGRAM, "page"));
  accounts.remove(second.channel, second.type, "page");
  ASSERT_TRUE(accounts.find(api::CHANNEL_TYPE_MESSENGER, "page"));
  accounts.remove(first.channel, first.type, "page");
  EXPECT_FALSE(accounts.find(api::CHANNEL_TYPE_MESSENGER, "page"));
}

TEST(Accounts, NewsOfABusinessGoToTheChannelsOfWhoConnectedItFirst) {
  Accounts accounts;
  const auto type = api::CHANNEL_TYPE_WHATSAPP;
  const Id shop = new_id(1), stranger = new_id(2);
  const ChannelRoute first{shop, new_id(10), type}, other{stranger, new_id(11), type},
      second{shop, new_id(12), type};
  for (const ChannelRoute& route : {second, other, first, first}) accounts.join(route, "waba");
  accounts.join(first, "");
  auto members = accounts.of_business(type, "waba");
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].channel, first.channel);
  EXPECT_EQ(members[1].channel, second.channel);
  EXPECT_TRUE(accounts.of_business(api::CHANNEL_TYPE_MESSENGER, "waba").empty());
  EXPECT_TRUE(accounts.of_business(type, "").empty());
  accounts.leave(first.channel, type, "waba");
  members = accounts.of_business(type, "waba");
  ASSERT_EQ(members.size(), 1u);
  EXPECT_EQ(members[0].channel, other.channel);
  accounts.leave(other.channel, type, "waba");
  accounts.leave(second.channel, type, "waba");
  EXPECT_TRUE(accounts.of_business(type, "waba").empty());
}

TEST(Accounts, AnInstagramAccountMayBeCalledAPage) {
  Accounts accounts;
  const ChannelRoute route{derived_id({"w"}), derived_id({"c1"}), api::CHANNEL_TYPE_INSTAGRAM};
  EXPECT_TRUE(accounts.add(route, "17841"));
  EXPECT_EQ(accounts.find(api::CHANNEL_TYPE_MESSENGER, "17841")->channel, route.channel);
  const ChannelRoute page{derived_id({"w"}), derived_id({"c2"}), api::CHANNEL_TYPE_MESSENGER};
  EXPECT_TRUE(accounts.add(page, "17841"));
  EXPECT_EQ(accounts.find(api::CHANNEL_TYPE_MESSENGER, "17841")->channel, page.channel);
  EXPECT_FALSE(accounts.find(api::CHANNEL_TYPE_WHATSAPP, "17841"));
}

TEST(Accounts, ADisabledWebChatIsNotReachableButAProvidersAccountIs) {
  api::Channel channel;
  channel.set_widget_key("widget");
  channel.set_account_id("page");
  channel.set_status(api::CHANNEL_STATUS_DISABLED);
  channel.set_type(api::CHANNEL_TYPE_WEBCHAT);
  EXPECT_FALSE(reachable(channel));
  EXPECT_EQ(outside_name(channel), "widget");
  channel.set_type(api::CHANNEL_TYPE_MESSENGER);
  EXPECT_TRUE(reachable(channel));
  EXPECT_EQ(outside_name(channel), "page");
}

// A reader with single rows: idempotency reads nothing else.
class OneRow final : public storage::Reader {
 public:
  Result<std::optional<std::string>> get(storage::Family, std::string_view key) const override {
    const auto it = rows.find(std::string(key));
    return it == rows.end() ? std::nullopt : std::optional(it->second);
  }
  Result<std::vector<storage::Row>> scan(storage::Family, std::string_view, std::string_view,
                                         std::size_t, Direction) const override {
    return std::vector<storage::Row>();
  }
  Result<void> for_each(
      storage::Family, std::string_view,
      const std::function<bool(std::string_view, std::string_view)>&) const override {
    return {};
  }
  std::map<std::string, std::string> rows;
};

TEST(IdempotencyKey, TheFirstAnswerComesAgainAndAnotherBodyIsAConflict) {
  const storage::AesKey key(std::string(storage::kDataKeySize, 'k'));
  const Id workspace = derived_id({"w"});
  OneRow reader;
  const MaybeIdempotency once = Idempotency{std::string(32, 'i'), "body one"};
  EXPECT_FALSE(idempotency::find<api::Item>(reader, workspace, once, key, 1));
  api::Item answer;
  answer.set_name("cake");
  storage::Commit commit;
  idempotency::remember(workspace, once, answer, key, {}, 1, commit);
  ASSERT_EQ(commit.mutations.size(), 1u);
  EXPECT_EQ(commit.mutations[0].value.find("cake"), std::string::npos) << "sealed";
  reader.rows[commit.mutations[0].key] = commit.mutations[0].value;
  const auto again = idempotency::find<api::Item>(reader, workspace, once, key, 1);
  ASSERT_TRUE(again && *again);
  EXPECT_EQ((*again)->name(), "cake");
  const MaybeIdempotency other = Idempotency{std::string(32, 'i'), "body two"};
  EXPECT_EQ(idempotency::find<api::Item>(reader, workspace, other, key, 1)->error().code,
            Errc::conflict);
  constexpr Millis kDay = 24 * 3'600'000;
  EXPECT_FALSE(idempotency::find<api::Item>(reader, workspace, once, key, 2 + kDay)) << "expired";
  storage::Commit without;
  idempotency::remember(workspace, {}, answer, key, {}, 1, without);
  EXPECT_TRUE(without.mutations.empty());
}

}  // namespace
}  // namespace aura::test
