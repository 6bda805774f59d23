// A shop with one Messenger page in the whole engine on fake time, and an operator who gives
// orders.
#pragma once

#include <gtest/gtest.h>

#include "actors/engine/engine_operations.h"
#include "actors/tree/actor_path.h"
#include "runtime/log.h"
#include "storage/schema/records.pb.h"
#include "tests/support/engine_world.h"
#include "tests/support/sim_channel.h"
#include "tests/support/sim_provider.h"

namespace aura::test {

using storage::Family;

class SteeringTest : public ::testing::Test {
 protected:
  SteeringTest() {
    log::set_level(log::Level::error);
    start();
    world_->settle();
    const EngineWorld::Shop shop = world_->open_shop();
    workspace_ = shop.workspace;
    channel_id_ = shop.channel;
    conversation_ = actor_path::conversation(workspace_, person());
  }

  void start() {
    EngineOptions options;
    options.channel_debounce = std::chrono::milliseconds(0);
    world_ = std::make_unique<EngineWorld>(disk_, clock_, random_, provider_, adapters_, options);
    EngineSources sources;
    sources.storage_writable = [] { return true; };
    sources.storage_use = [] { return api::StorageUse(); };
    operations_ = std::make_unique<EngineOperations>(world_->services(), world_->host(),
                                                     world_->queries(), std::move(sources));
  }
  void start_again() {
    operations_.reset();
    world_.reset();
    provider_.forget_callers();
    start();
  }

  void write(const std::string& id, const std::string& thread = "person",
             const std::string& text = "When are you open?") {
    accept(id, thread, text);
    pass(500);
  }
  void accept(const std::string& id, const std::string& thread = "person",
              const std::string& text = "When are you open?", const std::string& account = "page") {
    ChannelEvent event;
    event.external_id = id;
    event.thread = thread;
    event.at = clock_.now_ms();
    event.text = text;
    InboundItem item;
    item.channel_type = api::CHANNEL_TYPE_MESSENGER;
    item.account = account;
    item.payload = encode_event(event);
    world_->host().ingress().accept({item}, [](Errc code) { EXPECT_EQ(code, Errc::ok); });
  }
  void pass(Millis time) {
    for (Millis done = 0; done < time; done += 250) {
      world_->advance(250);
      provider_.answer();
      world_->settle();
    }
  }
  Id person() const { return conversation::conversation_id(channel_id_, "person"); }
  Errc order(const std::string& path, ActorAction action) {
    const auto done = world_->ask<std::monostate>([&](auto reply) {
      operations_->control({path, action}, std::move(reply));
    });
    return done ? Errc::ok : done.error().code;
  }
  api::ActorDetail look(const std::string& path) {
    ActorQuery query;
    query.path = path;
    auto told = world_->ask<api::ActorDetail>(
        [&](auto reply) { operations_->actor(query, std::move(reply)); });
    return told ? *told : api::ActorDetail();
  }
  // Paths of the actors that the list marks as stuck; the totals by kind must agree.
  std::vector<std::string> stuck() {
    ActorQuery query;
    query.path = "/engine";
    query.depth = 9;
    query.limit = 1000;
    api::ActorList list;
    operations_->actors(query,
                        [&](Result<api::ActorList> told) { list = std::move(told).value(); });
    while (world_->pool().run_one()) {
    }
    std::vector<std::string> paths;
    for (const auto& actor : list.data())
      if (actor.stuck()) paths.push_back(actor.path());
    std::int64_t counted = 0;
    for (const auto& kind : list.kinds()) counted += kind.stuck();
    EXPECT_EQ(counted, static_cast<std::int64_t>(paths.size()));
    return paths;
  }
  std::vector<std::string> audited() {
    std::vector<std::string> actions;
    (void)world_->rows().for_each(Family::audit, {}, [&](std::string_view, std::string_view value) {
      record::Audit row;
      row.ParseFromString(std::string(value));
      if (row.action().starts_with("actor.")) actions.push_back(row.action());
      return true;
    });
    return actions;
  }

  SeededRandom random_{1};
  FakeClock clock_;
  Disk disk_;
  SimProvider provider_{clock_, random_};
  SimChannel channel_;
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_MESSENGER, &channel_}};
  std::unique_ptr<EngineWorld> world_;
  std::unique_ptr<EngineOperations> operations_;
  Id workspace_, channel_id_;
  std::string conversation_;
};

}  // namespace aura::test
