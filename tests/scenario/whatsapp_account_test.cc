// WhatsApp's business account in the whole engine: its news, its templates, and the order of its
// sends.
#include "tests/scenario/whatsapp_story.h"

namespace aura::test {
namespace {

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
  told("NEWS", "other");  // makes the engine read the list
  EXPECT_EQ(templates(), (All{{"ready", "approved utility"}}));
  told("PAUSED", "ready");
  EXPECT_EQ(templates(), (All{{"ready", "paused utility"}}));
  told("FLAGGED", "ready");
  EXPECT_EQ(templates(), (All{{"ready", "flagged utility"}})) << "cannot be sent";
  told("REINSTATED", "ready");
  EXPECT_EQ(templates(), (All{{"ready", "approved utility"}}));
  told("APPROVED", "new", R"(,"message_template_category":"MARKETING")");
  told("DISABLED", "ready");
  deliver(
      "template_category_update",
      R"({"message_template_name":"ready","message_template_language":"en","new_category":"MARKETING"})");
  EXPECT_EQ(templates(), (All{{"new", "approved marketing"}, {"ready", "disabled marketing"}}));
  clock_.advance(std::chrono::minutes(11));
  told("NEWS", "other");  // makes the engine read the list again
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

// Meta keeps no order: the time of a notice says which of them holds.
TEST_F(WhatsAppStory, ALateNoticeOfAnOlderRestrictionChangesNothing) {
  const Millis start = clock_.now_ms() / 1000 + 1;
  const auto told = [&](Millis after, const std::string& state) {
    deliver_of(start + after, "account_update",
               R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":")" + state + R"("}})");
    return channel(workspace_, channel_).status();
  };
  EXPECT_EQ(told(0, "DISABLE"), api::CHANNEL_STATUS_RESTRICTED);
  EXPECT_EQ(told(20, "REINSTATE"), api::CHANNEL_STATUS_ACTIVE);
  EXPECT_EQ(told(10, "DISABLE"), api::CHANNEL_STATUS_ACTIVE) << "of before";
  EXPECT_EQ(channel(workspace_, channel_).notices_size(), 3) << "but its owner sees it";
  EXPECT_EQ(told(40, "REINSTATE"), api::CHANNEL_STATUS_ACTIVE);
  EXPECT_EQ(told(30, "DISABLE"), api::CHANNEL_STATUS_ACTIVE) << "its restoration came before it";
  EXPECT_EQ(told(50, "DISABLE"), api::CHANNEL_STATUS_RESTRICTED);
  EXPECT_EQ(told(45, "REINSTATE"), api::CHANNEL_STATUS_RESTRICTED);
}

TEST_F(WhatsAppStory, NewsOfAnotherMatterDoesNotHideARestoration) {
  const Millis start = clock_.now_ms() / 1000 + 1;
  deliver_of(start, "account_update",
             R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}})");
  deliver_of(
      start + 20, "message_template_status_update",
      R"({"event":"PAUSED","message_template_name":"order_ready","message_template_language":"en_US","reason":"NONE"})");
  deliver_of(start + 10, "account_update",
             R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}})");
  EXPECT_EQ(channel(workspace_, channel_).status(), api::CHANNEL_STATUS_ACTIVE);
}

// WhatsApp keeps no order between two calls.
TEST_F(WhatsAppStory, PartsOfAMessageWaitForTheReceiptOfThePartBefore) {
  const Id id = begin_conversation();
  send(id, std::string(4'000, 'a') + " " + std::string(4'000, 'b') + " " + std::string(4'000, 'c'));
  ASSERT_EQ(provider_.bodies.size(), 1u);
  text("wamid.2", "15557654322", "");
  EXPECT_EQ(provider_.bodies.size(), 2u) << "others do not wait";
  messages(
      R"("statuses":[{"id":"wamid.PART1","status":"sent","timestamp":"1790000005","recipient_id":"15557654321"}])");
  EXPECT_EQ(provider_.bodies.size(), 2u) << "sent is not delivered";
  messages(
      R"("statuses":[{"id":"wamid.PART1","status":"delivered","timestamp":"1790000006","recipient_id":"15557654321"}])");
  ASSERT_EQ(provider_.bodies.size(), 3u);
  EXPECT_NE(provider_.bodies[2].find("bbbb"), std::string::npos);
  world_->advance(19'000);
  world_->settle();
  EXPECT_EQ(provider_.bodies.size(), 3u);
  world_->advance(1'000);  // no receipt comes of this one
  world_->settle();
  ASSERT_EQ(provider_.bodies.size(), 4u);
  EXPECT_NE(provider_.bodies[3].find("cccc"), std::string::npos);
  const auto shown = world_->ask<std::vector<api::Message>>(
      [&](auto reply) { world_->queries().newest_messages(workspace_, id, 5, std::move(reply)); });
  EXPECT_EQ(shown.value().back().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(shown.value().back().attempts_size(), 3);
}

TEST_F(WhatsAppStory, ARestartBetweenPartsSendsNoneTwice) {
  const Id id = begin_conversation();
  send(id, std::string(4'000, 'a') + " " + std::string(4'000, 'b'));
  ASSERT_EQ(provider_.bodies.size(), 1u);
  start();
  for (int i = 0; i < 22; ++i) {
    world_->advance(1'000);
    world_->settle();
  }
  const auto parts = std::count_if(
      provider_.bodies.begin(), provider_.bodies.end(),
      [](const std::string& body) { return body.find(R"("type":"text")") != std::string::npos; });
  EXPECT_EQ(parts, 2);
  EXPECT_NE(provider_.bodies.back().find("bbbb"), std::string::npos);
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

// Such an error has no time of its own: that it comes again weeks later is news.
TEST_F(WhatsAppStory, TheSameErrorOnAnotherDayIsNoRepetition) {
  const auto told = [&] {
    auto items = net::slice_meta_body(
        R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"440000000000001"},"errors":[{"code":131042,"title":"Payment"}]}}]}]})");
    world_->host().ingress().accept(std::move(*items), [](Errc) {});
    world_->settle();
    return channel(workspace_, channel_).notices_size();
  };
  EXPECT_EQ(told(), 1);
  EXPECT_EQ(told(), 1) << "delivered twice";
  clock_.advance(std::chrono::hours(14 * 24));
  EXPECT_EQ(told(), 2);
}

// One message of the change names nobody: the others are delivered, and the item is kept.
TEST_F(WhatsAppStory, WhatIsNotUnderstoodOfAChangeIsADeadLetterBesideTheRest) {
  const auto members =
      R"("messages":[{"id":"wamid.N","type":"text"},{"from":"15557654321","id":"wamid.M","timestamp":"1790000000","type":"text","text":{"body":"x"}}])";
  messages(members);
  EXPECT_EQ(conversations().size(), 1u);
  EXPECT_EQ(world_->count(Family::dead_letter), 1u);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
  const auto before = world_->count(Family::message);
  messages(members);  // as if an operator had retried it
  EXPECT_EQ(world_->count(Family::message), before);
  EXPECT_EQ(channel(workspace_, channel_).notices_size(), 0);
}

TEST_F(WhatsAppStory, AnUnknownTemplateHasTheTemplatesReadAgain) {
  provider_.templates =
      R"({"data":[{"name":"ready","language":"en","status":"APPROVED","category":"UTILITY"}]})";
  const Id id = begin_conversation();
  EXPECT_EQ(templates().size(), 0u);
  messages(
      R"("statuses":[{"id":"wamid.PART1","status":"failed","timestamp":"1790000005","recipient_id":"15557654321","errors":[{"code":132001}]}])");
  EXPECT_EQ(templates().size(), 1u) << "told by a status";
  provider_.templates = R"({"data":[]})";
  provider_.refusal_of_messages = 132012;
  send(id, "Ready");
  EXPECT_EQ(templates().size(), 1u) << "not for each message";
  world_->advance(6 * 60'000);
  world_->settle();
  send(id, "Ready");
  EXPECT_EQ(templates().size(), 0u) << "told by the answer of a call";
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
