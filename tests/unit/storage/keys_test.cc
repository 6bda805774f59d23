#include "storage/keys.h"

#include <gtest/gtest.h>

#include "runtime/random.h"
#include "storage/database.h"

namespace aura::storage::keys {
namespace {

Id random_id(Random& random) {
  Id made;
  for (auto& byte : made.bytes) byte = static_cast<std::uint8_t>(random.next());
  return made;
}

class KeysTest : public ::testing::Test {
 protected:
  SeededRandom random_{42};
};

TEST_F(KeysTest, ComeBackAsTheyWent) {
  for (int i = 0; i < 2000; ++i) {
    const Id ws = random_id(random_), other = random_id(random_);
    const std::uint64_t sequence = random_.next();
    const Millis at = static_cast<Millis>(random_.next() >> 2);
    const auto kind = static_cast<std::uint8_t>(random_.next());
    const auto numbered = parse_sequence(feed(ws, sequence));
    ASSERT_TRUE(numbered);
    EXPECT_EQ(numbered->workspace, ws);
    EXPECT_EQ(numbered->sequence, sequence);
    const auto sent = parse_outbox(outbox(ws, other, sequence));
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->channel, other);
    EXPECT_EQ(sent->sequence, sequence);
    const auto timed = parse_timer(timer(ws, at, other, kind));
    ASSERT_TRUE(timed);
    EXPECT_EQ(timed->owner, other);
    EXPECT_EQ(timed->due, at);
    EXPECT_EQ(timed->kind, kind);
    const auto listed = parse_inbox(inbox(ws, at, other));
    ASSERT_TRUE(listed);
    EXPECT_EQ(listed->conversation, other);
    EXPECT_EQ(listed->last_activity, at);
    const auto file = parse_media_due(media_due(ws, at, other, ws));
    ASSERT_TRUE(file);
    EXPECT_EQ(file->owner, other);
    EXPECT_EQ(file->media, ws);
    EXPECT_EQ(file->due, at);
    EXPECT_TRUE(media(ws, other, ws).starts_with(media_of(ws, other)));
    EXPECT_TRUE(blob(ws, other, ws, 7).starts_with(media(ws, other, ws)));
    EXPECT_EQ(split(message(ws, other, ws))->workspace, ws);
    EXPECT_EQ(last_id(message(ws, ws, other)), other);
  }
}

TEST_F(KeysTest, SortAsTheirNumbersDo) {
  const Id ws = random_id(random_), owner = random_id(random_);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t a = random_.next() >> random_.uniform(2, 63);
    const std::uint64_t b = random_.next() >> random_.uniform(2, 63);
    const auto at = [](std::uint64_t n) { return static_cast<Millis>(n); };
    EXPECT_EQ(feed(ws, a) < feed(ws, b), a < b);
    EXPECT_EQ(outbox(ws, owner, a) < outbox(ws, owner, b), a < b);
    EXPECT_EQ(timer(ws, at(a), owner, 9) < timer(ws, at(b), Id{}, 0), a < b);
    EXPECT_EQ(inbox(ws, at(a), owner) < inbox(ws, at(b), owner), a > b);
  }
}

TEST_F(KeysTest, EverythingAWorkspaceOwnsStandsBelowItsHead) {
  const Id ws = random_id(random_), other = random_id(random_);
  for (const std::string& key : {workspace(ws),
                                 journal(ws, 1),
                                 conversation(ws, other),
                                 message(ws, other, other),
                                 external(ws, other, std::string(32, 'm')),
                                 outbox(ws, other, 1),
                                 timer(ws, 1, other, 1),
                                 contact(ws, other),
                                 channel(ws, other),
                                 item(ws, other),
                                 document(ws, other),
                                 api_key(ws, std::string(32, 'h')),
                                 idempotency(ws, std::string(32, 'h')),
                                 feed(ws, 1),
                                 usage(ws, 1, 1),
                                 dead_letter(ws, other),
                                 audit(ws, 1),
                                 inbox(ws, 1, other),
                                 unsupported(ws, other, other, other),
                                 identity(ws, other, "mac"),
                                 merge(ws, other),
                                 merged(ws, other, ws)}) {
    EXPECT_TRUE(key.starts_with(head(ws)));
    EXPECT_LT(key, prefix_end(head(ws)));
    EXPECT_EQ(static_cast<std::uint8_t>(key[0]), partition_of(ws));
  }
}

TEST_F(KeysTest, OtherLengthsAreNotTaken) {
  for (std::size_t size = 0; size < 80; ++size) {
    const std::string key(size, 'k');
    EXPECT_EQ(split(key).has_value(), size >= 17);
    EXPECT_EQ(parse_sequence(key).has_value(), size == 25);
    EXPECT_EQ(parse_outbox(key).has_value(), size == 41);
    EXPECT_EQ(parse_timer(key).has_value(), size == 42);
    EXPECT_EQ(parse_inbox(std::string(size, '\xf0')).has_value(), size == 41);
    EXPECT_EQ(last_id(key).has_value(), size >= 33);
  }
}

// They are never written, and would serialise to other bytes.
TEST_F(KeysTest, TimesBefore1970AreNotTaken) {
  const std::string early(80, '\x90'), late(80, '\x10');
  for (const auto& [key, taken] : {std::pair{early, false}, std::pair{late, true}}) {
    EXPECT_EQ(parse_timer(key.substr(0, 42)).has_value(), taken);
    EXPECT_EQ(parse_media_due(key.substr(0, 57)).has_value(), taken);
    EXPECT_EQ(parse_inbox(key.substr(0, 41)).has_value(), !taken) << "it counts down";
  }
}

TEST_F(KeysTest, TheEndOfAPrefixIsTheFirstKeyBehindIt) {
  EXPECT_EQ(prefix_end("a"), "b");
  EXPECT_EQ(prefix_end(std::string_view("a\xff\xff")), "b");
  EXPECT_EQ(prefix_end(std::string_view("\xff")), "");
  EXPECT_EQ(prefix_end(""), "");
}

}  // namespace
}  // namespace aura::storage::keys
