// Reactions of the business's side.
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;

class ModelReactions : public ::testing::Test {
 protected:
  ModelReactions() {
    it.use(channel);
    it.take(text_of("m1", t0));
  }
  Result<conversation::Decision> react(const std::string& emoji) {
    auto decision = conversation::decide_react(it.state, it.externals.at("m1").message, emoji,
                                               it.rules, it, it.now);
    if (decision) it.apply(*decision);
    return decision;
  }
  WindowedChannel channel;
  MemoryConversation it;
  const Millis t0 = it.now;
};

TEST_F(ModelReactions, AReactionOfOursIsShownAndTakenBackIfItCouldNotGo) {
  const Id id = it.externals.at("m1").message;
  const auto decision = react("👍");
  ASSERT_TRUE(decision.has_value()) << decision.error().detail;
  EXPECT_EQ(decision->react->message, id);
  ASSERT_EQ(it.view(id).reactions_size(), 1);
  const OutboundMessage out = conversation::outbound_reaction(it.messages.at(id), it.state);
  EXPECT_EQ(out.reaction_to, "m1");
  EXPECT_EQ(out.text, "👍");
  EXPECT_TRUE(conversation::outbox_row(*decision, it.state, it.rules, it.now).reaction());
  it.now += 10;
  auto refused = failed_send(id);
  refused.reaction = true;
  it.finished(refused);
  EXPECT_EQ(it.view(id).reactions_size(), 0);
  EXPECT_EQ(it.view(id).attempts_size(), 1);
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_RECEIVED)
      << "the message itself is as it was";
}

TEST_F(ModelReactions, AReactionIsOneOfTheWholeBusiness) {
  react("👍");
  ChannelEvent from_the_phone = about(Kind::reaction, "m1", it.now + 5);
  from_the_phone.echo = true;
  from_the_phone.actor = "page";
  from_the_phone.emoji = "❤";
  it.take(from_the_phone);
  const api::Message shown = it.view(it.externals.at("m1").message);
  ASSERT_EQ(shown.reactions_size(), 1);
  EXPECT_EQ(shown.reactions(0).emoji(), "❤");
}

TEST_F(ModelReactions, AReactionIsOneEmoji) {
  for (const char* one :
       {"👍", "👍🏽", "❤", "❤️", "🇵🇹", "1️⃣", "👨‍👩‍👧‍👦",
        "🏳️‍🌈", "👁‍🗨", "☺", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"}) {
    const auto given = react(one);
    EXPECT_TRUE(given.has_value()) << one << ": " << given.error().detail;
    ++it.now;
  }
  for (const char* other :
       {"ok", "1", "#", "👍👍", "👍 ", "x👍", "é", "…", "\u200D", "🏽‍", "\xF0\x9F"}) {
    const auto refused = react(other);
    ASSERT_FALSE(refused.has_value()) << other;
    EXPECT_EQ(refused.error().code, Errc::invalid) << other;
    EXPECT_EQ(refused.error().field, "/emoji") << other;
  }
}

TEST_F(ModelReactions, AReactionToWhatIsGoneOrNotSentIsRefused) {
  const Id unsent = it.send("Hi")->send->message;
  const auto early = conversation::decide_react(it.state, unsent, "👍", it.rules, it, it.now);
  EXPECT_EQ(early.error().code, Errc::conflict);
  it.take(about(Kind::unsend, "m1", t0 + 1));
  EXPECT_EQ(react("👍").error().code, Errc::invalid);
}

}  // namespace
}  // namespace aura::test
