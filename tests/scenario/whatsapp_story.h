// The fixture of the WhatsApp stories: a workspace with one WhatsApp number, and a provider that
// accepts every call. One world per test, on the test's thread.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "net/providers/whatsapp/whatsapp_adapter.h"
#include "net/signature.h"
#include "net/webhooks/envelope.h"
#include "runtime/log.h"
#include "tests/support/engine_world.h"
#include "tests/support/holds_text.h"

namespace aura::test {

using storage::Family;

// Accepts everything; records the bodies.
class AcceptingProvider final : public ProviderClient {
 public:
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override {
    bodies.push_back(call.body);
    ProviderReply reply;
    reply.status = 200;
    reply.body = R"({"contacts":[)" + recipient + R"(],"messages":[{"id":")" + ids +
                 std::to_string(bodies.size()) + R"("}]})";
    if (call.url.find("/message_templates") != std::string::npos) reply.body = templates;
    const bool message = call.url.find("/messages") != std::string::npos;
    if (const int code = message && refusal == 0 ? refusal_of_messages : refusal; code != 0) {
      reply.status = 400;
      reply.body = R"({"error":{"code":)" + std::to_string(code) + "}}";
    }
    done(std::move(reply));
  }
  int refusal = 0;              // of all calls, with this code …
  int refusal_of_messages = 0;  // … or of messages only
  std::vector<std::string> bodies;
  std::string ids = "wamid.OUT";  // a counter is appended
  std::string templates;          // the account's template list
  std::string recipient;          // what each answer tells of whom it reached
};

class WhatsAppStory : public ::testing::Test {
 protected:
  WhatsAppStory() {
    log::set_level(log::Level::error);
    begin();
  }

  void begin() {
    world_.reset();  // before the disk that it uses
    disk_ = std::make_unique<Disk>();
    start();
    workspace_ = make_workspace("Shop");
    channel_ = connect(workspace_, "440000000000001");
  }
  void start() {
    world_.reset();
    EngineOptions options;
    options.channel_debounce = debounce_;
    world_ = std::make_unique<EngineWorld>(*disk_, clock_, random_, provider_, adapters_, options);
    world_->settle();
  }
  Id make_workspace(const char* name) {
    api::WorkspaceInput shop;
    shop.set_name(name);
    const auto made = world_->ask<api::WorkspaceCreated>([&](auto reply) {
      world_->host().commands().create_workspace(shop, {}, std::move(reply));
    });
    return *parse_id(IdType::workspace, made.value().workspace_id());
  }
  Id connect(const Id& workspace, const char* number) {
    api::ChannelInput input;
    input.set_type(api::CHANNEL_TYPE_WHATSAPP);
    auto& credentials = *input.mutable_credentials();
    credentials.set_phone_number_id(number);
    credentials.set_business_account_id("330000000000001");
    credentials.set_access_token("token");
    clock_.advance(std::chrono::milliseconds(1));  // ids are ordered by time
    const auto made = world_->ask<api::Channel>([&](auto reply) {
      world_->host().commands().create_channel(workspace, input, {}, std::move(reply));
    });
    EXPECT_TRUE(made.has_value());
    return *parse_id(IdType::channel, made.value().id());
  }

  void deliver(const std::string& field, const std::string& value) {
    deliver_of(clock_.now_ms() / 1000 + 1, field, value);
  }
  void deliver_of(Millis seconds, const std::string& field, const std::string& value) {
    deliver_changes(R"({"field":")" + field + R"(","value":)" + value + "}", seconds);
  }
  void deliver_changes(const std::string& changes) {
    deliver_changes(changes, clock_.now_ms() / 1000 + 1);
  }
  void deliver_changes(const std::string& changes, Millis seconds) {
    auto items = net::slice_meta_body(
        R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001","time":)" +
        std::to_string(seconds) + R"(,"changes":[)" + changes + "]}]}");
    Errc answer = Errc::timeout;
    world_->host().ingress().accept(std::move(*items), [&](Errc code) { answer = code; });
    world_->settle();
    EXPECT_EQ(answer, Errc::ok);
  }
  static std::string messages_value(const std::string& members) {
    return R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},)" +
           members + "}";
  }
  void messages(const std::string& members) { deliver("messages", messages_value(members)); }
  // A text message from the person with these ids, written now.
  std::string text_members(const std::string& id, const std::string& wa_id,
                           const std::string& user_id) const {
    std::string ids;
    if (!wa_id.empty()) ids += R"("from":")" + wa_id + "\",";
    if (!user_id.empty()) ids += R"("from_user_id":")" + user_id + "\",";
    return R"("messages":[{)" + ids + R"("id":")" + id + R"(","timestamp":")" +
           std::to_string(clock_.now_ms() / 1000) + R"(","type":"text","text":{"body":"hello"}}])";
  }
  void text(const std::string& id, const std::string& wa_id, const std::string& user_id) {
    messages(text_members(id, wa_id, user_id));
  }
  // A conversation, after the calls that its beginning causes: what the provider is sent from here
  // on gets the ids wamid.PART1, wamid.PART2, …
  Id begin_conversation() {
    text("wamid.1", "15557654321", "");
    const Id id = *parse_id(IdType::conversation, conversations().at(0).id());
    api::ConversationInput read;
    read.set_unread(0);
    (void)world_->ask<api::Conversation>([&](auto reply) {
      world_->host().commands().update_conversation(workspace_, id, read, std::move(reply));
    });
    world_->advance(2'000);  // the token and the templates are looked at
    world_->settle();
    provider_.bodies.clear();
    provider_.ids = "wamid.PART";
    return id;
  }
  void send(const Id& conversation, const std::string& words) {
    api::MessageInput input;
    input.set_text(words);
    const auto sent = world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(workspace_, conversation, input, {}, std::move(reply));
    });
    EXPECT_TRUE(sent.has_value());
    world_->settle();
  }
  std::vector<api::Conversation> conversations() {
    auto list = world_->ask<List<api::Conversation>>([&](auto reply) {
      world_->queries().conversations(workspace_, {}, {}, std::move(reply));
      while (world_->pool().run_one()) {
      }
    });
    return list ? list->data : std::vector<api::Conversation>();
  }
  // The families whose rows contain this phone number.
  std::vector<int> naming(const std::string& number) const {
    std::vector<int> families;
    for (int i = 0; i < storage::kFamilyCount; ++i) {
      bool named = false;
      (void)world_->rows().for_each(Family{static_cast<std::uint8_t>(i)}, {},
                                    [&](std::string_view key, std::string_view value) {
                                      named = named || holds_text(key, number) ||
                                              holds_text(value, number);
                                      return true;
                                    });
      if (named) families.push_back(i);
    }
    return families;
  }
  // Template name → status and category.
  std::map<std::string, std::string> templates() {
    const auto list = world_->ask<List<api::Template>>([&](auto reply) {
      world_->queries().templates(workspace_, channel_, {}, std::move(reply));
      while (world_->pool().run_one()) {
      }
    });
    std::map<std::string, std::string> out;
    for (const auto& one : list.value().data) out[one.name()] = one.status() + " " + one.category();
    return out;
  }
  api::Channel channel(const Id& workspace, const Id& id) {
    auto found = world_->ask<api::Channel>([&](auto reply) {
      world_->queries().channel(workspace, id, std::move(reply));
      while (world_->pool().run_one()) {
      }
    });
    return found ? *found : api::Channel();
  }

  SeededRandom random_{1};
  FakeClock clock_;
  AcceptingProvider provider_;
  net::whatsapp::WhatsAppAdapter adapter_{{"https://graph.test", "v25.0", "secret"}};
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_WHATSAPP, &adapter_}};
  std::unique_ptr<Disk> disk_;
  std::unique_ptr<EngineWorld> world_;
  std::chrono::milliseconds debounce_{0};
  Id workspace_, channel_;
};

}  // namespace aura::test
