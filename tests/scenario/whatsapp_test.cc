// WhatsApp in the whole engine: one person with several ids has one conversation, and news about
// the business account reaches its channels.
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
namespace {

using storage::Family;

// Accepts everything; records the bodies.
class AcceptingProvider final : public ProviderClient {
 public:
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override {
    bodies.push_back(call.body);
    ProviderReply reply;
    reply.status = 200;
    reply.body = R"({"messages":[{"id":")" + ids + std::to_string(bodies.size()) + R"("}]})";
    if (call.url.find("/message_templates") != std::string::npos) reply.body = templates;
    if (refusal != 0) {
      reply.status = 400;
      reply.body = R"({"error":{"code":)" + std::to_string(refusal) + "}}";
    }
    done(std::move(reply));
  }
  int refusal = 0;  // of all calls, with this code
  std::vector<std::string> bodies;
  std::string ids = "wamid.OUT";  // a counter is appended
  std::string templates;          // the account's template list
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
    auto items = net::slice_meta_body(
        R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001","time":)" +
        std::to_string(clock_.now_ms() / 1000 + 1) + R"(,"changes":[{"field":")" + field +
        R"(","value":)" + value + "}]}]}");
    Errc answer = Errc::timeout;
    world_->host().ingress().accept(std::move(*items), [&](Errc code) { answer = code; });
    world_->settle();
    EXPECT_EQ(answer, Errc::ok);
  }
  void messages(const std::string& members) {
    deliver(
        "messages",
        R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},)" +
            members + "}");
  }
  // A text message from the person with these ids.
  void text(const std::string& id, const std::string& wa_id, const std::string& user_id) {
    std::string ids;
    if (!wa_id.empty()) ids += R"("from":")" + wa_id + "\",";
    if (!user_id.empty()) ids += R"("from_user_id":")" + user_id + "\",";
    messages(R"("messages":[{)" + ids + R"("id":")" + id + R"(","timestamp":")" +
             std::to_string(clock_.now_ms() / 1000) +
             R"(","type":"text","text":{"body":"hello"}}])");
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

struct Ids {
  const char* wa_id;
  const char* user_id;
};

TEST_F(WhatsAppStory, OnePersonIsOneConversationInEveryOrderOfIds) {
  std::vector<Ids> ids{{"15557654321", "US.9"}, {"", "US.9"}, {"15557654321", ""}};
  std::vector<int> order{0, 1, 2};
  do {
    // If the message with both ids comes last, the engine cannot know that the first two messages
    // are from one person.
    if (order[0] != 0 && order[1] != 0) continue;
    for (const bool crash_between : {false, true}) {
      begin();
      for (const int i : order) {
        text("wamid." + std::to_string(i), ids[i].wa_id, ids[i].user_id);
        if (crash_between) start();
      }
      EXPECT_GE(world_->count(Family::message), 3u);
      EXPECT_EQ(conversations().size(), 1u) << order[0] << order[1] << order[2] << crash_between;
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(WhatsAppStory, ANumberWithAnotherUserIdHasANewOwner) {
  text("wamid.1", "15557654321", "US.9");
  text("wamid.2", "15557654321", "US.10");
  EXPECT_EQ(conversations().size(), 2u);
  text("wamid.3", "", "US.9");
  text("wamid.4", "15557654321", "");
  EXPECT_EQ(conversations().size(), 2u);
}

TEST_F(WhatsAppStory, AChangedNumberLeadsToTheSameConversation) {
  text("wamid.1", "15557654321", "US.9");
  messages(
      R"("messages":[{"from":"15557654321","id":"wamid.S","timestamp":"1790000003","type":"system","system":{"body":"b","type":"user_changed_number","wa_id":"15559990000"}}])");
  text("wamid.2", "15559990000", "US.10");  // a new number brings a new user id
  start();
  text("wamid.4", "", "US.10");
  text("wamid.3", "15559990000", "");
  EXPECT_EQ(conversations().size(), 1u);
}

// A wamid contains the phone number in base64: no row may contain it, neither before an erasure nor
// after it.
TEST_F(WhatsAppStory, NoKeyAndNoValueNamesAPerson) {
  const std::string number = "15557654321";
  const std::string wamid = "wamid." + net::to_base64("\x1d\x18\x0b" + number + "\x15\x02");
  ASSERT_TRUE(holds_text(wamid, number));
  provider_.ids = wamid + "OUT";
  text(wamid + "IN", number, "US.9");
  const std::string at = std::to_string(clock_.now_ms() / 1000);
  const auto status = [&](const std::string& id, const char* what) {
    messages(R"("statuses":[{"id":")" + id + R"(","status":")" + what + R"(","timestamp":")" + at +
             R"(","recipient_id":")" + number + R"("}])");
  };
  status(provider_.ids + std::to_string(provider_.bodies.size()), "read");
  status(wamid + "EARLY", "delivered");
  deliver(
      "user_preferences",
      R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},"user_preferences":[{"wa_id":")" +
          number +
          R"(","detail":"stop","category":"marketing_messages","value":"stop","timestamp":)" + at +
          "}]}");
  const auto known = conversations();
  ASSERT_EQ(known.size(), 1u);
  EXPECT_EQ(known[0].last_message().status(), api::MESSAGE_STATUS_READ);
  EXPECT_GE(world_->count(Family::external), 3u);
  EXPECT_EQ(world_->count(Family::consent), 1u);
  EXPECT_EQ(naming(number), std::vector<int>());
  const Id contact = *parse_id(IdType::contact, known[0].contact().id());
  const auto erased = world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  });
  ASSERT_TRUE(erased.has_value());
  EXPECT_EQ(naming(number), std::vector<int>());
  text(wamid + "IN", number, "US.9");
  EXPECT_TRUE(conversations().empty()) << "it is known that this came before";
}

TEST_F(WhatsAppStory, AStatusFindsItsMessageByEitherId) {
  text("wamid.1", "15557654321", "US.9");
  const auto known = conversations();
  ASSERT_EQ(known.size(), 1u);
  api::MessageInput input;
  input.set_text("Hi!");
  const Id id = *parse_id(IdType::conversation, known[0].id());
  const auto sent = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().send_message(workspace_, id, input, {}, std::move(reply));
  });
  ASSERT_TRUE(sent.has_value());
  world_->settle();
  ASSERT_FALSE(provider_.bodies.empty());
  const std::string last = "wamid.OUT" + std::to_string(provider_.bodies.size());
  messages(R"("statuses":[{"id":")" + last +
           R"(","status":"read","timestamp":"1790000005","recipient_id":"15557654321"}])");
  const auto after = conversations();
  ASSERT_EQ(after.size(), 1u);
  EXPECT_EQ(after[0].last_message().status(), api::MESSAGE_STATUS_READ);
}

// The typing indicator and the read mark name the customer's message that is being answered or was
// read.
TEST_F(WhatsAppStory, TypingAndReadMarksNameTheCustomersMessage) {
  debounce_ = std::chrono::milliseconds(1500);
  start();
  text("wamid.1", "15557654321", "US.9");
  ASSERT_EQ(provider_.bodies.size(), 1u);
  EXPECT_EQ(
      provider_.bodies[0],
      R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.1","typing_indicator":{"type":"text"}})");
  api::ConversationInput read;
  read.set_unread(0);
  const Id id = *parse_id(IdType::conversation, conversations()[0].id());
  const auto updated = world_->ask<api::Conversation>([&](auto reply) {
    world_->host().commands().update_conversation(workspace_, id, read, std::move(reply));
  });
  ASSERT_TRUE(updated.has_value());
  while (world_->pool().run_one()) world_->settle();
  ASSERT_EQ(provider_.bodies.size(), 2u);
  EXPECT_EQ(provider_.bodies[1],
            R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.1"})");
}

// Scans all families for the number.
TEST_F(WhatsAppStory, AnErasedPersonsNumberStandsNowhere) {
  const std::string number = "15557654321";
  text("wamid.1", number, "");
  deliver("user_preferences",
          R"({"messaging_product":"whatsapp","metadata":{"phone_number_id":"440000000000001"},)"
          R"("user_preferences":[{"wa_id":")" +
              number + R"(","category":"marketing_messages","value":"stop","timestamp":")" +
              std::to_string(clock_.now_ms() / 1000) + R"("}]})");
  ASSERT_EQ(world_->count(Family::consent), 1u);
  const Id contact = conversation::contact_id(channel_, number);
  ASSERT_TRUE(world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  }));
  for (std::size_t family = 0; family < storage::kFamilyCount; ++family)
    (void)world_->rows().for_each(
        static_cast<Family>(family), {}, [&](std::string_view key, std::string_view value) {
          EXPECT_EQ(key.find(number), std::string_view::npos) << "a key of family " << family;
          EXPECT_EQ(value.find(number), std::string_view::npos) << "a value of family " << family;
          return true;
        });
  EXPECT_EQ(world_->count(Family::consent), 1u) << "what they wanted still holds";
}

TEST_F(WhatsAppStory, NewsOfTheBusinessReachesEachOfItsChannels) {
  const Id second = connect(workspace_, "440000000000002");
  const Id stranger = make_workspace("Stranger");
  // Claims the business account, but was not the first to do so.
  const Id claimed = connect(stranger, "440000000000003");
  for (int i = 0; i < 2; ++i) {  // delivered twice, recorded once
    deliver(
        "message_template_status_update",
        R"({"event":"PAUSED","message_template_name":"order_ready","message_template_language":"en_US","reason":"NONE"})");
  }
  for (const Id& id : {channel_, second}) {
    const api::Channel found = channel(workspace_, id);
    ASSERT_EQ(found.notices_size(), 1);
    EXPECT_EQ(found.notices(0).what(), "template_status");
    EXPECT_EQ(found.notices(0).subject(), "order_ready (en_US)");
    EXPECT_EQ(found.notices(0).value(), "PAUSED");
    EXPECT_EQ(found.status(), api::CHANNEL_STATUS_ACTIVE);
  }
  EXPECT_EQ(channel(stranger, claimed).notices_size(), 0);
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  start();  // still known after a restart
  deliver("account_update", R"({"event":"PARTNER_REMOVED"})");
  EXPECT_EQ(channel(workspace_, second).status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  EXPECT_FALSE(channel(workspace_, channel_).error().empty());
  EXPECT_EQ(world_->count(Family::dead_letter), 0u);
}

// The provider's template list lags behind: it still shows the state before the events.
TEST_F(WhatsAppStory, ATemplateIsWhatItsListOrANewerEventSays) {
  provider_.templates =
      R"({"data":[{"name":"ready","language":"en","status":"APPROVED","category":"UTILITY"}]})";
  begin();
  const auto told = [&](const std::string& event, const std::string& name, const char* rest = "") {
    clock_.advance(std::chrono::seconds(2));
    deliver("message_template_status_update",
            R"({"event":")" + event + R"(","message_template_name":")" + name +
                R"(","message_template_language":"en")" + rest + "}");
  };
  using All = std::map<std::string, std::string>;
  told("FLAGGED", "other");  // makes the engine read the list
  EXPECT_EQ(templates(), (All{{"ready", "approved utility"}}));
  told("PAUSED", "ready");
  EXPECT_EQ(templates(), (All{{"ready", "paused utility"}}));
  told("FLAGGED", "ready");
  EXPECT_EQ(templates(), (All{{"ready", "paused utility"}}));
  told("REINSTATED", "ready");
  EXPECT_EQ(templates(), (All{{"ready", "approved utility"}}));
  told("APPROVED", "new", R"(,"message_template_category":"MARKETING")");
  told("DISABLED", "ready");
  deliver(
      "template_category_update",
      R"({"message_template_name":"ready","message_template_language":"en","new_category":"MARKETING"})");
  EXPECT_EQ(templates(), (All{{"new", "approved marketing"}, {"ready", "disabled marketing"}}));
  clock_.advance(std::chrono::minutes(11));
  told("FLAGGED", "other");  // makes the engine read the list again
  EXPECT_EQ(templates(), (All{{"ready", "approved utility"}})) << "no list lags so long";
}

TEST_F(WhatsAppStory, AnAccountThatIsEnabledAgainSendsAgain) {
  deliver("account_update",
          R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}})");
  EXPECT_EQ(channel(workspace_, channel_).status(), api::CHANNEL_STATUS_RESTRICTED);
  text("wamid.0", "15557654320", "");
  EXPECT_EQ(provider_.bodies.size(), 0u) << "what goes out waits";
  clock_.advance(std::chrono::seconds(2));
  deliver("account_update",
          R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}})");
  EXPECT_EQ(channel(workspace_, channel_).status(), api::CHANNEL_STATUS_ACTIVE);
  EXPECT_FALSE(channel(workspace_, channel_).has_error());
  EXPECT_EQ(provider_.bodies.size(), 1u) << "answered";
}

// WhatsApp keeps no order between two calls.
TEST_F(WhatsAppStory, PartsOfAMessageWaitForTheReceiptOfThePartBefore) {
  text("wamid.1", "15557654321", "");
  const Id id = *parse_id(IdType::conversation, conversations().at(0).id());
  provider_.bodies.clear();
  provider_.ids = "wamid.PART";
  send(id, std::string(4'000, 'a') + " " + std::string(4'000, 'b') + " " + std::string(4'000, 'c'));
  ASSERT_EQ(provider_.bodies.size(), 1u);
  text("wamid.2", "15557654322", "");
  EXPECT_EQ(provider_.bodies.size(), 2u) << "others do not wait";
  messages(
      R"("statuses":[{"id":"wamid.PART1","status":"sent","timestamp":"1790000005","recipient_id":"15557654321"}])");
  ASSERT_EQ(provider_.bodies.size(), 3u);
  EXPECT_NE(provider_.bodies[2].find("bbbb"), std::string::npos);
  world_->advance(2'000);  // no receipt comes of this one
  world_->settle();
  ASSERT_EQ(provider_.bodies.size(), 4u);
  EXPECT_NE(provider_.bodies[3].find("cccc"), std::string::npos);
  const auto shown = world_->ask<std::vector<api::Message>>(
      [&](auto reply) { world_->queries().newest_messages(workspace_, id, 5, std::move(reply)); });
  EXPECT_EQ(shown.value().back().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(shown.value().back().attempts_size(), 3);
}

TEST_F(WhatsAppStory, ARestartBetweenPartsSendsNoneTwice) {
  text("wamid.1", "15557654321", "");
  const Id id = *parse_id(IdType::conversation, conversations().at(0).id());
  provider_.bodies.clear();
  provider_.ids = "wamid.PART";
  send(id, std::string(4'000, 'a') + " " + std::string(4'000, 'b'));
  ASSERT_EQ(provider_.bodies.size(), 1u);
  start();
  for (int i = 0; i < 4; ++i) {
    world_->advance(1'000);
    world_->settle();
  }
  ASSERT_EQ(provider_.bodies.size(), 2u);
  EXPECT_NE(provider_.bodies[1].find("bbbb"), std::string::npos);
}

TEST_F(WhatsAppStory, ARefusalForThePaymentIsToldToTheOwnerOnceADay) {
  provider_.refusal = 131042;
  text("wamid.1", "15557654321", "");
  text("wamid.2", "15557654322", "");
  ASSERT_EQ(provider_.bodies.size(), 2u);
  const api::Channel found = channel(workspace_, channel_);
  ASSERT_EQ(found.notices_size(), 1);
  EXPECT_EQ(found.notices(0).subject(), "payment");
  EXPECT_EQ(found.notices(0).value(), "131042");
  EXPECT_EQ(found.status(), api::CHANNEL_STATUS_ACTIVE);
}

TEST_F(WhatsAppStory, ANoticeWithoutATimeIsOfNow) {
  auto items = net::slice_meta_body(
      R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"440000000000001"},"errors":[{"code":131042,"title":"Payment"}]}}]}]})");
  world_->host().ingress().accept(std::move(*items), [](Errc) {});
  world_->settle();
  const api::Channel found = channel(workspace_, channel_);
  ASSERT_EQ(found.notices_size(), 1);
  EXPECT_GT(found.notices(0).created_at(), 0);
}

TEST_F(WhatsAppStory, NewsOfAnUnknownBusinessIsADeadLetter) {
  auto items = net::slice_meta_body(
      R"({"object":"whatsapp_business_account","entry":[{"id":"99","time":1,"changes":[{"field":"account_update","value":{"event":"A"}}]}]})");
  world_->host().ingress().accept(std::move(*items), [](Errc) {});
  world_->settle();
  EXPECT_EQ(world_->count(Family::dead_letter), 1u);
}

}  // namespace
}  // namespace aura::test
