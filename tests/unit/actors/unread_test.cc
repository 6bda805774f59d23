// The number of unread messages and the contact's name, with events in any order.
#include "actors/conversation/unread.h"

#include <algorithm>

#include "actors/conversation/identities.h"
#include "config/limits.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;

ChannelEvent echo_of(const std::string& id, Millis at) {
  ChannelEvent event = text_of(id, at);
  event.echo = true;
  return event;
}

TEST(Unread, AnEchoAnswersWhatCameBeforeItInAnyOrder) {
  MemoryConversation first;
  std::vector<ChannelEvent> events = {text_of("m1", first.now), echo_of("e1", first.now + 1000),
                                      text_of("m2", first.now + 2000)};
  std::vector<int> order = {0, 1, 2};
  do {
    MemoryConversation it;
    for (const int i : order) it.take(events[static_cast<std::size_t>(i)]);
    EXPECT_EQ(it.shown().unread(), 1) << order[0] << order[1] << order[2];
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Unread, ALateEchoHidesNothingNewer) {
  MemoryConversation it;
  it.take(text_of("m1", it.now));
  it.take(echo_of("e1", it.now - 3'600'000));
  EXPECT_EQ(it.shown().unread(), 1);
}

TEST(Unread, WhatIsTakenBackCountsNoMore) {
  MemoryConversation it;
  it.take(text_of("m1", it.now));
  it.take(text_of("m2", it.now + 1));
  const auto decision = it.take(about(Kind::unsend, "m1", it.now + 2));
  EXPECT_EQ(it.shown().unread(), 1);
  EXPECT_TRUE(std::any_of(decision.feed.begin(), decision.feed.end(), [](const auto& one) {
    return one.kind == record::Feed::KIND_CONVERSATION_UPDATED;
  }));
  it.take(about(Kind::unsend, "m3", it.now + 4));  // arrives before its message
  it.take(text_of("m3", it.now + 3));
  EXPECT_EQ(it.shown().unread(), 1);
}

TEST(Unread, WhoReadsHereHasReadAllAndMayMarkItAgain) {
  MemoryConversation it;
  it.take(text_of("m1", it.now));
  it.take(text_of("m2", it.now + 1));
  api::ConversationInput input;
  for (const int count : {0, 3}) {
    input.set_unread(count);
    it.apply(*conversation::decide_update(it.state, input, it.rules, it, it.now));
    EXPECT_EQ(it.shown().unread(), count);
  }
  it.take(echo_of("e1", it.now + 5));
  EXPECT_EQ(it.shown().unread(), 0);
}

TEST(Unread, MoreThanAreRememberedCountAsOlder) {
  record::Conversation row;
  const int many = limits::kUnreadTimes + 20;
  for (int at = many; at > 0; --at) conversation::count_unread(row, at);
  EXPECT_EQ(row.unread(), many);
  EXPECT_EQ(row.unread_ms_size(), limits::kUnreadTimes);
  conversation::answered_elsewhere(row, many - 1);
  EXPECT_EQ(row.unread(), 1);
  conversation::count_unread(row, many - 1);
  EXPECT_EQ(row.unread(), 1);
}

TEST(ContactName, TheNewestByProviderTimeCountsUnlessTheOwnerSetOne) {
  for (const bool newest_first : {false, true}) {
    MemoryConversation it;
    ChannelEvent before = text_of("m1", it.now), after = text_of("m2", it.now + 1000);
    before.contact_name = "Old name";
    after.contact_name = "New name";
    it.take(newest_first ? after : before);
    it.take(newest_first ? before : after);
    EXPECT_EQ(it.name, "New name") << newest_first;
  }
  record::ContactBody body;
  EXPECT_TRUE(conversation::tell_name(body, "Old name"));
  EXPECT_TRUE(conversation::tell_name(body, "New name"));
  EXPECT_EQ(body.name(), "New name");
  body.set_name("Ann of the bakery");
  body.clear_name_told();
  EXPECT_FALSE(conversation::tell_name(body, "Newer name"));
  EXPECT_EQ(body.name(), "Ann of the bakery");
}

TEST(ContactName, TheOwnersAddressBookComesBeforeWhatAProfileSays) {
  record::ContactBody body;
  EXPECT_TRUE(conversation::tell_name(body, "Ada"));
  EXPECT_TRUE(conversation::tell_name(body, "Ada from school", true));
  EXPECT_FALSE(conversation::tell_name(body, "Ada L"));
  EXPECT_EQ(body.name(), "Ada from school");
  EXPECT_TRUE(conversation::tell_name(body, "Ada from work", true));
  body.set_name("Ann of the bakery");
  body.clear_name_told();
  EXPECT_FALSE(conversation::tell_name(body, "Ada", true)) << "as they wrote it here";
}

TEST(ContactName, TheAddressBookNamesWhoHasWrittenAndNobodyElse) {
  MemoryConversation it;
  ChannelEvent entry = event_of(Kind::name, "b1", it.now);
  entry.name_in_book = true;
  entry.contact_name = "Ada from school";
  EXPECT_FALSE(it.take(entry).changed);
  EXPECT_FALSE(it.state.exists);
  it.take(text_of("m1", it.now + 1000));
  EXPECT_TRUE(it.take(entry).name_in_book);
  EXPECT_EQ(it.name, "Ada from school");
  entry.at -= 1;
  entry.contact_name = "Ada of before";
  EXPECT_FALSE(it.take(entry).changed) << "older than what is known";
  ChannelEvent profile = event_of(Kind::name, "p1", it.now + 2000);
  profile.contact_name = "Ada L";
  EXPECT_FALSE(it.take(profile).name_in_book);
  EXPECT_EQ(it.name, "Ada L");
  EXPECT_EQ(it.messages.size(), 1u);
}

}  // namespace
}  // namespace aura::test
