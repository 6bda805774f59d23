#include "runtime/ids.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <unordered_set>
#include <vector>

#include "runtime/random.h"

namespace aura {
namespace {

constexpr IdType kTypes[] = {IdType::workspace,    IdType::channel, IdType::contact,
                             IdType::conversation, IdType::message, IdType::item,
                             IdType::document};

Id random_id(Random& random) {
  return time_ordered_id(static_cast<Millis>(random.next() >> 16), random.next(), random.next());
}

TEST(Ids, TextAndBack) {
  SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    const Id id = random_id(random);
    for (const IdType type : kTypes) {
      const std::string text = format_id(type, id);
      EXPECT_EQ(text.size(), prefix(type).size() + 27);
      EXPECT_EQ(parse_id(type, text), id);
    }
  }
}

TEST(Ids, KnownTexts) {
  Id id;
  EXPECT_EQ(format_id(IdType::message, id), "msg_00000000000000000000000000");
  id.bytes.fill(0xff);
  EXPECT_EQ(format_id(IdType::workspace, id), "ws_7zzzzzzzzzzzzzzzzzzzzzzzzz");
  id = {};
  id.bytes[15] = 33;
  EXPECT_EQ(format_id(IdType::item, id), "item_00000000000000000000000011");
}

TEST(Ids, TextsSortAsBytes) {
  SeededRandom random(2);
  for (int i = 0; i < 1000; ++i) {
    const Id a = random_id(random);
    const Id b = random_id(random);
    EXPECT_EQ(a < b, format_id(IdType::message, a) < format_id(IdType::message, b));
  }
}

TEST(Ids, RefusesWhatIsNotAnId) {
  const std::string good = "msg_01k5z0000000000000000000aa";
  ASSERT_TRUE(parse_id(IdType::message, good));
  EXPECT_FALSE(parse_id(IdType::workspace, good));
  EXPECT_FALSE(parse_id(IdType::message, ""));
  EXPECT_FALSE(parse_id(IdType::message, "msg_"));
  EXPECT_FALSE(parse_id(IdType::message, good + "0"));
  EXPECT_FALSE(parse_id(IdType::message, good.substr(0, good.size() - 1)));
  EXPECT_FALSE(parse_id(IdType::message, "msg-01k5z0000000000000000000aa"));
  EXPECT_FALSE(parse_id(IdType::message, "msg_81k5z0000000000000000000aa")) << "beyond 128 bits";
  for (const char wrong : {'i', 'l', 'o', 'u', 'A', 'Z', ' ', '\0', '\xff', '/', '_'}) {
    std::string text = good;
    text.back() = wrong;
    EXPECT_FALSE(parse_id(IdType::message, text)) << "character " << static_cast<int>(wrong);
  }
}

TEST(Ids, TimeOrderedIdsHoldTheirTimeAndSortByIt) {
  const Millis now = 1'790'000'000'123;
  const Id id = time_ordered_id(now, 0xabcd, 0x0123456789abcdefULL);
  EXPECT_EQ(id_time(id), now);
  EXPECT_EQ(id.bytes[6], 0xab);
  EXPECT_EQ(id.bytes[7], 0xcd);
  EXPECT_EQ(id.bytes[8], 0x01);
  EXPECT_EQ(id.bytes[15], 0xef);
  EXPECT_LT(time_ordered_id(now, ~0ULL, ~0ULL), time_ordered_id(now + 1, 0, 0));
}

TEST(Ids, DerivedIdsAreSha256OfLengthPrefixedParts) {
  // printf '\0\0\0\0\0\0\0\2ch\0\0\0\0\0\0\0\3abc' | sha256sum
  const Id id = derived_id({"ch", "abc"});
  EXPECT_EQ(format_id(IdType::conversation, id), "cv_1rkhjrqs5h2kzt7n9s81j3pncj");
}

TEST(Ids, DerivedIdsKeepPartsApart) {
  EXPECT_EQ(derived_id({"a", "b"}), derived_id({"a", "b"}));
  std::set<Id> ids = {derived_id({}),          derived_id({""}),        derived_id({"", ""}),
                      derived_id({"ab", "c"}), derived_id({"a", "bc"}), derived_id({"abc"}),
                      derived_id({"abc", ""})};
  EXPECT_EQ(ids.size(), 7u);
}

TEST(Ids, NewIdsDifferOnAllThreads) {
  std::vector<std::vector<Id>> made(4);
  std::vector<std::thread> threads;
  for (auto& ids : made)
    threads.emplace_back([&ids] {
      for (int i = 0; i < 5000; ++i) ids.push_back(new_id(1));
    });
  for (auto& thread : threads) thread.join();
  std::unordered_set<Id> all;
  for (const auto& ids : made) all.insert(ids.begin(), ids.end());
  EXPECT_EQ(all.size(), 20'000u);
}

TEST(Ids, NewIdsOfOneMillisecondAreInTheOrderInWhichTheyAreMade) {
  Id before = new_id(1);
  int behind = 0;  // the count may begin anew once among so many
  for (int i = 0; i < 5000; ++i) {
    const Id next = new_id(1);
    behind += next < before ? 1 : 0;
    before = next;
  }
  EXPECT_LE(behind, 1);
}

TEST(Ids, FromViewTakesSixteenBytesOnly) {
  const Id id = derived_id({"x"});
  EXPECT_EQ(Id::from_view(id.view()), id);
  EXPECT_TRUE(Id::from_view(id.view().substr(1)).empty());
  EXPECT_TRUE(Id::from_view("").empty());
}

// Partitions and hash tables use the low bits, so consecutive ids must spread over them.
TEST(Ids, HashSpreadsSequences) {
  std::vector<int> counts(256);
  for (std::uint64_t i = 0; i < 25'600; ++i)
    ++counts[hash_value(time_ordered_id(1'790'000'000'000, 0, i)) % 256];
  for (const int count : counts) {
    EXPECT_GT(count, 50);
    EXPECT_LT(count, 150);
  }
}

// Stored data depends on this hash: it must never change.
TEST(Ids, HashIsStable) {
  EXPECT_EQ(hash_value(Id{}), 0u);
  EXPECT_EQ(hash_value(time_ordered_id(1'790'000'000'000, 1, 2)), 0x6a1fb3f3d5e8f88dULL);
}

}  // namespace
}  // namespace aura
