// Supervision: backoff, quarantine, passivation without loss, answers and permits that outlive a
// crash. On CAF's test coordinator and fake time.
#include "actors/tree/children.h"

#include <gtest/gtest.h>

#include "tests/support/engine_world.h"
#include "tests/support/sim_channel.h"
#include "tests/support/sim_provider.h"

namespace aura::test {

struct Poke {
  Id child;
  int value = 0;  // a negative value makes the child fail
  OnceReply<int> reply;
  Permit permit;
};
struct Passivate {
  Id child;
};
struct Release {
  Id child;
};
struct CountTroubled {
  std::size_t* count;
};

}  // namespace aura::test

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::test::Poke)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::test::Passivate)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::test::Release)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::test::CountTroubled)

namespace aura::test {
namespace {

struct Observed {
  std::map<Id, std::vector<int>> handled;
  int spawned = 0;
};

class Child final : public CoreActor {
 public:
  Child(caf::actor_config& config, Services& services, ActorCardPtr card, Id id,
        const caf::actor& parent, Observed& observed)
      : CoreActor(config, services, std::move(card)),
        id_(id),
        parent_(caf::actor_cast<caf::actor_addr>(parent)),
        observed_(observed) {
    ++observed_.spawned;
  }
  caf::behavior make_behavior() override {
    return {
        [this](Poke& poke) {
          if (poke.value < 0) throw std::runtime_error("poked");
          observed_.handled[id_].push_back(poke.value);
          poke.reply.ok(poke.value);
        },
        [this](AskPassivation) {
          if (services_.random.chance(1, 3)) return refuse();
          card_->state = ActorState::passivated;
          quit();
        },
        [this](StopActor) { quit(); },
    };
  }

 private:
  void refuse() {
    if (const auto parent = caf::actor_cast<caf::actor>(parent_))
      send(parent, PassivationRefused{id_});
  }

  const Id id_;
  const caf::actor_addr parent_;  // weak: the parent owns this actor
  Observed& observed_;
};

class Parent final : public CoreActor {
 public:
  Parent(caf::actor_config& config, Services& services, ActorCardPtr card, Observed& observed)
      : CoreActor(config, services, std::move(card)),
        children_(
            this, services,
            [this](const Id& id) {
              return services_.directory.open(card_, "children", "child",
                                              format_id(IdType::item, id), now());
            },
            [this, &observed](const Id& id, const ActorCardPtr& child_card) {
              return spawn<Child>(services_, child_card, id, self(), std::ref(observed));
            }) {}
  caf::behavior make_behavior() override {
    set_down_handler([this](const caf::down_msg& down) {
      children_.on_down(down, [](const Id& id) { return TickRestart{id}; });
    });
    return {
        [this](Poke& poke) {
          const Id child = poke.child;
          children_.deliver(child, std::move(poke));
        },
        [this](const Passivate& ask) { children_.passivate(ask.child); },
        [this](const Release& ask) { children_.restart(ask.child); },
        [this](const CountTroubled& ask) { *ask.count = children_.troubled(); },
        [this](const PassivationRefused& refused) {
          children_.on_passivation_refused(refused.child);
        },
        [this](const TickRestart& tick) { children_.on_restart(tick.child); },
    };
  }

 private:
  Children<Id> children_;
};

class ChildrenTest : public ::testing::Test {
 protected:
  explicit ChildrenTest(std::uint64_t seed = 1) : random_(seed) {
    log::set_level(log::Level::error);
    world_.settle();
    card_ = world_.services().directory.open_root("nursery", clock_.now_ms());
    parent_ = world_.system().spawn<Parent>(world_.services(), card_, std::ref(observed_));
  }
  ~ChildrenTest() override {
    caf::anon_send_exit(parent_, caf::exit_reason::kill);
    world_.settle();
  }

  std::shared_ptr<std::optional<Result<int>>> poke(const Id& child, int value, Permit permit = {}) {
    auto answer = std::make_shared<std::optional<Result<int>>>();
    caf::anon_send(parent_, Poke{child, value, OnceReply<int>([answer](Result<int> result) {
                                   *answer = std::move(result);
                                 }),
                                 std::move(permit)});
    return answer;
  }
  Errc poke_now(const Id& child, int value) {
    const auto answer = poke(child, value);
    world_.settle();
    EXPECT_TRUE(*answer) << "a command was never answered";
    if (!*answer) return Errc::timeout;
    return **answer ? Errc::ok : (*answer)->error().code;
  }
  ActorCardPtr card_of(const Id& child) {
    return world_.services().directory.find(card_->path + "/children/" +
                                            format_id(IdType::item, child));
  }

  SeededRandom random_;
  FakeClock clock_;
  Disk disk_;
  SimProvider provider_{clock_, random_};
  SimChannel channel_;
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_MESSENGER, &channel_}};
  EngineWorld world_{disk_, clock_, random_, provider_, adapters_};
  Observed observed_;
  ActorCardPtr card_;
  caf::actor parent_;
  const Id a_ = derived_id({"a"}), b_ = derived_id({"b"});
};

TEST_F(ChildrenTest, AFailedChildComesBackAfterABackoff) {
  EXPECT_EQ(poke_now(a_, 1), Errc::ok);
  EXPECT_EQ(poke_now(a_, -1), Errc::restarting);
  EXPECT_EQ(card_of(a_)->state, ActorState::restarting);
  EXPECT_EQ(card_of(a_)->last_failure(), "poked");
  EXPECT_EQ(poke_now(a_, 2), Errc::restarting) << "backing off";
  EXPECT_EQ(poke_now(b_, 3), Errc::ok) << "its sibling never notices";
  world_.advance(100);
  world_.settle();
  EXPECT_EQ(card_of(a_)->state, ActorState::running);
  EXPECT_EQ(card_of(a_)->restarts, 1);
  EXPECT_EQ(poke_now(a_, 4), Errc::ok);
}

TEST_F(ChildrenTest, OneThatKeepsFailingIsQuarantinedUntilAnOperatorReleasesIt) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(poke_now(a_, -1), Errc::restarting);
    world_.advance(4000);
    world_.settle();
  }
  EXPECT_EQ(card_of(a_)->state, ActorState::running);
  EXPECT_EQ(poke_now(a_, -1), Errc::restarting);
  EXPECT_EQ(card_of(a_)->state, ActorState::quarantined);
  world_.advance(600'000);
  EXPECT_EQ(poke_now(a_, 1), Errc::restarting);
  EXPECT_EQ(poke_now(b_, 1), Errc::ok);
  caf::anon_send(parent_, Release{a_});
  EXPECT_EQ(poke_now(a_, 2), Errc::ok);
}

TEST_F(ChildrenTest, AFailureLongAgoIsForgotten) {
  const auto troubled = [&] {
    std::size_t count = 0;
    caf::anon_send(parent_, CountTroubled{&count});
    world_.settle();
    return count;
  };
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(poke_now(derived_id({std::to_string(i)}), -1), Errc::restarting);
    world_.advance(500);
    world_.settle();
  }
  EXPECT_EQ(troubled(), 10u);
  world_.advance(61'000);
  EXPECT_EQ(poke_now(a_, -1), Errc::restarting);
  EXPECT_EQ(troubled(), 1u);
}

TEST_F(ChildrenTest, WhatWaitsAtAChildThatDiesIsAnsweredAndItsPermitsComeBack) {
  Gate gate(10);
  std::vector<std::shared_ptr<std::optional<Result<int>>>> answers;
  for (const int value : {1, -1, 2, 3, 4}) answers.push_back(poke(a_, value, gate.try_enter()));
  EXPECT_EQ(gate.inside(), 5);
  world_.settle();
  for (const auto& answer : answers) EXPECT_TRUE(*answer);
  EXPECT_TRUE(answers[0]->value());
  EXPECT_EQ(gate.inside(), 0);
}

TEST_F(ChildrenTest, APassivatedChildLeavesTheDirectoryAndComesBackWhenItIsNeeded) {
  EXPECT_EQ(poke_now(a_, 1), Errc::ok);
  for (int i = 0; i < 20 && card_of(a_); ++i) {  // it sometimes refuses
    caf::anon_send(parent_, Passivate{a_});
    world_.settle();
  }
  EXPECT_FALSE(card_of(a_));
  EXPECT_EQ(poke_now(a_, 2), Errc::ok);
  EXPECT_EQ(observed_.spawned, 2);
}

class PassivationTest : public ChildrenTest, public ::testing::WithParamInterface<int> {
 protected:
  PassivationTest() : ChildrenTest(static_cast<std::uint64_t>(GetParam())) {}
};

// With any interleaving of commands, passivations and restarts, each command is handled once and in
// order.
TEST_P(PassivationTest, LosesNoCommand) {
  std::vector<std::shared_ptr<std::optional<Result<int>>>> answers;
  std::map<Id, std::vector<int>> sent;
  for (int value = 0; value < 300; ++value) {
    const Id& child = random_.chance(1, 2) ? a_ : b_;
    if (random_.chance(1, 3)) {
      caf::anon_send(parent_, Passivate{child});
    } else if (random_.chance(1, 8)) {
      caf::anon_send(parent_, Release{child});
    } else {
      answers.push_back(poke(child, value));
      sent[child].push_back(value);
    }
    for (auto jobs = random_.uniform(0, 4); jobs > 0; --jobs) world_.run_job();
  }
  world_.settle();
  for (const auto& answer : answers) ASSERT_TRUE(*answer && **answer);
  EXPECT_EQ(observed_.handled, sent);
  EXPECT_GT(observed_.spawned, 2);
}
INSTANTIATE_TEST_SUITE_P(Seeds, PassivationTest, ::testing::Range(1, 21));

}  // namespace
}  // namespace aura::test
