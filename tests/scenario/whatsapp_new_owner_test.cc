// A phone company gives a number to another person: who had it before keeps the conversation, but
// not the number, whatever arrives first.
#include <set>

#include "tests/scenario/whatsapp_story.h"

namespace aura::test {
namespace {

constexpr const char* kNumber = "15557654321";
constexpr const char* kAda = "US.901";
constexpr const char* kBob = "US.902";

class NewOwner : public WhatsAppStory {
 protected:
  // A and B: Ada, and later Bob, with the number; a and b: still later, by the user id alone.
  void write_all() {
    const auto write = [this](char event, const char* number, const char* user_id) {
      clock_.advance(std::chrono::seconds(1));
      written_[event] =
          R"({"field":"messages","value":)" +
          messages_value(text_members(std::string("wamid.") + event, number, user_id)) + "}";
    };
    write('N', kNumber, "");
    write('A', kNumber, kAda);
    write('B', kNumber, kBob);
    write('a', "", kAda);
    write('b', "", kBob);
  }
  void deliver_each(std::string_view events, bool restarts = false) {
    for (const char event : events) {
      deliver_changes(written_.at(event));
      if (restarts) start();
    }
  }
  void deliver_at_once(std::string_view events) {
    std::string all;
    for (const char event : events) all += (all.empty() ? "" : ",") + written_.at(event);
    deliver_changes(all);
    world_->advance(1'000);
    world_->settle();
  }
  api::Conversation of(const std::string& user_id) {
    for (auto& one : conversations())
      for (const auto& id : one.contact().identities())
        if (id.external_id() == user_id) return one;
    return {};
  }
  static std::set<std::string> ids_of(const api::Conversation& conversation) {
    std::set<std::string> ids;
    for (const auto& one : conversation.contact().identities()) ids.insert(one.external_id());
    return ids;
  }
  // The call by which a message into the conversation goes out.
  std::string call_for(const api::Conversation& conversation) {
    provider_.bodies.clear();
    send(*parse_id(IdType::conversation, conversation.id()), "For you alone");
    return call_with("For you alone");
  }
  std::string call_with(const std::string& words) const {
    for (const auto& body : provider_.bodies)
      if (body.find(words) != std::string::npos) return body;
    return {};
  }
  void expect_number_is_bobs(const std::string& story) {
    ASSERT_EQ(conversations().size(), 2u) << story;
    const auto ada = of(kAda), bob = of(kBob);
    EXPECT_EQ(ids_of(ada), (std::set<std::string>{kAda})) << story;
    EXPECT_EQ(ada.contact().phone(), "") << story;
    EXPECT_EQ(ids_of(bob), (std::set<std::string>{kNumber, kBob})) << story;
    EXPECT_EQ(bob.contact().phone(), std::string("+") + kNumber) << story;
    clock_.advance(std::chrono::seconds(20));
    const std::string to_ada = call_for(ada), to_bob = call_for(bob);
    EXPECT_NE(to_ada.find(kAda), std::string::npos) << story << to_ada;
    EXPECT_EQ(to_ada.find(kNumber), std::string::npos) << story << to_ada;
    EXPECT_NE(to_bob.find(kNumber), std::string::npos) << story << to_bob;
    text("wamid.later", kNumber, "");
    EXPECT_EQ(conversations().size(), 2u) << story << ": by the number alone it is Bob";
  }

  std::map<char, std::string> written_;
};

TEST_F(NewOwner, TakesTheNumberInEveryOrder) {
  std::string order = "ABab";
  do {
    for (const bool restarts : {false, true}) {
      begin();
      written_.clear();
      write_all();
      deliver_each(order, restarts);
      expect_number_is_bobs(order + (restarts ? " restarts" : ""));
    }
    begin();
    write_all();
    deliver_at_once(order);
    expect_number_is_bobs(order + " at once");
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(NewOwner, ConversationNamedByTheNumberIsReachedByTheUserId) {
  write_all();
  deliver_each("NAB");
  expect_number_is_bobs("NAB");
}

TEST_F(NewOwner, AMessageByTheNumberAloneDoesNotHideWhoseItWas) {
  write_all();
  deliver_each("AN");
  deliver_each("B");
  expect_number_is_bobs("ANB");
}

// The number is known of the thread's earlier part only.
TEST_F(NewOwner, TakesTheNumberOfAThreadThatWasJoined) {
  write_all();
  deliver_each("NaAB");
  expect_number_is_bobs("NaAB");
}

TEST_F(NewOwner, WhatWaitedForThePreviousOwnerGoesByTheUserId) {
  write_all();
  deliver_each("A");
  provider_.refusal_of_messages = 2;  // try again later
  send(*parse_id(IdType::conversation, of(kAda).id()), "It waits");
  ASSERT_NE(call_with("It waits").find(kNumber), std::string::npos);
  deliver_each("B");
  provider_.refusal_of_messages = 0;
  provider_.bodies.clear();
  world_->advance(60'000);
  world_->settle();
  const std::string call = call_with("It waits");
  EXPECT_NE(call.find(kAda), std::string::npos) << call;
  EXPECT_EQ(call.find(kNumber), std::string::npos) << call;
}

TEST_F(NewOwner, ErasingThePreviousOwnerLeavesTheNumberToTheNewOne) {
  write_all();
  deliver_each("AB");
  const Id contact = *parse_id(IdType::contact, of(kAda).contact().id());
  const auto erased = world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  });
  ASSERT_TRUE(erased.has_value());
  text("wamid.later", kNumber, "");
  EXPECT_EQ(conversations().size(), 1u);
}

}  // namespace
}  // namespace aura::test
