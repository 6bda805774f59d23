// A shop and an operator who gives orders.
#pragma once

#include "actors/engine/engine_operations.h"
#include "actors/tree/actor_path.h"
#include "tests/scenario/page_shop.h"

namespace aura::test {

class SteeringTest : public PageShop {
 protected:
  SteeringTest() {
    start();
    world_->settle();
    open_shop();
    conversation_ = actor_path::conversation(workspace_, person());
  }

  void start() {
    start_engine({});
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
    accept_item(message(id, thread, text), account);
  }
  void accept_item(std::string payload, const std::string& account = "page") {
    InboundItem item;
    item.channel_type = api::CHANNEL_TYPE_MESSENGER;
    item.account = account;
    item.payload = std::move(payload);
    world_->host().ingress().accept({item}, [](Errc code) { EXPECT_EQ(code, Errc::ok); });
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
  api::MessageTrace story_of(const std::string& message, Unmasking unmask = {}) {
    return world_
        ->ask<api::MessageTrace>([&](auto reply) {
          operations_->message_trace(std::nullopt, *parse_id(IdType::message, message),
                                     std::move(unmask), std::move(reply));
        })
        .value_or(api::MessageTrace());
  }
  std::vector<api::Message> newest_messages(std::size_t count) {
    return world_
        ->ask<std::vector<api::Message>>([&](auto reply) {
          world_->queries().newest_messages(workspace_, person(), count, std::move(reply));
        })
        .value_or(std::vector<api::Message>());
  }
  // External ids of the person's messages, in the order in which they were applied.
  std::vector<std::string> inbound() {
    std::map<std::string, std::string> known;  // message → external id
    for (const api::Message& message : newest_messages(100))
      if (message.direction() == api::DIRECTION_IN) known[message.id()] = message.external_id();
    std::vector<std::string> ids;
    (void)world_->rows().for_each(Family::feed, {}, [&](std::string_view, std::string_view value) {
      record::Feed feed;
      feed.ParseFromString(std::string(value));
      const auto it = known.find(format_id(IdType::message, Id::from_view(feed.message())));
      if (feed.kind() == record::Feed::KIND_MESSAGE_CREATED && it != known.end())
        ids.push_back(it->second);
      return true;
    });
    return ids;
  }
  // Paths of the actors in this state, as the list filters and as it shows.
  std::vector<std::string> in_state(const std::string& state, const std::string& below) {
    ActorQuery query;
    query.path = below;
    query.depth = 9;
    query.limit = 1000;
    query.state = state;
    api::ActorList list;
    operations_->actors(query,
                        [&](Result<api::ActorList> told) { list = std::move(told).value(); });
    while (world_->pool().run_one()) {
    }
    std::vector<std::string> paths;
    for (const auto& actor : list.data()) {
      EXPECT_EQ(actor.state(), state) << actor.path();
      paths.push_back(actor.path());
    }
    return paths;
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

  std::unique_ptr<EngineOperations> operations_;
  std::string conversation_;
};

}  // namespace aura::test
