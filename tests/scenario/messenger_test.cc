// Stories of Messenger and Instagram with the whole engine: what Meta is told when a channel goes,
// and what Meta asks for a person.
#include <gtest/gtest.h>

#include <algorithm>

#include "actors/engine/person_requests.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/webhooks/envelope.h"
#include "runtime/log.h"
#include "tests/support/engine_world.h"

namespace aura::test {
namespace {

const std::string kOwner = "218471000000006";  // the app's id of who connected the page

// The Graph API: takes every message, knows whose token it is shown.
class GraphServer final : public ProviderClient {
 public:
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override {
    ProviderReply reply;
    reply.status = 200;
    reply.body = R"({"success":true})";
    if (call.url.find("/debug_token") != std::string::npos)
      reply.body = R"({"data":{"is_valid":true,"user_id":")" + kOwner + R"(","expires_at":0}})";
    if (call.url.find("/messages") != std::string::npos)
      reply.body = R"({"recipient_id":"7001112223","message_id":"m_out)" +
                   std::to_string(calls.size()) + R"("})";
    if (call.url.find("fields=first_name") != std::string::npos) {
      reply.status = profile.empty() ? 400 : 200;
      reply.body = profile.empty() ? R"({"error":{"code":230}})" : profile;
    } else if (call.url.find("/messages") != std::string::npos && answer) {
      reply = *answer;
    }
    calls.push_back(std::move(call));
    done(std::move(reply));
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
};

ProviderReply answer_of(int status, std::string body) {
  ProviderReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

class MetaStory : public testing::Test {
 protected:
  MetaStory() {
    log::set_level(log::Level::error);
    EngineOptions options;
    options.channel_debounce = std::chrono::hours(1000);  // the AI says nothing here
    world_ = std::make_unique<EngineWorld>(disk_, clock_, random_, graph_, adapters_, options);
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
  void pass(Millis time) {
    world_->advance(time);
    world_->settle();
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
  Disk disk_;
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

TEST_F(MetaStory, APageThatIsDisconnectedSendsNoMoreEvents) {
  disconnect(page_);
  const auto told = graph_.of("DELETE", "/1029384756/subscribed_apps");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(graph_.calls.back().headers.front().second, "Bearer EAATESTTOKEN0001");
}

TEST_F(MetaStory, TheLinkedAccountKeepsThePagesSubscription) {
  const Id linked = connect_linked();
  disconnect(page_);
  EXPECT_TRUE(graph_.of("DELETE", "").empty());
  disconnect(linked);
  EXPECT_EQ(graph_.of("DELETE", "/1029384756/subscribed_apps").size(), 1u);
}

TEST_F(MetaStory, WhoConnectedThePageTakesTheAccessBack) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  const auto ask = [&](Millis at) {
    return world_->ask<std::monostate>(
        [&](auto reply) { requests.disconnect(of_owner(at), std::move(reply)); });
  };
  ASSERT_TRUE(ask(clock_.now_ms() - 3'600'000).has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE) << "of before this token";
  text("7001112223", "m_1");
  ASSERT_TRUE(ask(clock_.now_ms()).has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  EXPECT_NE(channel(page_).error().find("connect it again"), std::string::npos);
  EXPECT_EQ(contacts(), 1u) << "nobody is erased";
  graph_.calls.clear();
  pass(2 * 3'600'000);
  EXPECT_TRUE(graph_.calls.empty()) << "the token is not there any more";
}

TEST_F(MetaStory, APersonIsErasedOnceAndAskedAboutByACode) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  text("7001112223", "m_1");
  text("7001112224", "m_2");
  ASSERT_EQ(contacts(), 2u);
  const PersonRequest person{"7001112223", {}, clock_.now_ms()};
  const auto erase = [&] {
    return world_->ask<std::string>([&](auto reply) { requests.erase(person, std::move(reply)); });
  };
  EXPECT_FALSE(requests.state_of(requests.code_of(person)).has_value());
  const auto code = erase();
  ASSERT_TRUE(code.has_value()) << code.error().detail;
  EXPECT_EQ(contacts(), 1u) << "the other stays";
  ASSERT_TRUE(requests.state_of(*code).has_value());
  const Millis done = requests.state_of(*code)->completed_at;
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE);
  pass(60'000);
  EXPECT_EQ(erase().value(), *code) << "asked again, the same answer";
  EXPECT_EQ(requests.state_of(*code)->completed_at, done);
}

TEST_F(MetaStory, AnErasureOfWhomWeDoNotKnowIsDone) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  const auto code = world_->ask<std::string>([&](auto reply) {
    requests.erase({"1", {}, clock_.now_ms()}, std::move(reply));
  });
  EXPECT_TRUE(requests.state_of(code.value()).has_value());
}

TEST_F(MetaStory, TheOwnersErasureTakesTheAccessToo) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  ASSERT_TRUE(world_
                  ->ask<std::string>([&](auto reply) {
                    requests.erase(of_owner(clock_.now_ms()), std::move(reply));
                  })
                  .has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
}

TEST_F(MetaStory, ANewContactsNameIsAskedForOnce) {
  graph_.profile = R"({"first_name":"Ada","last_name":"L","id":"7001112223"})";
  text("7001112223", "m_1");
  pass(500);
  EXPECT_EQ(name_of(page_, "7001112223"), "Ada L");
  text("7001112223", "m_2");
  pass(500);
  EXPECT_EQ(graph_.of("GET", "/7001112223?fields=first_name,last_name").size(), 1u);
}

TEST_F(MetaStory, WithoutPermissionTheContactIsNameless) {
  text("7001112223", "m_1");
  pass(500);
  EXPECT_EQ(graph_.of("GET", "/7001112223?fields=").size(), 1u);
  EXPECT_EQ(name_of(page_, "7001112223"), "");
  EXPECT_EQ(messages(page_, "7001112223").size(), 1u);
}

TEST_F(MetaStory, ManyNewContactsAreAskedForOneAfterTheOther) {
  graph_.profile = R"({"first_name":"Ada"})";
  for (int i = 0; i < 5; ++i) text("700111222" + std::to_string(i), "m_" + std::to_string(i));
  EXPECT_EQ(graph_.of("GET", "?fields=first_name").size(), 1u);
  pass(200);
  EXPECT_EQ(graph_.of("GET", "?fields=first_name").size(), 2u);
  for (int i = 0; i < 10; ++i) pass(200);
  EXPECT_EQ(graph_.of("GET", "?fields=first_name").size(), 5u);
}

TEST_F(MetaStory, ALimitOfTheAppPausesItsOtherPages) {
  const Id other = connect_page("1029384757");
  text("7001112223", "m_1");
  text("7001112224", "m_2", "1029384757");
  graph_.answer = answer_of(400, R"({"error":{"code":4}})");
  send(page_, "7001112223");
  graph_.answer.reset();
  graph_.calls.clear();
  send(other, "7001112224");
  EXPECT_TRUE(graph_.of("POST", "/messages").empty()) << "calls lengthen the throttle";
  for (const Id& one : {page_, other}) {
    EXPECT_EQ(channel(one).status(), api::CHANNEL_STATUS_RATE_LIMITED);
    EXPECT_FALSE(channel(one).error().empty());
  }
  for (int i = 0; i < 70; ++i) pass(5000);
  EXPECT_EQ(graph_.of("POST", "/messages").size(), 2u);
  for (const Id& one : {page_, other}) {
    EXPECT_EQ(channel(one).status(), api::CHANNEL_STATUS_ACTIVE);
    EXPECT_FALSE(channel(one).has_error());
  }
}

// Vector of the page on Messenger: 19 minutes.
TEST_F(MetaStory, AUsedUpAllowanceShowsUntilItIsThereAgain) {
  text("7001112223", "m_1");
  graph_.answer = answer_of(200, R"({"recipient_id":"7001112223","message_id":"m_out"})");
  graph_.answer->headers = {
      {"X-Business-Use-Case-Usage",
       R"({"1":[{"type":"messenger","call_count":100,"total_cputime":3,"total_time":4,"estimated_time_to_regain_access":19}]})"}};
  send(page_, "7001112223");
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RATE_LIMITED);
  api::ChannelInput on;
  on.set_status(api::CHANNEL_SWITCH_ACTIVE);
  ASSERT_TRUE(world_
                  ->ask<api::Channel>([&](auto reply) {
                    world_->host().commands().update_channel(workspace_, page_, on,
                                                             std::move(reply));
                  })
                  .has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RATE_LIMITED) << "as it is";
  for (int i = 0; i < 19 * 6 - 1; ++i) pass(10'000);
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RATE_LIMITED);
  for (int i = 0; i < 3; ++i) pass(10'000);
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE);
}

TEST_F(MetaStory, ACallThatWasCutOffShowsAtOnce) {
  text("7001112223", "m_1");
  graph_.answer = answer_of(0, {});
  graph_.answer->error = Errc::timeout;
  graph_.answer->maybe_sent = true;
  send(page_, "7001112223");
  auto shown = messages(page_, "7001112223").back();
  EXPECT_EQ(shown.status(), api::MESSAGE_STATUS_QUEUED);
  ASSERT_EQ(shown.attempts_size(), 1);
  EXPECT_EQ(shown.attempts(0).outcome(), "unknown");
  EXPECT_TRUE(shown.attempts(0).has_next_try_at());
  graph_.answer.reset();
  for (int i = 0; i < 8; ++i) pass(5000);
  shown = messages(page_, "7001112223").back();
  EXPECT_EQ(shown.status(), api::MESSAGE_STATUS_SENT);
  ASSERT_EQ(shown.attempts_size(), 2) << "each call once";
  EXPECT_EQ(shown.attempts(0).outcome(), "unknown");
  EXPECT_EQ(shown.attempts(1).outcome(), "sent");
  EXPECT_EQ(shown.attempts(1).number(), 2u);
}

TEST_F(MetaStory, ABlockedPageIsRestrictedUntilItIsLifted) {
  text("7001112223", "m_1");
  graph_.answer = answer_of(400, R"({"error":{"code":368}})");
  send(page_, "7001112223");
  graph_.answer.reset();
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RESTRICTED);
  EXPECT_EQ(messages(page_, "7001112223").back().status(), api::MESSAGE_STATUS_QUEUED);
  pass(1000);
  auto items = net::slice_meta_body(
      R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"recipient":{"id":"1029384756"},"timestamp":)" +
      std::to_string(clock_.now_ms()) + R"(,"policy_enforcement":{"action":"unblock"}}]}]})");
  world_->host().ingress().accept(std::move(*items), [](Errc) {});
  world_->settle();
  pass(2000);
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE);
  EXPECT_EQ(messages(page_, "7001112223").back().status(), api::MESSAGE_STATUS_SENT);
}

// Vector of the page on data deletion.
TEST(ErasureCode, IsTheSameForTheSameRequestAndTellsNothing) {
  EXPECT_EQ(erasure_code("status_code_key", {"218471000000001", {}, 1'790'000'000'000}),
            "DR9379751E68217405");
}

}  // namespace
}  // namespace aura::test
