// The fixture of the stories of Messenger and Instagram: a shop with a page, and a Graph API that
// takes every message.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "actors/engine/person_requests.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/webhooks/envelope.h"
#include "runtime/log.h"
#include "tests/support/engine_world.h"

namespace aura::test {

inline constexpr Millis kDay = 24 * 3'600'000;
inline const std::string kOwner = "218471000000006";  // the app's id of who connected the page

// The Graph API: takes every message, knows whose token it is shown.
class GraphServer final : public ProviderClient {
 public:
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override {
    ProviderReply reply;
    reply.status = 200;
    reply.body = R"({"success":true})";
    if (call.url.find("/debug_token") != std::string::npos)
      reply.body = R"({"data":{"is_valid":true,"user_id":")" + kOwner + R"(","expires_at":0}})";
    if (call.url.find("/refresh_access_token") != std::string::npos) reply.body = renewal;
    if (call.url.find("fields=user_id") != std::string::npos)
      reply.body = R"({"user_id":"17841400000000002","username":"shop"})";
    if (call.url.find("/messages") != std::string::npos)
      reply.body = R"({"recipient_id":"7001112223","message_id":"m_out)" +
                   std::to_string(calls.size()) + R"("})";
    if (call.url.find("fields=first_name") != std::string::npos) {
      reply.status = profile.empty() ? 400 : 200;
      reply.body = profile.empty() ? R"({"error":{"code":230}})" : profile;
    } else if (call.url.find("/messages") != std::string::npos && answer) {
      reply = *answer;
    }
    const bool held_back = hold && call.url.find("/messages") != std::string::npos;
    calls.push_back(std::move(call));
    if (held_back)
      held.push_back([reply = std::move(reply), done = std::move(done)] { done(reply); });
    else
      done(std::move(reply));
  }
  void release() {
    hold = false;
    for (const auto& one : std::exchange(held, {})) one();
  }
  std::vector<std::string> of(const std::string& method, const std::string& part) const {
    std::vector<std::string> urls;
    for (const auto& one : calls)
      if (one.method == method && one.url.find(part) != std::string::npos) urls.push_back(one.url);
    return urls;
  }
  std::vector<ProviderCall> calls;
  std::string profile;                  // of everybody; empty: nobody allows it
  std::optional<ProviderReply> answer;  // to every message, else it is taken
  std::string renewal;                  // the answer to each
  bool hold = false;                    // the answers to messages, until release()
  std::vector<std::function<void()>> held;
};

inline ProviderReply answer_of(int status, std::string body) {
  ProviderReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

class MetaStory : public testing::Test {
 protected:
  MetaStory() {
    log::set_level(log::Level::error);
    begin(std::chrono::hours(1000));  // the AI says nothing
  }
  void begin(std::chrono::milliseconds debounce) {
    EngineOptions options;
    options.channel_debounce = debounce;
    world_.reset();  // before the disk that it uses
    disk_ = std::make_unique<Disk>();
    world_ = std::make_unique<EngineWorld>(*disk_, clock_, random_, graph_, adapters_, options);
    world_->settle();
    api::WorkspaceInput shop;
    shop.set_name("Shop");
    const auto made = world_->ask<api::WorkspaceCreated>([&](auto reply) {
      world_->host().commands().create_workspace(shop, {}, std::move(reply));
    });
    workspace_ = *parse_id(IdType::workspace, made.value().workspace_id());
    page_ = connect_page("1029384756");
    pass(2000);  // the token is looked at
  }
  Id connect(const api::ChannelInput& input) {
    clock_.advance(std::chrono::milliseconds(1));  // ids are ordered by time
    const auto made = world_->ask<api::Channel>([&](auto reply) {
      world_->host().commands().create_channel(workspace_, input, {}, std::move(reply));
    });
    EXPECT_TRUE(made.has_value());
    return *parse_id(IdType::channel, made.value().id());
  }
  Id connect_page(const std::string& id) {
    api::ChannelInput page;
    page.set_type(api::CHANNEL_TYPE_MESSENGER);
    page.mutable_credentials()->set_page_id(id);
    page.mutable_credentials()->set_page_access_token("EAATESTTOKEN0001");
    return connect(page);
  }
  // The Instagram account that is linked to the page.
  Id connect_linked() {
    api::ChannelInput linked;
    linked.set_type(api::CHANNEL_TYPE_INSTAGRAM);
    linked.mutable_credentials()->set_account_id("17841400000000001");
    linked.mutable_credentials()->set_page_id("1029384756");
    linked.mutable_credentials()->set_page_access_token("EAATESTTOKEN0002");
    return connect(linked);
  }
  // By Instagram's own login; `life`: of its token, if that is told.
  Id connect_instagram(Millis life = 0) {
    api::ChannelInput own;
    own.set_type(api::CHANNEL_TYPE_INSTAGRAM);
    own.mutable_credentials()->set_account_id("17841400000000002");
    own.mutable_credentials()->set_access_token("IGAAold");
    if (life > 0) own.mutable_credentials()->set_token_expires_at(clock_.now_ms() + life);
    return connect(own);
  }
  void pass(Millis time) {
    world_->advance(time);
    world_->settle();
  }
  void hours(int count) {
    for (int i = 0; i < count; ++i) pass(3'600'000);
  }
  void disconnect(const Id& channel) {
    const auto gone = world_->ask<std::monostate>([&](auto reply) {
      world_->host().commands().delete_channel(workspace_, channel, std::move(reply));
    });
    EXPECT_TRUE(gone.has_value());
  }
  void text(const std::string& person, const std::string& mid,
            const std::string& page = "1029384756") {
    auto items = net::slice_meta_body(R"({"object":"page","entry":[{"id":")" + page +
                                      R"(","time":1790000000123,"messaging":[{"sender":{"id":")" +
                                      person + R"("},"recipient":{"id":")" + page +
                                      R"("},"timestamp":)" + std::to_string(clock_.now_ms()) +
                                      R"(,"message":{"mid":")" + mid + R"(","text":"hello"}}]}]})");
    Errc answer = Errc::timeout;
    world_->host().ingress().accept(std::move(*items), [&](Errc code) { answer = code; });
    world_->settle();
    EXPECT_EQ(answer, Errc::ok);
  }
  // A message webhook of the linked Instagram account.
  void instagram(const std::string& between, const std::string& message) {
    auto items = net::slice_meta_body(
        R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,"messaging":[{)" +
        between + R"(,"timestamp":)" + std::to_string(clock_.now_ms()) + R"(,"message":)" +
        message + "}]}]}");
    world_->host().ingress().accept(std::move(*items), [](Errc) {});
    world_->settle();
  }
  api::Message send(const Id& page, const std::string& person) {
    api::MessageInput input;
    input.set_text("Hi!");
    const auto sent = world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(
          workspace_, conversation::conversation_id(page, person), input, {}, std::move(reply));
    });
    EXPECT_TRUE(sent.has_value()) << sent.error().detail;
    return sent.value_or(api::Message());
  }
  std::vector<api::Message> messages(const Id& page, const std::string& person) {
    return world_
        ->ask<std::vector<api::Message>>([&](auto reply) {
          world_->queries().newest_messages(workspace_, conversation::conversation_id(page, person),
                                            50, std::move(reply));
        })
        .value_or(std::vector<api::Message>());
  }
  std::string name_of(const Id& page, const std::string& person) {
    const auto contact = world_->ask<api::Contact>([&](auto reply) {
      world_->queries().contact(workspace_, conversation::contact_id(page, person),
                                std::move(reply));
    });
    return contact ? contact->name() : "";
  }
  api::Channel channel(const Id& id) const {
    return world_->queries().read_channel(workspace_, id).value();
  }
  std::size_t contacts() const { return world_->count(storage::Family::contact); }
  PersonRequest of_owner(Millis at) const { return {kOwner, {}, at}; }

  SeededRandom random_{1};
  FakeClock clock_;
  std::unique_ptr<Disk> disk_;
  GraphServer graph_;
  const net::meta::Options app_{"https://graph.test", "v25.0", "app", "secret",
                                "https://instagram.test"};
  const net::messenger::MessengerAdapter messenger_{app_};
  const net::instagram::InstagramAdapter instagram_{app_};
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_MESSENGER, &messenger_},
                                  {api::CHANNEL_TYPE_INSTAGRAM, &instagram_}};
  std::unique_ptr<EngineWorld> world_;
  Id workspace_, page_;
};

}  // namespace aura::test
