// Echoes without our metadata: a late echo of a call that was cut off is ours, any other is a
// person's.
#include "actors/conversation/own_echo.h"

#include "config/limits.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

// For echoes, every part of a message counts as showing the whole text.
class NamelessChannel final : public WindowedChannel {
 public:
  bool shows_part(const ChannelEvent& echo, const OutboundMessage& message,
                  std::size_t part) const override {
    return part == 0 && echo.text == message.text;
  }
};

class OwnEcho : public ::testing::Test {
 protected:
  OwnEcho() {
    it.use(channel);
    it.take(text_of("m1", it.now));
    ours = it.send("In stock.")->send->message;
  }
  // The send's first call was cut off; then the send ended as `kind`.
  void end(SendOutcome::Kind kind, const std::string& outcome) {
    conversation::SendFinished what;
    what.message = ours;
    what.outcome.kind = kind;
    what.maybe_duplicate = true;
    if (kind == SendOutcome::Kind::sent)
      what.external_ids = {"second"};
    else
      what.outcome.error_code = conversation::kUnknown;
    api::SendAttempt& call = what.attempts.emplace_back();
    call.set_started_at(it.now);
    call.set_outcome(outcome);
    it.finished(what);
  }
  conversation::Decision echo(const std::string& text, Millis at, bool own = false) {
    ChannelEvent event = text_of("late", at, text);
    event.echo = true;
    event.own_echo = own;
    return it.take(event);
  }
  bool a_person_took_over() {
    return it.externals.contains("late") && it.externals.at("late").message != ours;
  }
  NamelessChannel channel;
  MemoryConversation it;
  Id ours;
};

TEST_F(OwnEcho, ProvesASendOfWhichNothingWasKnown) {
  end(SendOutcome::Kind::failed, "unknown");
  ASSERT_EQ(it.view(ours).status(), api::MESSAGE_STATUS_FAILED);
  echo("In stock.", it.now + 1'000);
  EXPECT_EQ(it.view(ours).status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(it.view(ours).external_id(), "late");
  EXPECT_EQ(it.messages.size(), 2u);
}

TEST_F(OwnEcho, OfTheFirstCallAfterTheSecondWasAccepted) {
  end(SendOutcome::Kind::sent, "unknown");
  const auto decision = echo("In stock.", it.now + 1'000);
  EXPECT_EQ(it.externals.at("late").message, ours);
  EXPECT_EQ(it.messages.size(), 2u);
  EXPECT_FALSE(decision.state_changed);
}

TEST_F(OwnEcho, OtherWordsAreAPersons) {
  end(SendOutcome::Kind::failed, "unknown");
  echo("Sorry, sold out.", it.now + 1'000);
  EXPECT_TRUE(a_person_took_over());
  EXPECT_EQ(it.view(ours).status(), api::MESSAGE_STATUS_FAILED);
}

TEST_F(OwnEcho, TheSameWordsAtAnotherTimeAreAPersons) {
  constexpr Millis kApart = 1000 * limits::kEchoApart.count();
  end(SendOutcome::Kind::failed, "unknown");
  echo("In stock.", it.now + kApart + 1);
  EXPECT_TRUE(a_person_took_over());
}

TEST_F(OwnEcho, TheSameWordsAsASendThatIsKnownToBeAcceptedAreAPersons) {
  end(SendOutcome::Kind::sent, "sent");
  echo("In stock.", it.now + 1'000);
  EXPECT_TRUE(a_person_took_over());
}

TEST_F(OwnEcho, OfOurAppButOfNoMessageWeKnowChangesNothing) {
  end(SendOutcome::Kind::sent, "sent");
  const auto decision = echo("Something else", it.now, true);
  EXPECT_EQ(decision.ignored, "own_echo");
  EXPECT_EQ(it.messages.size(), 2u);
}

}  // namespace
}  // namespace aura::test
