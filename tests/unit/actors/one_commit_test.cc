// Committing a question and its reply as one decision has the same effect as two decisions in
// sequence.
#include <stdexcept>

#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

agent::Proposal reply_with(agent::Action action) {
  agent::Proposal proposal;
  proposal.action = action;
  proposal.text = "It costs nothing.";
  return proposal;
}

void expect_same(const MemoryConversation& a, const MemoryConversation& b) {
  EXPECT_EQ(a.state.row.SerializeAsString(), b.state.row.SerializeAsString());
  EXPECT_EQ(a.timers, b.timers);
  ASSERT_EQ(a.messages.size(), b.messages.size());
  for (const auto& [id, message] : a.messages) {
    EXPECT_EQ(message.row.SerializeAsString(), b.messages.at(id).row.SerializeAsString());
    EXPECT_EQ(message.body.SerializeAsString(), b.messages.at(id).body.SerializeAsString());
  }
}

class OneCommit : public ::testing::TestWithParam<agent::Action> {};

TEST_P(OneCommit, LeavesWhatTwoCommitsLeave) {
  MemoryConversation apart, together;
  for (auto* one : {&apart, &together}) {
    one->rules.debounce = 0;
    one->take(text_of("m1", 1000, "An earlier question, still unanswered"));
  }
  const auto question = text_of("m2", 2000);
  const auto proposal = reply_with(GetParam());

  apart.take(question);
  apart.apply(*conversation::decide_proposal(apart.state, apart.generation(), proposal, apart.rules,
                                             apart.now));

  auto decision =
      conversation::decide_event(together.state, question, together.rules, together, together.now);
  auto reply = conversation::decide_proposal(decision.next, decision.next.row.turn().generation(),
                                             proposal, together.rules, together.now);
  conversation::append(decision, std::move(*reply));
  EXPECT_EQ(decision.send.has_value(), GetParam() != agent::Action::none);
  together.apply(std::move(decision));

  expect_same(apart, together);
  EXPECT_FALSE(together.turn_pending());
}

INSTANTIATE_TEST_SUITE_P(Actions, OneCommit,
                         ::testing::Values(agent::Action::reply, agent::Action::handover,
                                           agent::Action::none));

TEST(OneCommitSends, OneCommitNeverHasTwo) {
  MemoryConversation it;
  it.take(text_of("m1", 1000));
  api::MessageInput input;
  input.set_text("Hello");
  auto first = conversation::decide_send(it.state, input, it.rules, it, it.now);
  auto second = conversation::decide_send(first->next, input, it.rules, it, it.now);
  EXPECT_THROW(conversation::append(*first, std::move(*second)), std::logic_error);
}

TEST(OneCommitTimers, ATimerSetAndOverWithinTheCommitIsNeverWritten) {
  MemoryConversation conversation;
  conversation.rules.debounce = 0;
  auto decision = conversation::decide_event(conversation.state, text_of("m1", 1000),
                                             conversation.rules, conversation, conversation.now);
  ASSERT_EQ(decision.timers.size(), 1u);
  auto reply = conversation::decide_proposal(decision.next, decision.next.row.turn().generation(),
                                             reply_with(agent::Action::reply), conversation.rules,
                                             conversation.now);
  conversation::append(decision, std::move(*reply));
  EXPECT_TRUE(decision.timers.empty());
}

}  // namespace
}  // namespace aura::test
