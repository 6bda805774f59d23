// A message of an unsupported kind, normalised again by an adapter that understands more.
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;

// A channel whose understanding of its items can be changed.
class LearningChannel final : public WindowedChannel {
 public:
  Normalised normalise(std::string_view) const override {
    Normalised out;
    out.events = understood;
    return out;
  }
  std::uint32_t projection() const override { return number; }
  std::vector<ChannelEvent> understood;
  std::uint32_t number = 1;
};

class Projection : public ::testing::Test {
 protected:
  Projection() {
    it.use(channel);
    ChannelEvent poll = event_of(Kind::unsupported, "p1", it.now);
    poll.unsupported = "poll";
    poll.standby = true;  // nobody is asked to answer it
    poll.raw = "the item";
    const auto came = it.take(poll);
    EXPECT_EQ(came.unsupported.size(), 1u);
    EXPECT_EQ(came.unsupported.front().projection, 1u);
    id = came.unsupported.front().message;
    channel.number = 2;
  }
  ChannelEvent question() const {
    ChannelEvent event = text_of("p1", it.now, "Which day?");
    event.payload = "vote";
    return event;
  }
  conversation::Decision project() {
    return it.apply(conversation::decide_projection(it.state, id, it.rules, it));
  }
  LearningChannel channel;
  MemoryConversation it;
  Id id;
};

TEST_F(Projection, ShowsWhatIsUnderstoodNow) {
  channel.understood = {question()};
  const auto decision = project();
  EXPECT_EQ(it.view(id).text(), "Which day?");
  EXPECT_FALSE(it.view(id).has_unsupported());
  ASSERT_EQ(decision.unsupported.size(), 1u);
  EXPECT_EQ(decision.unsupported.front().projection, 0u);
  ASSERT_EQ(decision.feed.size(), 1u);
  EXPECT_EQ(decision.feed.front().kind, record::Feed::KIND_MESSAGE_UPDATED);
  EXPECT_FALSE(it.turn_pending());
  EXPECT_FALSE(decision.state_changed);
}

TEST_F(Projection, FetchesTheFilesThatAreKnownNow) {
  ChannelEvent with_file = question();
  api::Attachment& picture = with_file.attachments.emplace_back();
  picture.set_type("image");
  with_file.media.emplace_back().url = "https://cdn.example.test/a.jpg";
  channel.understood = {with_file};
  EXPECT_EQ(project().media.size(), 1u);
  EXPECT_EQ(it.view(id).attachments(0).state(), api::MEDIA_STATE_PENDING);
}

TEST_F(Projection, WhatWasSaidOfItMeanwhileStays) {
  ChannelEvent reaction = about(Kind::reaction, "p1", it.now + 1);
  reaction.emoji = "👍";
  it.take(reaction);
  ChannelEvent edit = about(Kind::edit, "p1", it.now + 2);
  edit.text = "Which evening?";
  edit.edit_number = 1;
  it.take(edit);
  channel.understood = {question()};
  project();
  EXPECT_EQ(it.view(id).text(), "Which evening?");
  EXPECT_EQ(it.view(id).reactions_size(), 1);
}

TEST_F(Projection, WhatIsStillNotUnderstoodIsNoted) {
  const std::vector<std::vector<ChannelEvent>> rows{
      {}, {text_of("another", it.now)}, {event_of(Kind::unsupported, "p1", it.now)}};
  for (const auto& events : rows) {
    channel.understood = events;
    const auto decision = project();
    EXPECT_TRUE(decision.messages.empty());
    ASSERT_EQ(decision.unsupported.size(), 1u);
    EXPECT_EQ(decision.unsupported.front().projection, 2u);
    EXPECT_EQ(it.view(id).unsupported(), "poll");
  }
}

TEST_F(Projection, WhatWasTakenBackIsLeftAlone) {
  it.take(about(Kind::unsend, "p1", it.now + 1));
  channel.understood = {question()};
  const auto decision = project();
  EXPECT_TRUE(decision.messages.empty());
  EXPECT_EQ(decision.unsupported.front().projection, 0u);
  EXPECT_TRUE(it.messages.at(id).body.raw().empty());
}

}  // namespace
}  // namespace aura::test
