// The whole engine with one scripted channel whose contacts have several ids.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "config/limits.h"
#include "runtime/log.h"
#include "storage/schema/records.pb.h"
#include "tests/support/engine_world.h"
#include "tests/support/scripted_channel.h"

namespace aura::test {

using storage::Family;
using Kind = ChannelEvent::Kind;
inline constexpr Millis kHour = 3'600'000;

class ChannelsTest : public ::testing::Test {
 protected:
  ChannelsTest() {
    log::set_level(log::Level::error);
    start();
    api::WorkspaceInput shop;
    shop.set_name("Shop");
    const auto made = world_->ask<api::WorkspaceCreated>([&](auto reply) {
      world_->host().commands().create_workspace(shop, {}, std::move(reply));
    });
    workspace_ = *parse_id(IdType::workspace, made.value().workspace_id());
  }
  void connect() {
    api::ChannelInput number;
    number.set_type(api::CHANNEL_TYPE_WHATSAPP);
    number.mutable_credentials()->set_phone_number_id("44");
    number.mutable_credentials()->set_access_token("old");
    const auto channel = world_->ask<api::Channel>([&](auto reply) {
      world_->host().commands().create_channel(workspace_, number, {}, std::move(reply));
    });
    channel_id_ = *parse_id(IdType::channel, channel.value().id());
  }
  void start() {
    EngineOptions options;
    options.channel_debounce = debounce_;
    options.outbox_memory = outbox_memory_;
    world_ = std::make_unique<EngineWorld>(disk_, clock_, random_, provider_, adapters_, options);
    world_->settle();
  }
  void crash() {
    world_.reset();
    start();
  }

  ChannelEvent event_of(Kind kind, std::string id, std::string thread = "351900") {
    ChannelEvent event;
    event.kind = kind;
    event.external_id = std::move(id);
    event.thread = std::move(thread);
    event.at = clock_.now_ms();
    if (kind == Kind::message) event.text = "Hello?";
    return event;
  }
  // Delivers the events in one item and returns the item's payload.
  std::string deliver(std::vector<ChannelEvent> events) {
    InboundItem item;
    item.channel_type = api::CHANNEL_TYPE_WHATSAPP;
    item.account = "44";
    item.payload = channel_.item(std::move(events));
    Errc answer = Errc::timeout;
    world_->host().ingress().accept({item}, [&](Errc code) { answer = code; });
    world_->settle();
    EXPECT_EQ(answer, Errc::ok);
    return item.payload;
  }
  // Delivers an item that cannot be read and makes the connection fail; afterwards the item can be
  // read.
  void break_connection() {
    InboundItem item;
    item.channel_type = api::CHANNEL_TYPE_WHATSAPP;
    item.account = "44";
    item.payload = std::to_string(std::stoi(channel_.item({})) + 1);
    world_->host().ingress().accept({item}, [](Errc) {});
    world_->settle();
    channel_.item({});
  }
  void answer() {
    for (world_->settle(); provider_.answer() > 0;) world_->settle();
  }
  void pass(Millis time, Millis step = 500) {
    for (Millis done = 0; done < time; done += step) {
      world_->advance(step);
      answer();
    }
  }
  Id conversation(const std::string& thread = "351900") const {
    return conversation::conversation_id(channel_id_, thread);
  }
  api::Message send(const std::string& text, const std::string& thread = "351900") {
    api::MessageInput input;
    input.set_text(text);
    const auto sent = world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(workspace_, conversation(thread), input, {},
                                             std::move(reply));
    });
    EXPECT_TRUE(sent.has_value()) << sent.error().detail;
    return sent.value_or(api::Message());
  }
  std::vector<api::Message> messages(const std::string& thread = "351900") {
    return world_
        ->ask<std::vector<api::Message>>([&](auto reply) {
          world_->queries().newest_messages(workspace_, conversation(thread), 50, std::move(reply));
        })
        .value_or(std::vector<api::Message>());
  }
  api::Message last() {
    const auto all = messages();
    return all.empty() ? api::Message() : all.back();
  }
  api::Channel channel() const {
    return world_->queries().read_channel(workspace_, channel_id_).value();
  }
  std::size_t calls(const std::string& what) const {
    return static_cast<std::size_t>(
        std::count_if(provider_.calls.begin(), provider_.calls.end(),
                      [&](const auto& call) { return call.what.starts_with(what); }));
  }
  std::size_t channel_changes() const {
    std::size_t changes = 0;
    (void)world_->rows().for_each(Family::feed, {}, [&](std::string_view, std::string_view value) {
      record::Feed row;
      changes += row.ParseFromString(std::string(value)) &&
                 row.kind() == record::Feed::KIND_CHANNEL_UPDATED;
      return true;
    });
    return changes;
  }
  std::vector<api::Contact> contacts() {
    const auto list = world_->ask<List<api::Contact>>(
        [&](auto reply) { world_->queries().contacts(workspace_, {}, std::move(reply)); });
    return list.value().data;
  }
  Id contact_of(const std::string& thread) const {
    return conversation::contact_id(channel_id_, thread);
  }

  // The AI does not answer in these tests.
  std::chrono::milliseconds debounce_ = std::chrono::hours(1000);
  std::size_t outbox_memory_ = limits::kOutboxMemory;
  SeededRandom random_{1};
  FakeClock clock_;
  Disk disk_;
  ScriptedProvider provider_;
  ScriptedChannel channel_;
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_WHATSAPP, &channel_}};
  std::unique_ptr<EngineWorld> world_;
  Id workspace_, channel_id_;
};

}  // namespace aura::test
