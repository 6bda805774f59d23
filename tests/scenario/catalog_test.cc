// The catalog changes while customers ask: a question after a change is answered from the new
// catalog, and the index is rebuilt only once, away from the actors.
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class CatalogTest : public ChannelsTest {
 protected:
  CatalogTest() {
    debounce_ = std::chrono::milliseconds(0);
    crash();
    connect();
  }
  static api::ItemInput item(const std::string& name, std::int64_t minor) {
    api::ItemInput input;
    input.set_name(name);
    input.mutable_price()->set_amount_minor(minor);
    input.mutable_price()->set_currency("USD");
    return input;
  }
  Id add(const std::string& name, std::int64_t minor) {
    const auto made = world_->ask<api::Item>([&](auto reply) {
      world_->host().commands().create_item(workspace_, item(name, minor), {}, std::move(reply));
    });
    EXPECT_TRUE(made.has_value()) << made.error().detail;
    return *parse_id(IdType::item, made.value().id());
  }
  Errc reprice(const Id& id, std::int64_t minor) {
    const auto changed = world_->ask<api::Item>([&](auto reply) {
      world_->host().commands().update_item(workspace_, id, item("Chocolate cake", minor),
                                            std::move(reply));
    });
    return changed ? Errc::ok : changed.error().code;
  }
  void ask(const std::string& who, const std::string& id) {
    ChannelEvent question = event_of(Kind::message, id, who);
    question.text = "How much is the chocolate cake?";
    deliver({question});
  }
  std::string answer_to(const std::string& who) {
    const auto all = messages(who);
    return all.size() == 2 ? all.back().text() : std::string();
  }
  // Runs everything except the thread that builds indexes.
  void work() {
    while (world_->run_job() || world_->pool().run_one() || world_->writer().run_group() > 0) {
    }
  }
};

TEST_F(CatalogTest, AnImportOutdatesTheIndexAndOnlyTurnsHaveItBuilt) {
  ask("ana", "m1");
  EXPECT_EQ(world_->builds().ran, 1u);
  for (int i = 0; i < 100; ++i) add("Biscuit " + std::to_string(i), 100 + i);
  add("Chocolate cake", 450);
  EXPECT_EQ(world_->builds().ran, 1u) << "nobody asked";
  ask("ben", "m2");
  ask("cleo", "m3");
  EXPECT_EQ(world_->builds().ran, 2u);
  EXPECT_NE(answer_to("ben").find("$4.50"), std::string::npos) << answer_to("ben");
  EXPECT_NE(answer_to("cleo").find("$4.50"), std::string::npos) << answer_to("cleo");
}

TEST_F(CatalogTest, TurnsWaitForTheIndexWhichNoActorBuilds) {
  const Id cake = add("Chocolate cake", 450);
  ask("ana", "m1");
  ASSERT_EQ(reprice(cake, 475), Errc::ok);
  ChannelEvent question = event_of(Kind::message, "m2", "ben");
  question.text = "How much is the chocolate cake?";
  InboundItem inbound{api::CHANNEL_TYPE_WHATSAPP, "44", "", channel_.item({question})};
  world_->host().ingress().accept({inbound}, [](Errc) {});
  work();
  EXPECT_EQ(world_->builds().ran, 1u) << "of the first turn";
  EXPECT_TRUE(world_->builds().run_one());
  EXPECT_FALSE(world_->builds().run_one());
  work();
  EXPECT_NE(answer_to("ben").find("$4.75"), std::string::npos) << answer_to("ben");
}

TEST_F(CatalogTest, WhoAsksAfterAChangeIsNotAnsweredFromRowsReadBefore) {
  const Id cake = add("Chocolate cake", 450);
  world_->reader_seam().meanwhile = [&] {
    EXPECT_EQ(reprice(cake, 475), Errc::ok);
    ask("ben", "m2");
    EXPECT_EQ(answer_to("ben"), "") << "its index is not there yet";
  };
  ask("ana", "m1");
  EXPECT_EQ(world_->builds().ran, 2u);
  EXPECT_EQ(answer_to("ana"), "") << "the price of her answer changed while it was made";
  pass(2'000);
  EXPECT_NE(answer_to("ana").find("$4.75"), std::string::npos) << answer_to("ana");
  EXPECT_NE(answer_to("ben").find("$4.75"), std::string::npos) << answer_to("ben");
}

TEST_F(CatalogTest, AChangedProfileIsAnsweredFrom) {
  ask("ana", "m1");
  api::WorkspaceInput changed;
  changed.mutable_business()->set_opening_hours("Mo-Fr 9:00-18:00");
  const auto answered = world_->ask<api::Workspace>([&](auto reply) {
    world_->host().commands().update_workspace(workspace_, changed, std::move(reply));
  });
  ASSERT_TRUE(answered.has_value());
  ChannelEvent question = event_of(Kind::message, "m2", "ben");
  question.text = "When are you open?";
  deliver({question});
  EXPECT_NE(answer_to("ben").find("9:00-18:00"), std::string::npos) << answer_to("ben");
}

TEST_F(CatalogTest, AWriteWaitsForRoomAmongTheReads) {
  world_->pool().full = true;
  Result<api::Item> made = fail(Errc::timeout, "not yet");
  world_->host().commands().create_item(
      workspace_, item("Chocolate cake", 450), {},
      [&](Result<api::Item> answered) { made = std::move(answered); });
  pass(2'000);
  EXPECT_EQ(made.error().code, Errc::timeout);
  world_->pool().full = false;
  pass(2'000);
  EXPECT_TRUE(made.has_value()) << made.error().detail;
}

TEST_F(CatalogTest, AnAnswerInTheCommitThatRenamesItsContactIsSentOnce) {
  add("Chocolate cake", 450);
  ask("351900", "m1");
  answer();
  ChannelEvent question = event_of(Kind::message, "m2");
  question.at += 1000;
  question.text = "How much is the chocolate cake?";
  question.contact_name = "Ana";
  deliver({question});
  answer();
  ASSERT_EQ(contacts().size(), 1u);
  EXPECT_EQ(contacts()[0].name(), "Ana");
  EXPECT_EQ(calls("send"), 2u);
  EXPECT_EQ(world_->count(Family::outbox), 0u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(CatalogTest, AHistoryThatCannotBeReadNowIsReadForALaterTurn) {
  add("Chocolate cake", 450);
  const auto price_in_answer_to = [&](const std::string& id) {
    ChannelEvent question = event_of(Kind::message, id);
    question.text = "How much is it?";
    deliver({question});
    world_->pool().full = false;
    return last().direction() == api::DIRECTION_OUT &&
           last().text().find("$4.50") != std::string::npos;
  };
  ask("351900", "m1");
  crash();
  world_->pool().full = true;
  EXPECT_FALSE(price_in_answer_to("m2")) << "it does not say which cake";
  EXPECT_TRUE(price_in_answer_to("m3")) << last().text();
}

TEST_F(CatalogTest, TurnsAreAnsweredWhenTheRowsCanBeReadAgain) {
  add("Chocolate cake", 450);
  world_->reader_seam().fails = Family::item;
  ask("ana", "m1");
  pass(2'000);
  EXPECT_EQ(answer_to("ana"), "");
  world_->reader_seam().fails.reset();
  world_->builds().full = true;
  pass(2'000);
  EXPECT_EQ(answer_to("ana"), "");
  world_->builds().full = false;
  pass(2'000);
  EXPECT_NE(answer_to("ana").find("$4.50"), std::string::npos) << answer_to("ana");
}

}  // namespace
}  // namespace aura::test
