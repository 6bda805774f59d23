// The turn of a language model within the engine: nothing waits for it but its own conversation, a
// newer message ends it, a crash repeats it, and what it cost is counted.
#include <map>

#include "actors/agent/model_agent.h"
#include "actors/conversation/decision.h"
#include "storage/counter.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

using conversation::Metric;

// Answers when the test does.
class HeldModel final : public LanguageModel {
 public:
  struct Asked {
    ModelRequest request;
    std::stop_token stop;
    std::function<void(ModelResult)> done;
  };
  void ask(ModelRequest request, std::stop_token stop,
           std::function<void(ModelResult)> done) override {
    asked.push_back({std::move(request), std::move(stop), std::move(done)});
  }
  std::vector<Asked> asked;
};

class ModelTurnsTest : public ChannelsTest {
 protected:
  ModelTurnsTest() {
    restart();
    connect();
  }
  // Like crash(), with the model in place before anything runs.
  void restart() {
    world_.reset();
    EngineOptions options;
    options.channel_debounce = std::chrono::milliseconds(0);
    world_ = std::make_unique<EngineWorld>(disk_, clock_, random_, provider_, adapters_, options);
    world_->agent_seam().instead = &agent_;
    world_->settle();
  }
  void ask(const std::string& id, const std::string& thread = "351900") {
    ChannelEvent question = event_of(Kind::message, id, thread);
    question.text = "When are you open?";
    deliver({question});
  }
  void say(std::size_t which, std::string text) {
    model_.asked.at(which).done(ModelAnswer{std::move(text), {}, {100, 20, false}, "req"});
    answer();
  }
  std::vector<std::string> sent(const std::string& thread = "351900") {
    std::vector<std::string> out;
    for (const auto& message : messages(thread))
      if (message.direction() == api::DIRECTION_OUT) out.push_back(message.text());
    return out;
  }
  std::int64_t counted(Metric metric) {
    std::int64_t sum = 0;
    (void)world_->rows().for_each(Family::usage, {},
                                  [&](std::string_view key, std::string_view value) {
                                    if (key.back() == static_cast<char>(metric))
                                      sum += storage::decode_counter(value).value();
                                    return true;
                                  });
    return sum;
  }

  HeldModel model_;
  agent::ModelAgent agent_{model_};
};

TEST_F(ModelTurnsTest, OtherConversationsDoNotWaitAndTheCostIsCounted) {
  ask("m1");
  ask("m2", "351911");
  ASSERT_EQ(model_.asked.size(), 2u);
  say(1, "Welcome, see you soon!");
  EXPECT_EQ(sent("351911"), std::vector<std::string>{"Welcome, see you soon!"});
  EXPECT_TRUE(sent().empty());
  model_.asked[0].done(tl::unexpected(ModelError{ModelError::Kind::timeout, "timeout"}));
  answer();
  EXPECT_EQ(sent().size(), 1u) << "by the embedded agent";
  EXPECT_EQ(counted(Metric::model_calls), 2);
  EXPECT_EQ(counted(Metric::model_tokens_in), 100);
  EXPECT_EQ(counted(Metric::model_tokens_out), 20);
  EXPECT_EQ(counted(Metric::model_fallbacks), 1);
  EXPECT_EQ(counted(Metric::messages_ai), 2);
}

TEST_F(ModelTurnsTest, ANewerMessageStopsTheCallAndItsAnswerIsNotSent) {
  ask("m1");
  ask("m2");
  ASSERT_EQ(model_.asked.size(), 2u);
  EXPECT_TRUE(model_.asked[0].stop.stop_requested());
  EXPECT_FALSE(model_.asked[1].stop.stop_requested());
  say(0, "The answer to the first.");
  EXPECT_TRUE(sent().empty());
  say(1, "The answer to both.");
  EXPECT_EQ(sent(), std::vector<std::string>{"The answer to both."});
}

TEST_F(ModelTurnsTest, AfterACrashTheModelIsAskedAgainAndAnswersOnce) {
  ask("m1");
  ASSERT_EQ(model_.asked.size(), 1u);
  model_.asked.clear();
  restart();
  pass(2'000);
  ASSERT_EQ(model_.asked.size(), 1u);
  say(0, "Welcome, see you soon!");
  EXPECT_EQ(sent(), std::vector<std::string>{"Welcome, see you soon!"});
}

TEST_F(ModelTurnsTest, AModelThatNeverAnswersLeavesTheCustomerToAPerson) {
  ask("m1");
  pass(40'000);
  ASSERT_EQ(model_.asked.size(), 1u);
  EXPECT_TRUE(model_.asked[0].stop.stop_requested());
  EXPECT_EQ(sent().size(), 1u);
  say(0, "Too late.");
  EXPECT_EQ(sent().size(), 1u);
}

}  // namespace
}  // namespace aura::test
