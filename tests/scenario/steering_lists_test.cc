// What lists and details of actors say of each: its name, how much an order holds.
#include "storage/keys.h"
#include "tests/scenario/steering_fixture.h"

namespace aura::test {

namespace keys = storage::keys;

namespace {

TEST_F(SteeringTest, OfVeryManyHeldItIsSaidThatThereAreMore) {
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  EXPECT_EQ(order(connection, ActorAction::pause), Errc::ok);
  const auto store = [&](int rows) {
    storage::Commit commit;
    record::Journal row;
    row.set_channel(std::string(channel_id_.view()));
    for (int i = 0; i < rows; ++i)
      commit.appends.push_back({Family::journal, keys::head(workspace_), row.SerializeAsString()});
    world_->services().log.submit(std::move(commit), [](const storage::CommitResult&) {});
    world_->settle();
  };
  store(1000);
  EXPECT_EQ(look(connection).actor().held(), 1000);
  EXPECT_FALSE(look(connection).actor().held_more());
  store(1);
  EXPECT_EQ(look(connection).actor().held(), 1000);
  EXPECT_TRUE(look(connection).actor().held_more());
}

TEST_F(SteeringTest, WorkspacesAndConnectionsCarryTheirNames) {
  api::WorkspaceInput renamed;
  renamed.set_name("Corner bakery");
  EXPECT_TRUE(world_->ask<api::Workspace>([&](auto reply) {
    world_->host().commands().update_workspace(workspace_, renamed, std::move(reply));
  }));
  EXPECT_EQ(look(actor_path::workspace(workspace_)).actor().name(), "Corner bakery");
  api::ChannelInput page;
  page.set_name("Our page");
  EXPECT_TRUE(world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().update_channel(workspace_, channel_id_, page, std::move(reply));
  }));
  const auto connection = look(actor_path::connection(workspace_, channel_id_)).actor();
  EXPECT_EQ(connection.name(), "Our page");
  EXPECT_EQ(connection.channel_type(), api::CHANNEL_TYPE_MESSENGER);
  EXPECT_FALSE(look(conversation_).actor().has_name());
}

}  // namespace
}  // namespace aura::test
